import { type Section } from '../format/rows/section';
import { applications } from './applications';
import { configKeys } from './config-keys';
import { plugins } from './plugins';
import { profiles } from './profiles';
import { type SectionTables } from './section-tables';
import { workspaces } from './workspaces';

/** How each section stands in tables. */
export const sectionTables = {
  plugins,
  workspaces,
  applications,
  profiles,
  configKeys,
} as unknown as Readonly<Record<Section, SectionTables>>;
