import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { createApp } from './app';
import { startServer } from './http/server';
import { createLogger } from './logger';
import { CannotRunBeside } from './servers/side-by-side';
import { InvalidSettings, readSettings, type Settings } from './settings';
import { WrongServerKey } from './storage/server-key';
import { UnfitDatabase } from './storage/unfit-database';

// Collects garbage once there is 60 % more than what is in use. Left to itself V8 lets a large import take twice the
// memory before it looks (docs/performance.md, P2), which the machines of small teams may not have.
setFlagsFromString('--heap-growing-percent=60');

/** What the operator is to mend, in words that say all. */
const refusals = [InvalidSettings, WrongServerKey, UnfitDatabase, CannotRunBeside];

/** Starts everything, says where it is, and stops it cleanly when asked to. */
async function main(): Promise<void> {
  const settings = readSettings();
  const log = createLogger(settings.logLevel);
  let port = settings.port;
  const app = await createApp(settings, log, () => publicUrl(settings, port));
  const setUpToken = await app.setUp.start(settings);
  const server = await startServer(app);
  port = server.port;
  greet(publicUrl(settings, port), setUpToken);

  const stop = async (reason: object) => {
    log.info(reason, 'Stopping');
    await server.stop();
    await app.stop();
  };
  void app.servers.mustEnd.then(async (error) => {
    log.fatal(error.message);
    await stop({}).finally(() => fail(error));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop({ signal }).then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

function publicUrl({ publicUrl, host }: Settings, port: number): string {
  if (publicUrl) return publicUrl;
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name}:${port}`;
}

/** For the person at the terminal; the set-up token appears nowhere else. */
function greet(url: string, setUpToken: string | undefined): void {
  process.stdout.write(`\nSafeboard is at ${url}\n`);
  if (setUpToken) {
    process.stdout.write(`Set it up with this link, which works once: ${url}/set-up?token=${setUpToken}\n`);
  }
  process.stdout.write('\n');
}

function fail(error: unknown): void {
  process.stderr.write(`${faultText(error)}\n`);
  // Rounds and pools that already run must not keep a server alive that does not serve.
  process.exit(1);
}

function faultText(error: unknown): string {
  if (refusals.some((refusal) => error instanceof refusal)) return (error as Error).message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `PORT: another program listens there already (${message}).`;
  // What the system or the database refuses is for the operator to mend, and says so without a stack.
  if (typeof code === 'string' && !code.startsWith('ERR_')) return `Safeboard cannot go on: ${message}`;
  return stack ?? String(error);
}

main().catch(fail);
