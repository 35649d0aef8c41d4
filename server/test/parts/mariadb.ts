import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port';

/** A private MariaDB server in a temporary directory, which a test may kill. */
export class MariadbServer {
  private constructor(
    private readonly directory: string,
    readonly port: number,
    private readonly isDurable: boolean,
    private process: ChildProcess,
  ) {}

  /** @param isDurable whether what is committed also outlives the machine, at once */
  static async start(isDurable = false): Promise<MariadbServer> {
    const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-mariadb-'));
    execFileSync(
      'mariadb-install-db',
      [
        '--no-defaults',
        `--datadir=${directory}/data`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ],
      { stdio: 'ignore' },
    );
    const port = await freePort();
    const server = new MariadbServer(directory, port, isDurable, launch(directory, port, isDurable));
    await server.ready();
    return server;
  }

  /** Address of a database on this server. */
  url(database: string): string {
    return `mariadb://root@127.0.0.1:${this.port}/${database}`;
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  /** After `kill`: the same data on the same port. */
  async restart(): Promise<void> {
    this.process = launch(this.directory, this.port, this.isDurable);
    await this.ready();
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt++) {
      try {
        await (await createConnection({ host: '127.0.0.1', port: this.port, user: 'root' })).end();
        return;
      } catch {
        await pause(100);
      }
    }
    throw new Error('MariaDB did not start');
  }
}

function launch(directory: string, port: number, isDurable: boolean): ChildProcess {
  return spawn(
    'mariadbd',
    [
      '--no-defaults',
      '--user=root',
      `--datadir=${directory}/data`,
      `--socket=${directory}/socket`,
      `--pid-file=${directory}/pid`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=256M',
      // With 2, what is committed outlives this process at once, and the machine within a second.
      `--innodb-flush-log-at-trx-commit=${isDurable ? 1 : 2}`,
    ],
    { stdio: 'ignore' },
  );
}
