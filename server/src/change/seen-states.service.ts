import { BadUserInput } from '../refusal';
import { type Db } from '../storage/database';
import { type ChangeLogStore } from './log/change-log.store';
import { type ConflictPresenter } from './presentation/conflict.presenter';
import { type EditRequest } from './edit-request';
import { type ConfigurationObject, type ObjectName, type Operation } from './core/task';

/** What the caller saw of an object that was so at the form's revision. */
type AsShown = (object: ObjectName, then: ConfigurationObject | undefined) => ConfigurationObject | undefined;

/** Finds what forms were loaded with, for edits that say at which revision that was. */
export class SeenStatesService {
  constructor(
    private readonly log: ChangeLogStore,
    private readonly conflicts: ConflictPresenter,
  ) {}

  /**
   * Gives updates and deletes the object as the caller saw it, where that is not how it is now. Throws the conflict
   * `UNIT_REPLACED` where a backup was imported since, `BadUserInput` where that is longer ago than history is kept.
   *
   * @param asShown what the caller saw of an object, from what it was for everybody
   */
  async basedOn(
    db: Db,
    { unitId, basedOnRevision }: EditRequest,
    liveRevision: number,
    operations: Operation[],
    asShown: AsShown = (_, then) => then,
  ): Promise<Operation[]> {
    if (basedOnRevision === undefined || basedOnRevision === null || basedOnRevision === liveRevision)
      return operations;
    mustBePast(basedOnRevision, liveRevision);
    if (await this.log.replacedSince(db, unitId, basedOnRevision))
      throw this.conflicts.unitReplaced(operations);
    const based: Operation[] = [];
    for (const operation of operations) {
      const { kind, target: id } = operation;
      const states = await this.log.statesAt(db, unitId, basedOnRevision, kind, [id]);
      based.push(states.has(id) ? basedOnState(operation, asShown({ kind, id }, states.get(id))) : operation);
    }
    if (!(await this.log.reachesBackTo(db, unitId, basedOnRevision))) throw forgotten(basedOnRevision);
    return based;
  }
}

const forgotten = (revision: number) =>
  new BadUserInput([
    {
      path: 'input.basedOnRevision',
      message: `is ${revision}, and what was changed since is not all known any more. Load the object again.`,
    },
  ]);

function mustBePast(revision: number, liveRevision: number): void {
  if (revision <= liveRevision && revision >= 0) return;
  throw new BadUserInput([
    { path: 'input.basedOnRevision', message: `is not a revision of the unit, which is at ${liveRevision}` },
  ]);
}

/** What did not exist when the form was loaded was to be created by it. */
function basedOnState(operation: Operation, state: ConfigurationObject | undefined): Operation {
  if (operation.op === 'CREATE') return operation;
  if (state) return { ...operation, basedOn: state };
  return operation.op === 'UPDATE' && operation.kind === 'CONFIG_KEY'
    ? { ...operation, op: 'CREATE', value: { ...operation.fields, key: operation.target } }
    : operation;
}
