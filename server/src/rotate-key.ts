import 'reflect-metadata';
import { systemClock } from './access/clock';
import { createLogger } from './logger';
import { noCheckpoint } from './checkpoint';
import { FileResealing } from './safe-mode/file/file-resealing';
import { SafeModeFileStore } from './safe-mode/file/safe-mode-file.store';
import { SafeModeFiles } from './safe-mode/file/safe-mode-files.service';
import { SafeModeStore } from './safe-mode/safe-mode.store';
import { InvalidSettings, readSettings, type Settings } from './settings';
import { exchangeServerKey, KeyStillInUse } from './storage/key-exchange';
import { openDatabase } from './storage/open-database';
import { openObjectStore } from './storage/open-object-store';
import { Sealer } from './storage/sealer';
import { checkServerKey, serverKeyOf, WrongServerKey } from './storage/server-key';

/**
 * `npm run rotate-key`: seals every secret under SERVER_KEY that is sealed under SERVER_KEY_OTHER. Servers with both keys
 * may run meanwhile. Answers what to tell the operator.
 */
export async function rotateKey(settings: Settings): Promise<string> {
  if (!settings.otherServerKey)
    throw new InvalidSettings('SERVER_KEY_OTHER: give the key that is to go, and the new one as SERVER_KEY.');
  const sealer = new Sealer(serverKeyOf(settings), settings.otherServerKey);
  const database = await openDatabase(settings, settings.limits.lineBytes);
  try {
    await checkServerKey(database, sealer);
    const objects = openObjectStore(settings, createLogger(settings.logLevel));
    const store = new SafeModeStore();
    const fileStore = new SafeModeFileStore(objects, sealer);
    const limits = settings.safeModeLimits;
    const files = new SafeModeFiles(database, store, fileStore, limits, systemClock, noCheckpoint);
    const resealing = new FileResealing(database, store, fileStore, files);

    let unreadable: string[] = [];
    const { resealed, unopened } = await exchangeServerKey(database, sealer, async () => {
      const found = await resealing.reseal();
      ({ unreadable } = found);
      return found.resealed;
    });
    return [
      `${resealed} secrets were sealed anew, and nothing is sealed under SERVER_KEY_OTHER any more: take it away.`,
      ...(unopened > 0
        ? [`${unopened} texts look sealed, but neither key opens them. They were left alone.`]
        : []),
      ...unreadable.map((name) => `The file of the safe mode “${name}” cannot be read. It was left alone.`),
    ].join('\n');
  } finally {
    await database.close();
  }
}

async function main(): Promise<void> {
  try {
    process.stdout.write(`${await rotateKey(readSettings())}\n`);
  } catch (error) {
    const isForOperator = [InvalidSettings, WrongServerKey, KeyStillInUse].some(
      (kind) => error instanceof kind,
    );
    const { message, stack } = error as Error;
    process.stderr.write(`${isForOperator ? message : (stack ?? message)}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
