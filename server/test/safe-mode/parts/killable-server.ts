import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fromSource } from '../../parts/from-source';
import { type Place } from '../../parts/place';
import { ServedApi } from '../../parts/running-server';
import { type MarkedPlace, type Order, type Remains } from './served-process';

/** A server in a process of its own that a test kills in the middle of a request, and starts again. */
export class KillableServer extends ServedApi {
  url = '';
  /** What it has written to its log and beside it. */
  written = '';
  /** Starting takes longest: while one serves, the next one loads its code. */
  private next: Promise<ChildProcess>;
  private process!: ChildProcess;

  private constructor(
    private readonly place: Place,
    private readonly environment: Record<string, string>,
  ) {
    super();
    this.next = this.loaded();
  }

  static async start(place: Place, environment: Record<string, string> = {}): Promise<KillableServer> {
    const server = new KillableServer(place, environment);
    await server.serve();
    return server;
  }

  /** Lets it die at a marked place of the request, and starts it again. The request must not be answered. */
  async dieAt(checkpoint: MarkedPlace, request: () => Promise<unknown>): Promise<void> {
    await ask(this.process, { do: 'die at', place: checkpoint });
    const exit = once(this.process, 'exit') as Promise<[number | null, string | null]>;
    const outcome = await Promise.race([
      request().then(
        () => 'answered',
        () => undefined,
      ),
      exit.then(() => undefined),
    ]);
    if (outcome === 'answered') throw new Error(`The request does not come by “${checkpoint}”`);
    const [, signal] = await exit;
    if (signal !== 'SIGKILL') throw new Error('It ended by itself');
    await this.serve();
  }

  /** Lets it die at once, in the middle of whatever it does, and starts it again. */
  async crash(): Promise<void> {
    await this.kill();
    await this.serve();
  }

  /** At once, and for good. */
  async kill(): Promise<void> {
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }

  /**
   * From now on it may write files up to this size only, which stands for a full disk: writing fails in the same place.
   *
   * @param bytes none: as large as it likes
   */
  limitFiles(bytes?: number): void {
    const limit = `--fsize=${bytes ?? 'unlimited'}:`;
    execFileSync('prlimit', ['--pid', String(this.process.pid), limit], { stdio: 'ignore' });
  }

  /** Clears away what is due sooner or later, and tells what is left. */
  tidyUp(): Promise<Remains> {
    return ask<Remains>(this.process, { do: 'tidy up' });
  }

  async stop(): Promise<void> {
    for (const one of [this.process, await this.next]) {
      if (one.signalCode !== null) continue;
      const exit = once(one, 'exit');
      one.kill('SIGKILL');
      await exit;
    }
  }

  private async serve(): Promise<void> {
    this.process = await this.next;
    this.next = this.loaded();
    const { dataDir, databaseUrl } = this.place;
    this.url = await ask<string>(this.process, {
      do: 'serve',
      place: { dataDir, databaseUrl },
      environment: this.environment,
    });
  }

  /** A process that has loaded the code of a server. */
  private async loaded(): Promise<ChildProcess> {
    const child = fork(path.join(__dirname, 'served-process.ts'), [], {
      execArgv: ['-r', fromSource],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const [stream, shown] of [
      [child.stdout!, process.stdout],
      [child.stderr!, process.stderr],
    ] as const)
      stream.on('data', (text: Buffer) => {
        this.written += text.toString();
        if (this.environment.LOG_LEVEL === undefined) shown.write(text);
      });
    await answerOf(child);
    return child;
  }
}

function ask<T>(child: ChildProcess, order: Order): Promise<T> {
  const answer = answerOf<T>(child);
  child.send(order);
  return answer;
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [{ answer, error }] = (await once(child, 'message')) as [{ answer: T; error?: string }];
  if (error !== undefined) throw new Error(error);
  return answer;
}
