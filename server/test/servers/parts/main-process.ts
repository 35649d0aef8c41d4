import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fromSource } from '../../parts/from-source';
import { type Place } from '../../parts/place';
import { ServedApi, testEnvironment } from '../../parts/running-server';

const program = path.join(__dirname, '../../../src/main.ts');

/** The program itself, in a process of its own that gets signals. */
export class MainProcess extends ServedApi {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    super();
  }

  static async start(place: Place, environment: Record<string, string>): Promise<MainProcess> {
    const child = spawn(process.execPath, ['--require', fromSource, program], {
      env: { PATH: process.env.PATH, ...testEnvironment(place, environment) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`It ended instead of starting: ${output}`)));
      child.stdout.on('data', (text: Buffer) => {
        output += text.toString();
        const [, greeted] = /Safeboard is at (\S+)/.exec(output) ?? [];
        if (greeted) resolve(greeted.replace('localhost', '127.0.0.1'));
      });
    });
    return new MainProcess(child, url);
  }

  /** Asks it to stop, as whoever runs it does. Answers the code that it ends with. */
  async terminate(): Promise<number | null> {
    const exit = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill('SIGTERM');
    return (await exit)[0];
  }

  /** If it is still there. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}
