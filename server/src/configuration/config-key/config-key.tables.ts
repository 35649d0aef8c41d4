import { nameKey } from '../../change/core/name-key';
import { isTrue, type KindTables } from '../kind-tables';
import { type ConfigKey } from './config-key';

type Row = [string, string, string, string | null, unknown];

export const configKeyTables: KindTables<ConfigKey> = {
  kind: 'CONFIG_KEY',
  table: 'config_key',
  columns: ['id', 'sort_key', 'value', 'description', 'secret'],
  searchColumn: 'sort_key',
  children: [],
  references: [],
  sorts: { KEY: { column: 'id', of: (id) => id } },

  encode(id, { key, value, description, secret }) {
    // A secret value is a sealed text, which stands in the column as it is.
    const stored = secret ? (value as string) : JSON.stringify(value);
    return { row: [id, nameKey(key), stored, description ?? null, secret], children: [] };
  },

  decode(row) {
    const [key, , stored, description, secretColumn] = row as Row;
    const secret = isTrue(secretColumn);
    return {
      key,
      value: secret ? stored : (JSON.parse(stored) as ConfigKey['value']),
      ...(description !== null && { description }),
      secret,
    };
  },
};
