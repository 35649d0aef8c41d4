import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const program = path.join(root, 'server/dist/main.js');
const builtConsole = path.join(root, 'admin-ui/dist/index.html');

/** Milliseconds. */
const patience = 30_000;

/** A server of its own for one test file: built code, a free port, an empty data directory. */
export interface TestedServer {
  url: string;
  /** The one-time link that it printed, where there was no user yet. */
  setUpLink: string | undefined;
  /** Kills the process in the middle of whatever it does. */
  kill: () => Promise<void>;
  /** Starts it again after that, on the same data and port, perhaps with other settings. */
  startAgain: (otherSettings?: Record<string, string>) => Promise<void>;
  /** Both, one after the other. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

export const admin = { email: 'ada@example.org', password: 'correct horse battery', name: 'ada' };
export const unitName = 'Newsroom';

/** Settings that make the admin and the unit without a browser; with the sample the unit is not empty. */
export const withAdmin = (sample = false): Record<string, string> => ({
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  UNIT_NAME: unitName,
  SAMPLE_UNIT: String(sample),
});

/** Starts the built server. Fails when it is not built, or does not come up. */
export async function startServer(settings: Record<string, string> = {}): Promise<TestedServer> {
  for (const built of [program, builtConsole]) {
    if (!existsSync(built)) throw new Error(`${path.relative(root, built)} is missing: build first.`);
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'safeboard-e2e-'));
  const environment = {
    PATH: process.env['PATH'],
    DATA_DIR: directory,
    PORT: '0',
    LOG_LEVEL: 'warn',
    // Deriving a key for real takes a second and 256 MiB.
    SCRYPT_WORK_FACTOR: '10',
    ...settings,
  };
  let running = await launch(environment);
  const { url, setUpLink } = running;
  const kill = () => ended(running.child, 'SIGKILL');
  const startAgain = async (otherSettings: Record<string, string> = {}) => {
    running = await launch({ ...environment, ...otherSettings, PORT: new URL(url).port });
  };
  return {
    url,
    setUpLink,
    kill,
    startAgain,
    async restart() {
      await kill();
      await startAgain();
    },
    async stop() {
      await ended(running.child, 'SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Launched {
  child: ChildProcess;
  url: string;
  setUpLink: string | undefined;
}

function launch(environment: Record<string, string | undefined>): Promise<Launched> {
  const child = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server did not start in time:\n${output}`));
    }, patience);
    child.once('exit', () => {
      clearTimeout(late);
      reject(new Error(`The server ended instead of starting:\n${output}`));
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      // The greeting ends with an empty line.
      const url = /Safeboard is at (\S+)\n(?:.*\n)?\n/.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve({ child, url, setUpLink: /(http\S+\/set-up\?token=\S+)/.exec(output)?.[1] });
    });
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
