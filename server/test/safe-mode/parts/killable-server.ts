import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CheckpointName } from '../../../src/checkpoint';
import { fromSource } from '../../parts/from-source';
import { type Place } from '../../parts/place';
import { type Remains } from '../../parts/remains';
import { ServedApi } from '../../parts/running-server';
import { type Message, type Order } from './served-process';

/** What comes after an answer, such as a message to other servers, comes within this time, ms. */
const answeredBefore = 5_000;

/** What comes of a request. */
interface Outcome {
  answered: boolean;
  error?: unknown;
}

/** A server in a process of its own that a test kills in the middle of a request, and starts again. */
export class KillableServer extends ServedApi {
  url = '';
  /** What it has written to its log and beside it. */
  written = '';
  /** Starting takes longest: while one serves, the next one loads its code. */
  private next: Promise<ChildProcess>;
  private process!: ChildProcess;
  /** Of the process that serves. */
  private exit!: Promise<[number | null, string | null]>;

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

  /** Lets it die at a marked place of the request, and starts it again. Answers whether the request was answered before. */
  async dieAt(checkpoint: CheckpointName, request: () => Promise<unknown>): Promise<boolean> {
    const exit = this.exit;
    const outcome = await this.at(checkpoint, () => void this.process.kill('SIGKILL'), request);
    const [, signal] = await exit;
    if (signal !== 'SIGKILL') throw new Error('It ended by itself');
    await this.serve();
    return outcome.answered;
  }

  /** Does something else while the request is at a marked place, and answers what comes of the request. */
  async at(
    checkpoint: CheckpointName,
    act: () => unknown,
    request: () => Promise<unknown>,
  ): Promise<Outcome> {
    const child = this.process;
    await ask(child, { do: 'halt at', place: checkpoint });
    const reached = messageOf(child, (message) => message.reached === checkpoint);
    const outcome: Promise<Outcome> = request().then(
      () => ({ answered: true }),
      (error: unknown) => ({ answered: false, error }),
    );
    const early = outcome.then(() => pause(answeredBefore, 'not reached', { ref: false }));
    if ((await Promise.race([reached, early])) === 'not reached') {
      const { error: cause } = await outcome;
      throw new Error(`The request does not come by “${checkpoint}”`, { cause });
    }
    await act();
    if (child.connected && !child.killed) child.send({ do: 'go on' } satisfies Order);
    // A dead server does not answer orders, which are requests here, too.
    return Promise.race([outcome, this.exit.then(() => ({ answered: false }))]);
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

  /** See `endOrphanedJobs`. */
  endOrphanedJobs(): Promise<void> {
    return ask(this.process, { do: 'end orphaned jobs' });
  }

  /** See `tidyUp`. */
  tidyUp(): Promise<void> {
    return ask(this.process, { do: 'tidy up' });
  }

  /** Tidies up, and tells what is left. */
  async clearAway(): Promise<Remains> {
    await this.tidyUp();
    return ask(this.process, { do: 'tell remains' });
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
    this.exit = once(this.process, 'exit') as Promise<[number | null, string | null]>;
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
    await messageOf(child, ({ answered }) => answered === 'ready');
    return child;
  }
}

let orders = 0;

async function ask<T>(child: ChildProcess, order: Order): Promise<T> {
  const number = ++orders;
  const answer = messageOf(child, (message) => message.number === number);
  child.send({ ...order, number });
  const { answered, error } = await answer;
  if (error !== undefined) throw new Error(error);
  return answered as T;
}

/** The next message of this kind. */
function messageOf(child: ChildProcess, isMeant: (message: Message) => boolean): Promise<Message> {
  return new Promise((resolve) => {
    child.on('message', function listener(message: Message) {
      if (!isMeant(message)) return;
      child.off('message', listener);
      resolve(message);
    });
  });
}
