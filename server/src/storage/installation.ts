import { isDuplicateRow } from '../access/duplicate-row';
import { type Database } from './database';
import { InstallationEntity } from './storage.entity';

/** A fact about the whole installation, made once by whichever server needs it first. */
export async function installationFact(
  database: Database,
  name: string,
  make: () => string,
): Promise<string> {
  const known = await database.read(({ manager }) => manager.findOneBy(InstallationEntity, { name }));
  if (known) return known.value;
  try {
    const value = make();
    await database.transaction(({ manager }) => manager.insert(InstallationEntity, { name, value }));
    return value;
  } catch (error) {
    // Another server was a moment faster.
    if (!isDuplicateRow(error)) throw error;
    return installationFact(database, name, make);
  }
}
