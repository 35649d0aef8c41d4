import { nameKey } from '../../../change/core/name-key';
import { type ApplicationRow, type PluginRow, type ProfileRow, type SectionRow } from '../rows/section';
import { type ProblemList } from './problem-list';

/** Where a problem is told. */
interface Place {
  section: string;
  line: number;
  name: string;
  field: string;
}

/**
 * Checks across rows: unique bundles and profile names, references that lead somewhere. Keeps ids and name keys of
 * plugins, workspaces and profiles; nothing of applications and config keys.
 */
export class ContentCheck {
  private readonly plugins = new Set<string>();
  private readonly workspaces = new Set<string>();
  private readonly bundles = new Set<string>();
  private readonly profileNames = new Set<string>();
  /** Mappings to plugins that did not come yet, by plugin id: the first place of each. */
  private readonly awaited = new Map<string, Place>();

  /** @param mostAwaited - how many plugins mappings may point ahead to: no file can have more than its row limit */
  constructor(
    private readonly problems: ProblemList,
    private readonly mostAwaited: number,
  ) {}

  row({ section, row }: SectionRow, line: number): void {
    switch (section) {
      case 'plugins':
        return this.plugin(row, line);
      case 'workspaces':
        this.workspaces.add(row.id);
        return;
      case 'applications':
        return this.application(row, line);
      case 'profiles':
        return this.profile(row, line);
      case 'configKeys':
        return;
    }
  }

  /** Call after the last plugin: from then on mappings lead to a plugin of the file or nowhere. */
  pluginsEnd(): void {
    for (const [id, place] of this.awaited) this.dangling(place, 'plugin', id);
    this.awaited.clear();
  }

  private plugin(row: PluginRow, line: number): void {
    const place = { section: 'plugins', line, name: row.bundle };
    this.plugins.add(row.id);
    this.awaited.delete(row.id);
    this.unique(this.bundles, row.bundle, { ...place, field: 'bundle' });
    for (const [required, { pluginId }] of Object.entries(row.mappings)) {
      const field = `mappings/${required.slice(0, 100)}`;
      if (!this.plugins.has(pluginId)) this.await(pluginId, { ...place, field });
    }
  }

  private await(pluginId: string, place: Place): void {
    if (this.awaited.has(pluginId)) return;
    if (this.awaited.size < this.mostAwaited) this.awaited.set(pluginId, place);
    else this.dangling(place, 'plugin', pluginId);
  }

  private application(row: ApplicationRow, line: number): void {
    const place = { section: 'applications', line, name: row.id };
    if (!this.workspaces.has(row.workspaceId))
      this.dangling({ ...place, field: 'workspaceId' }, 'workspace', row.workspaceId);
    if (!this.plugins.has(row.pluginId))
      this.dangling({ ...place, field: 'pluginId' }, 'plugin', row.pluginId);
  }

  private profile(row: ProfileRow, line: number): void {
    const place = { section: 'profiles', line, name: row.name };
    this.unique(this.profileNames, row.name, { ...place, field: 'name' });
    for (const id of row.workspaces)
      if (!this.workspaces.has(id)) this.dangling({ ...place, field: 'workspaces' }, 'workspace', id);
  }

  private unique(taken: Set<string>, name: string, place: Place): void {
    const key = nameKey(name);
    if (taken.has(key)) this.problems.add({ ...place, problem: 'is the same as that of an earlier row' });
    taken.add(key);
  }

  private dangling(place: Place, kind: string, id: string): void {
    this.problems.add({ ...place, problem: `refers to the ${kind} ${id}, which is not in the backup` });
  }
}
