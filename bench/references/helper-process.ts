import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** A script of this folder as a process of its own, which prints lines of JSON. */
export class HelperProcess {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: AsyncIterator<string>,
  ) {}

  static start(script: string, order: object = {}): HelperProcess {
    const child = spawn(
      process.execPath,
      [
        '--require',
        path.join(__dirname, '../../scripts/from-source.cjs'),
        path.join(__dirname, script),
        JSON.stringify(order),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
    );
    const reader: Interface = createInterface({ input: child.stdout });
    return new HelperProcess(child, reader[Symbol.asyncIterator]());
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** Says a word to the script, where it listens. */
  tell(word: string): void {
    this.process.stdin!.write(`${word}\n`);
  }

  /** The next line that the script prints. */
  async line<T>(): Promise<T> {
    const next = await this.lines.next();
    if (next.done) throw new Error('The script ended early');
    return JSON.parse(next.value) as T;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}
