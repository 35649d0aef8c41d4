import { type Kind } from '../change/core/task';
import { configKeyTables } from './config-key/config-key.tables';
import { type KindTables } from './kind-tables';
import { pluginTables } from './plugin/plugin.tables';
import { profileTables } from './profile/profile.tables';
import { workspaceTables } from './workspace/workspace.tables';

/** How each kind is stored. */
export const tables: Readonly<Record<Kind, KindTables>> = {
  PLUGIN: pluginTables,
  WORKSPACE: workspaceTables,
  PROFILE: profileTables,
  CONFIG_KEY: configKeyTables,
};
