import { isTrue } from '../../configuration/kind-tables';
import { sealSecrets } from '../../configuration/secrets';
import { tables } from '../../configuration/tables';
import { type SectionTables } from './section-tables';

type ReadColumns = [string, string, string | null, unknown];

export const configKeys: SectionTables<'configKeys'> = {
  section: 'configKeys',
  table: 'config_key',
  readColumns: ['id', 'value', 'description', 'secret'],
  loadColumns: tables.CONFIG_KEY.columns,

  textOfColumns(columns, _children, sealer) {
    const [key, value, description, secretColumn] = columns as ReadColumns;
    const secret = isTrue(secretColumn);
    return textOf(key, secret ? sealer.open(value) : value, description, secret);
  },

  textOfRow: ({ key, value, description, secret }) =>
    textOf(key, JSON.stringify(value), description ?? null, secret),

  tableRows: (row, sealer) => ({
    row: tables.CONFIG_KEY.encode(row.key, sealSecrets('CONFIG_KEY', { ...row }, sealer)).row,
    children: [],
  }),
};

function textOf(key: string, value: string, description: string | null, secret: boolean): string {
  const descriptionField = description === null ? '' : `,"description":${JSON.stringify(description)}`;
  return `{"key":${JSON.stringify(key)},"value":${value}${descriptionField},"secret":${secret}}`;
}
