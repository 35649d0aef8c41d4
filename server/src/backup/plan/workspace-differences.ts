import { type FieldChange, fieldChanges } from '../../change/presentation/field-change';
import { type JsonObject } from '../../change/core/json';
import { type Id } from '../../change/core/task';
import { descriptors } from '../../configuration/descriptors';
import { type ReadRow } from '../sections/read';

/** Changes kept of one workspace; the first of them are shown. */
const mostChanges = 50;

interface StayingWorkspace {
  id: Id;
  name: string;
  changes: FieldChange[];
}

type ApplicationText = JsonObject & { id: Id; workspaceId: Id };

/**
 * Workspaces that are there before and after. Their applications come in a section of their own, so what changes of a
 * workspace is known only after both.
 */
export class WorkspaceDifferences {
  private readonly staying = new Map<Id, StayingWorkspace>();

  workspaceStays(before: ReadRow, after: ReadRow): void {
    const changes = before.text === after.text ? [] : changesOf(parsed(before), parsed(after));
    const { id, name } = parsed(after) as { id: Id; name: string };
    this.staying.set(id, { id, name, changes: changes.slice(0, mostChanges) });
  }

  applicationComesOrGoes(row: ReadRow, difference: 'ADDED' | 'REMOVED'): void {
    const { id, workspaceId, ...application } = parsed(row) as ApplicationText;
    const one = { applications: { [id]: application } };
    this.note(
      workspaceId,
      difference === 'ADDED' ? changesOf({ applications: {} }, one) : changesOf(one, { applications: {} }),
    );
  }

  /** Whether anything but the order of keys differs. */
  applicationStays(before: ReadRow, after: ReadRow): boolean {
    const [from, to] = [parsed(before), parsed(after)] as [ApplicationText, ApplicationText];
    if (from.workspaceId !== to.workspaceId) {
      this.applicationComesOrGoes(before, 'REMOVED');
      this.applicationComesOrGoes(after, 'ADDED');
      return true;
    }
    const changes = changesOf(inWorkspace(from), inWorkspace(to));
    this.note(to.workspaceId, changes);
    return changes.length > 0;
  }

  all(): Iterable<StayingWorkspace> {
    return this.staying.values();
  }

  /** Of a workspace that comes or goes itself, its applications are no change. */
  private note(workspaceId: Id, changes: readonly FieldChange[]): void {
    const workspace = this.staying.get(workspaceId);
    workspace?.changes.push(...changes.slice(0, mostChanges - workspace.changes.length));
  }
}

const parsed = ({ text }: ReadRow) => JSON.parse(text) as JsonObject;

const inWorkspace = ({ id, workspaceId: _, ...application }: ApplicationText): JsonObject => ({
  applications: { [id]: application },
});

const changesOf = (before: JsonObject, after: JsonObject): FieldChange[] =>
  fieldChanges(descriptors.WORKSPACE, before, after);
