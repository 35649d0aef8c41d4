import { Office } from '../../access/callers';
import { safeModesAs } from '../../access/safe-mode-of-office';
import { ConfigurationClient } from '../../parts/configuration';
import { type SafeModeAnswer, type SafeModeClient } from '../../parts/safe-modes';

/** A unit where one admin, Olga, has plans. */
export class Planning {
  private constructor(
    readonly office: Office,
    readonly owner: SafeModeClient,
    readonly ownerId: string,
  ) {}

  static async open(): Promise<Planning> {
    const office = await Office.open();
    const olga = await office.insertUser({ [office.unitId]: 'ADMIN' }, { name: 'Olga' });
    return new Planning(office, await safeModesAs(office, olga), olga.id);
  }

  close(): Promise<void> {
    return this.office.server.stop();
  }

  /** A safe mode of Olga's, who is in it, that adds a config key. */
  async aSafeMode(): Promise<SafeModeAnswer & { key: string }> {
    const safeMode = await this.owner.start({ name: `Plan ${this.office.unique()}` });
    const key = this.office.unique();
    await this.owner.in(safeMode).setConfigKey(key, { value: 1 });
    return { ...safeMode, revision: safeMode.revision + 1, key };
  }

  /** What is live, and what the safe mode is: nothing that is refused may change it. */
  async everything({ id }: { id: string }): Promise<unknown> {
    const rows = await this.office.server.app.database.read((db) =>
      db.rows('SELECT revision, sha256, object_key, status, name FROM safe_mode WHERE id = ?', [id]),
    );
    const { configuration } = this.owner;
    return { revision: await configuration.revision(), keys: await keysOf(configuration), rows };
  }

  /** The unit and another one, both as somebody who is an admin of the two. */
  async twoUnits(): Promise<{ here: ConfigurationClient; there: ConfigurationClient }> {
    const { server, unitId } = this.office;
    const user = await this.office.insertUser({ [unitId]: 'ADMIN' }, { organisationAdmin: true });
    const here = new ConfigurationClient(server, unitId, await this.office.session(user));
    const { createUnit } = await here.request<{ createUnit: { id: string } }>(
      'mutation { createUnit(name: "Sports") { id } }',
    );
    return { here, there: new ConfigurationClient(server, createUnit.id, here.as) };
  }
}

/** The config keys that this caller sees. */
export async function keysOf(client: ConfigurationClient): Promise<string[]> {
  const { configKeys } = await client.unit<{ configKeys: { nodes: { key: string }[] } }>(
    'configKeys(first: 200) { nodes { key } }',
  );
  return configKeys.nodes.map(({ key }) => key);
}
