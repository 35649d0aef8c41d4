import { type FieldChange, fieldChanges } from '../../change/presentation/field-change';
import { type JsonObject } from '../../change/core/json';
import { type ConfigurationObject, type Id, type Kind } from '../../change/core/task';
import { descriptors } from '../../configuration/descriptors';
import { noCounts, type Section } from '../format/rows/section';
import { type ReadRow } from '../sections/read';
import { mostEntries, type PlanCounts, type PlanDifference, type PlanEntry } from './plan-content';
import { type DifferenceTaker } from './section-comparison';
import { ShownChanges } from './shown-changes';
import { WorkspaceDifferences } from './workspace-differences';

const kindOf = {
  plugins: 'PLUGIN',
  workspaces: 'WORKSPACE',
  profiles: 'PROFILE',
  configKeys: 'CONFIG_KEY',
} as const;

/** Counts the differences of a plan and lists the first objects of each kind. */
export class PlanDraft implements DifferenceTaker {
  readonly counts: PlanCounts = {
    added: noCounts(),
    removed: noCounts(),
    changed: noCounts(),
    same: noCounts(),
  };
  private readonly listed = new Map<string, PlanEntry[]>();
  private readonly shown = new ShownChanges();
  private readonly workspaces = new WorkspaceDifferences();

  added(section: Section, row: ReadRow): void {
    this.one(section, 'ADDED', row);
  }

  removed(section: Section, row: ReadRow): void {
    this.one(section, 'REMOVED', row);
  }

  differing(section: Section, before: ReadRow, after: ReadRow): void {
    if (section === 'workspaces') return this.workspaces.workspaceStays(before, after);
    if (section === 'applications') {
      const isChanged = this.workspaces.applicationStays(before, after);
      this.counts[isChanged ? 'changed' : 'same'].applications++;
      return;
    }
    const kind = kindOf[section];
    const changes = fieldChanges(descriptors[kind], valueOf(kind, before), valueOf(kind, after));
    if (changes.length === 0) return this.same(section);
    this.counts.changed[section]++;
    this.list(kind, 'CHANGED', after.id, () => nameOf(kind, after), changes);
  }

  same(section: Section, row?: ReadRow): void {
    if (section === 'workspaces') this.workspaces.workspaceStays(row!, row!);
    else this.counts.same[section]++;
  }

  /** All entries, once every row has been seen. */
  finish(): PlanEntry[] {
    for (const { id, name, changes } of this.workspaces.all()) {
      this.counts[changes.length > 0 ? 'changed' : 'same'].workspaces++;
      if (changes.length > 0) this.list('WORKSPACE', 'CHANGED', id, () => name, changes);
    }
    return [...this.listed.values()].flat();
  }

  private one(section: Section, difference: 'ADDED' | 'REMOVED', row: ReadRow): void {
    this.counts[difference === 'ADDED' ? 'added' : 'removed'][section]++;
    if (section === 'applications') this.workspaces.applicationComesOrGoes(row, difference);
    else this.list(kindOf[section], difference, row.id, () => nameOf(kindOf[section], row), []);
  }

  private list(
    kind: Kind,
    difference: PlanDifference,
    id: Id,
    name: () => string,
    changes: readonly FieldChange[],
  ): void {
    const key = `${kind} ${difference}`;
    const entries = this.listed.get(key) ?? [];
    this.listed.set(key, entries);
    if (entries.length >= mostEntries) return;
    entries.push({ kind, id, name: name().slice(0, 255), difference, fields: this.shown.of(changes) });
  }
}

const nameOf = (kind: Kind, row: ReadRow): string => descriptors[kind].displayName(valueOf(kind, row));

/** The object that a row's text describes, as the descriptors know it: without its id. */
function valueOf(kind: Kind, { text }: ReadRow): ConfigurationObject {
  const value = JSON.parse(text) as JsonObject & { id?: Id };
  if (kind !== 'CONFIG_KEY') delete value.id;
  return value;
}
