import {
  anyJson,
  anyObject,
  type Field,
  flag,
  id,
  listOf,
  mapOf,
  mapping,
  optional,
  position,
  required,
  text,
} from './field';
import { type Rows, type Section } from './section';

/** The fields of a row, in the order in which they are written. */
export type RowFields<Row> = { [Name in keyof Row]-?: Field<NonNullable<Row[Name]>> | Field<Row[Name]> };

export interface RowSchema<S extends Section = Section> {
  /** Grows whenever a reader of the version before would misread a row. */
  version: number;
  /** What rows are ordered by and known by. */
  key: keyof Rows[S] & string;
  /** What people call the object. */
  label: keyof Rows[S] & string;
  fields: RowFields<Rows[S]>;
}

export const rowSchemas: { [S in Section]: RowSchema<S> } = {
  plugins: {
    version: 1,
    key: 'id',
    label: 'bundle',
    fields: {
      id: required(id),
      bundle: required(text),
      manifest: required(anyObject),
      manifestUrl: optional(text),
      enabled: required(flag),
      configuration: required(anyObject),
      permissions: required(mapOf(listOf(text))),
      mappings: required(mapOf(mapping)),
    },
  },
  workspaces: {
    version: 1,
    key: 'id',
    label: 'name',
    fields: {
      id: required(id),
      name: required(text),
      icon: optional(anyObject),
      layout: required(text),
      shared: required(flag),
      owner: optional(text),
    },
  },
  applications: {
    version: 1,
    key: 'id',
    label: 'id',
    fields: {
      id: required(id),
      workspaceId: required(id),
      pluginId: required(id),
      area: required(text),
      position: required(position),
      configuration: required(anyObject),
    },
  },
  profiles: {
    version: 1,
    key: 'id',
    label: 'name',
    fields: {
      id: required(id),
      name: required(text),
      roles: required(listOf(text)),
      workspaces: required(listOf(id)),
    },
  },
  configKeys: {
    version: 1,
    key: 'key',
    label: 'key',
    fields: {
      key: required(text),
      value: required(anyJson),
      description: optional(text),
      secret: required(flag),
    },
  },
};
