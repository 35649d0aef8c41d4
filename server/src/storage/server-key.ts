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

/** Remembers the key's check value in a new database; throws `WrongServerKey` where another one stands there. */
export async function checkServerKey(database: Database, sealer: Sealer): Promise<void> {
  await database.transaction(async ({ manager }) => {
    const row = await manager.findOneBy(InstallationEntity, { name: keyCheck });
    if (!row) await manager.insert(InstallationEntity, { name: keyCheck, value: sealer.checkValue });
    else if (row.value !== sealer.checkValue) throw new WrongServerKey();
  });
}
