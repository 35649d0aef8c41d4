import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';

const ours = path.resolve(__dirname, '../../../docker/nginx.conf');

/** A proxy with the configuration of docker/, of which only addresses are other ones. */
export class Nginx {
  private constructor(
    private readonly directory: string,
    private readonly port: number,
    private readonly process: ChildProcess,
  ) {}

  /** @param ports where the servers listen, on the loopback address */
  static async before(ports: readonly number[]): Promise<Nginx> {
    const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-nginx-'));
    const port = await freePort();
    writeFileSync(path.join(directory, 'site.conf'), addressed(readFileSync(ours, 'utf8'), port, ports));
    writeFileSync(path.join(directory, 'nginx.conf'), around(directory));
    const options = ['-p', directory, '-c', path.join(directory, 'nginx.conf')];
    const process = spawn('nginx', options, { stdio: ['ignore', 'ignore', 'inherit'] });
    const nginx = new Nginx(directory, port, process);
    await nginx.listening();
    return nginx;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGTERM');
      await once(this.process, 'exit');
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async listening(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (this.process.exitCode !== null) break;
      const isOpen = await new Promise((resolve) => {
        const socket = connect(this.port, '127.0.0.1');
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      });
      if (isOpen) return;
      await pause(50);
    }
    await this.stop();
    throw new Error('nginx did not start');
  }
}

function addressed(configuration: string, port: number, ports: readonly number[]): string {
  const left = [...ports];
  return configuration
    .replace(/server server-\d+:4000 resolve/g, () => `server 127.0.0.1:${left.shift()!}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`);
}

/** What the image of nginx has around a site's configuration, in a directory of its own. */
const around = (directory: string) => `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${directory}/pid;
error_log ${directory}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_timeout 65;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${directory}/${kind};`).join('\n  ')}
  include ${directory}/site.conf;
}
`;
