import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Database } from './database';
import { type Sealer } from './sealer';
import { InstallationEntity } from './storage.entity';

/** Under this name the installation notes the check value of the server key. */
export const keyCheck = 'server-key-check';

/** The given key, or the one in the data directory, made there (mode 0600) at the first start. */
export function serverKeyOf({ serverKey, dataDir }: { serverKey?: string; dataDir: string }): string {
  if (serverKey) return serverKey;
  const file = path.join(dataDir, 'server.key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  const key = readFileSync(file, 'utf8').trim();
  // As a crash while it was written could leave it: whatever it is, secrets are not safe with it.
  if (!/^[0-9a-f]{64}$/i.test(key)) {
    throw new WrongServerKey(`${file} does not hold a server key, which is 64 hexadecimal digits.`);
  }
  return key;
}

/** The database was written under another server key: its secrets could not be read. */
export class WrongServerKey extends Error {
  constructor(
    message = 'SERVER_KEY is not the key that this database was written with. Start with the right key; nothing was changed.',
  ) {
    super(message);
  }
}

/**
 * Remembers the check value of the key that seals; throws `WrongServerKey` where something may be sealed under a key
 * that we do not have. While keys are exchanged, the values of both stand there, with a space between them.
 */
export async function checkServerKey(database: Database, sealer: Sealer): Promise<void> {
  await database.transaction(async ({ manager }) => {
    const row = await manager.findOneBy(InstallationEntity, { name: keyCheck });
    if (!row) {
      await manager.insert(InstallationEntity, { name: keyCheck, value: sealer.checkValue });
      return;
    }
    const inUse = row.value.split(' ');
    const missing = inUse.filter((value) => !sealer.knownCheckValues.includes(value));
    if (missing.length === inUse.length) throw new WrongServerKey();
    if (missing.length > 0) throw new WrongServerKey(exchangeUnfinished);
    if (inUse.includes(sealer.checkValue)) return;
    await manager.update(
      InstallationEntity,
      { name: keyCheck },
      { value: [...inUse, sealer.checkValue].join(' ') },
    );
  });
}

const exchangeUnfinished =
  'The server key of this database is being exchanged: some secrets are sealed under another key. ' +
  'Give that as SERVER_KEY_OTHER until npm run rotate-key has finished; nothing was changed.';

/** From now on the key that seals is the only one: nothing is sealed under any other. */
export async function settleServerKey(database: Database, sealer: Sealer): Promise<void> {
  await database.transaction(({ manager }) =>
    manager.update(InstallationEntity, { name: keyCheck }, { value: sealer.checkValue }),
  );
}
