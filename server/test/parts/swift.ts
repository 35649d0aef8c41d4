import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWith } from './describe-with';
import { freePort } from './free-port';
import { configureSwift, type SwiftPorts } from './swift-configuration';

/** What a private Swift needs. */
export const swiftPrograms = [
  'swift-proxy-server',
  'swift-account-server',
  'swift-container-server',
  'swift-object-server',
  'swift-ring-builder',
  'memcached',
];

/** Tests that need a real S3 server. */
export const describeOnSwift = (title: string, tests: () => void): void =>
  describeWith(swiftPrograms, title, tests);

export type SwiftProgram = keyof SwiftPorts;

/** On a disk: it keeps what it knows of objects in extended attributes, which file systems in memory take only lately. */
const parent = '/var/tmp';

/** A private OpenStack Swift with its S3 API in a temporary directory, which a test may stop and start. */
export class SwiftServer {
  private readonly processes = new Map<SwiftProgram, ChildProcess>();

  private constructor(
    readonly directory: string,
    private readonly ports: SwiftPorts,
  ) {}

  static async start(): Promise<SwiftServer> {
    const directory = mkdtempSync(path.join(parent, 'safeboard-swift-'));
    const ports = {
      proxy: await freePort(),
      account: await freePort(),
      container: await freePort(),
      object: await freePort(),
      memcached: await freePort(),
    };
    await configureSwift(directory, ports);
    const server = new SwiftServer(directory, ports);
    try {
      await server.start();
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  /** Address of the S3 API. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.ports.proxy}`;
  }

  /** Of its processes, for whoever ends them from elsewhere. */
  get pids(): number[] {
    return [...this.processes.values()].map(({ pid }) => pid!);
  }

  /** After `stop`: the same data on the same ports. */
  async start(): Promise<void> {
    const names = Object.keys(this.ports) as SwiftProgram[];
    for (const name of names.filter((name) => !this.processes.has(name)))
      this.processes.set(name, this.launch(name));
    await Promise.all(names.filter((name) => name !== 'memcached').map((name) => ready(this.ports[name])));
  }

  /** Ends these programs, or all, at once, as a power cut does; the data stays. */
  async stop(...programs: SwiftProgram[]): Promise<void> {
    for (const [name, child] of this.processes) {
      if (programs.length > 0 && !programs.includes(name)) continue;
      this.processes.delete(name);
      await ended(child);
    }
  }

  /** Stops, and forgets the data. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private launch(name: SwiftProgram): ChildProcess {
    const [program, ...options] =
      name === 'memcached'
        ? [name, '-l', '127.0.0.1', '-p', String(this.ports.memcached), '-u', userInfo().username]
        : [`swift-${name}-server`, path.join(this.directory, `${name}.conf`)];
    const child = spawn(program, options, { stdio: 'ignore' });
    // The process of a test may end before it: whoever starts a Swift also ends it.
    child.unref();
    return child;
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function ready(port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthcheck`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('Swift did not start');
}
