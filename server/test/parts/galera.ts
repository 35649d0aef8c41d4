import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port';

/** As Debian's package galera-4 puts it there. */
const provider = '/usr/lib/galera/libgalera_smm.so';
const isRoot = process.getuid?.() === 0;

interface Node {
  name: string;
  port: number;
  group: number;
  increments: number;
  snapshots: number;
  process?: ChildProcess;
}

/** Three private MariaDB nodes in a temporary directory, each of which a test may kill. */
export class GaleraCluster {
  private constructor(
    private readonly directory: string,
    private readonly nodes: readonly Node[],
  ) {}

  static async start(): Promise<GaleraCluster> {
    const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-galera-'));
    const nodes: Node[] = [];
    for (const name of ['one', 'two', 'three']) {
      mkdirSync(path.join(directory, name));
      const [port, group, increments, snapshots] = [
        await freePort(),
        await freePort(),
        await freePort(),
        await freePort(),
      ];
      nodes.push({ name, port, group, increments, snapshots });
    }
    execFileSync(
      'mariadb-install-db',
      [
        '--no-defaults',
        `--datadir=${directory}/one`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        '--innodb-log-file-size=8M',
      ],
      { stdio: 'ignore' },
    );
    // A node hands its data on by programs that must not run as root.
    if (isRoot) execFileSync('chown', ['-R', 'mysql', directory]);
    const cluster = new GaleraCluster(directory, nodes);
    cluster.launch(0, '--wsrep-new-cluster');
    await cluster.synced(0);
    for (const index of [1, 2]) cluster.launch(index);
    for (const index of [1, 2]) await cluster.synced(index);
    return cluster;
  }

  /** Address of a database on the nodes, in the order of these indexes. */
  url(database: string, ...indexes: number[]): string {
    const hosts = indexes.map((index) => `127.0.0.1:${this.nodes[index]!.port}`);
    return `mariadb://root@${hosts.join(',')}/${database}`;
  }

  /** Rows of a statement on one node, as that node has them now. */
  async query(index: number, sql: string): Promise<unknown> {
    const connection = await createConnection({
      host: '127.0.0.1',
      port: this.nodes[index]!.port,
      user: 'root',
    });
    try {
      return (await connection.query(sql))[0];
    } finally {
      await connection.end();
    }
  }

  async kill(index: number): Promise<void> {
    const { process } = this.nodes[index]!;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const exit = once(process, 'exit');
    process.kill('SIGKILL');
    await exit;
  }

  /** Stops a node without ending it, as a machine does that is out of memory; or lets it go on. */
  freeze(index: number, frozen: boolean): void {
    this.nodes[index]!.process!.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  /** After `kill`: joins the others again and takes what it has missed, as systemd starts it. */
  async restart(index: number): Promise<void> {
    this.launch(index, '--wsrep-recover');
    await once(this.nodes[index]!.process!, 'exit');
    const log = readFileSync(path.join(this.directory, `${this.nodes[index]!.name}.log`), 'utf8');
    const position = [...log.matchAll(/Recovered position: (\S+)/g)].at(-1)?.[1];
    this.launch(index, ...(position ? [`--wsrep-start-position=${position}`] : []));
    await this.synced(index);
  }

  async stop(): Promise<void> {
    for (const index of this.nodes.keys()) await this.kill(index);
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  private launch(index: number, ...more: string[]): void {
    const { name, port, group, increments, snapshots } = this.nodes[index]!;
    const addresses = this.nodes.map((node) => `127.0.0.1:${node.group}`).join(',');
    this.nodes[index]!.process = spawn(
      'mariadbd',
      [
        '--no-defaults',
        ...(isRoot ? ['--user=mysql'] : []),
        `--datadir=${this.directory}/${name}`,
        `--socket=${this.directory}/${name}.socket`,
        `--pid-file=${this.directory}/${name}.pid`,
        `--log-error=${this.directory}/${name}.log`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--innodb-buffer-pool-size=64M',
        '--innodb-log-file-size=8M',
        '--innodb-flush-log-at-trx-commit=1',
        '--innodb-autoinc-lock-mode=2',
        '--binlog-format=ROW',
        '--wsrep-on=ON',
        `--wsrep-provider=${provider}`,
        '--wsrep-cluster-name=safeboard-test',
        `--wsrep-cluster-address=gcomm://${addresses}`,
        `--wsrep-node-name=${name}`,
        '--wsrep-node-address=127.0.0.1',
        '--wsrep-sst-method=rsync',
        `--wsrep-sst-receive-address=127.0.0.1:${snapshots}`,
        `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${increments};gcache.size=32M`,
        ...more,
      ],
      { stdio: 'ignore' },
    );
  }

  private async synced(index: number): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      try {
        const [row] = (await this.query(index, "SHOW GLOBAL STATUS LIKE 'wsrep_local_state'")) as {
          Value: string;
        }[];
        if (row?.Value === '4') return;
      } catch {
        // Not there yet.
      }
      await pause(200);
    }
    throw new Error(`Node ${this.nodes[index]!.name} did not join the cluster`);
  }
}
