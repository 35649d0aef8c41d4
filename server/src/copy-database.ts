import 'reflect-metadata';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createLogger } from './logger';
import { InvalidSettings, readSettings, type Settings } from './settings';
import { sqliteFile } from './storage/data-source';
import { DirectoryStore } from './storage/directory-store';
import { EmbeddedSource } from './storage/move/embedded-source';
import { EmptyTarget } from './storage/move/empty-target';
import { moveFiles } from './storage/move/move-files';
import { moveTables } from './storage/move/move-tables';
import { RefusedMove } from './storage/move/refused-move';
import { ObjectStoreAway } from './storage/object-store';
import { openObjectStore } from './storage/open-object-store';
import { Sealer } from './storage/sealer';
import { keyCheck } from './storage/server-key';
import { UnfitDatabase } from './storage/unfit-database';

/**
 * `npm run copy-database`: copies all that the embedded database in DATA_DIR holds into the empty one at DATABASE_URL,
 * and the files into the bucket where one is set. The source stays as it is.
 */
export async function copyDatabase(settings: Settings, tell: (line: string) => void): Promise<void> {
  const { dataDir, databaseUrl, serverKey, limits } = settings;
  if (!databaseUrl || !serverKey) throw new RefusedMove('Set DATABASE_URL to an empty database to copy to.');
  if (!existsSync(sqliteFile(dataDir))) {
    throw new RefusedMove(`There is no ${sqliteFile(dataDir)}. DATA_DIR names the directory to copy from.`);
  }
  const source = await EmbeddedSource.open(dataDir);
  try {
    mustBeSameKey(source, settings, serverKey);
    await bringFiles(settings, tell);
    const target = await EmptyTarget.open(databaseUrl, limits.lineBytes);
    try {
      await moveTables(source, target, (table, { rows, sha256 }) =>
        tell(`${table}: ${rows} rows, sha256 ${sha256.slice(0, 16)} on both sides`),
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function mustBeSameKey(source: EmbeddedSource, { dataDir }: Settings, serverKey: string): void {
  const check = source.note(keyCheck);
  if (check === undefined || check === new Sealer(serverKey).checkValue) return;
  const file = path.join(dataDir, 'server.key');
  throw new RefusedMove(
    `SERVER_KEY is not the key that the database in ${dataDir} was written with, so its secrets could not be read${existsSync(file) ? `: the key is in ${file}` : ''}.`,
  );
}

async function bringFiles(settings: Settings, tell: (line: string) => void): Promise<void> {
  const directory = path.join(settings.dataDir, 'files');
  if (!settings.s3) {
    tell(`The files stay in ${directory}: start with the same DATA_DIR.`);
    return;
  }
  const log = createLogger(settings.logLevel);
  const count = await moveFiles(new DirectoryStore(directory), openObjectStore(settings, log));
  tell(`${count} files are in the bucket ${settings.s3.bucket}, each read back.`);
}

async function main(): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  await copyDatabase(readSettings(), say);
  say('Done. Start with the same settings; the copy in DATA_DIR is not used any more.');
}

const expected = [RefusedMove, InvalidSettings, UnfitDatabase, ObjectStoreAway];

if (require.main === module) {
  main().catch((error: unknown) => {
    const isExpected = expected.some((kind) => error instanceof kind);
    process.stderr.write(`${isExpected ? (error as Error).message : String((error as Error).stack)}\n`);
    process.exit(1);
  });
}
