import { v7 as uuid } from 'uuid';
import { type Actor } from '../../src/access/actor';
import { UserEntity } from '../../src/access/user.entity';
import { ChangeLogStore } from '../../src/change/log/change-log.store';
import {
  Conflicted,
  ConflictPresenter,
  type ConflictView,
} from '../../src/change/presentation/conflict.presenter';
import { evaluate } from '../../src/change/core/evaluation/evaluate';
import { record } from '../../src/change/core/recording/record';
import { type Slice } from '../../src/change/core/slice';
import { sliceLoader } from '../../src/change/slice.loader';
import { loadSlice } from '../../src/change/core/slice-request';
import { type Change, type Conflict, type Id, type Operation, type Task } from '../../src/change/core/task';
import { aProfile, aWorkspace, create } from '../../src/change/core/testing/builders';
import { ContentStore } from '../../src/configuration/content.store';
import { ContentWriter } from '../../src/configuration/content.writer';
import { type Refusal } from '../../src/refusal';
import { type Db } from '../../src/storage/database';
import { Sealer } from '../../src/storage/sealer';
import { type ChangeCause, UnitEntity } from '../../src/unit/unit.entity';
import { type Desk } from '../backup/parts/desk';

/** A unit with a workspace in a profile, an admin who owns safe modes, and another one who edits. */
export interface Scene {
  unitId: Id;
  unit: PresentedUnit;
  admin: Actor;
  other: Actor;
  /** The other admin, as conflicts name her. */
  grace: { id: Id; name: string };
  workspace: Id;
  profile: Id;
}

export const sceneMaker = (desk: Desk) => async (): Promise<Scene> => {
  const { unitId, admin } = await desk.aUnit();
  const other = await desk.anActor({ [unitId]: 'ADMIN' });
  await desk.database.transaction(({ manager }) =>
    manager.update(UserEntity, { id: other.userId }, { name: 'Grace' }),
  );
  const unit = new PresentedUnit(desk, unitId);
  const [workspace, profile] = [uuid(), uuid()];
  await unit.land(admin, [
    create('WORKSPACE', workspace, aWorkspace('Desk')),
    create('PROFILE', profile, aProfile('Sales', { workspaces: [workspace] })),
  ]);
  return { unitId, unit, admin, other, grace: { id: other.userId, name: 'Grace' }, workspace, profile };
};

/** The conflicts that a refusal names; throws one for another reason. */
export function conflictsOf(refusal: Refusal): ConflictView[] {
  if (!(refusal instanceof Conflicted)) throw refusal;
  return refusal.extensions.conflicts as ConflictView[];
}

interface Facts {
  db: Db;
  unit: { id: Id; generationId: Id };
  slice: Slice;
}

/** A unit of a desk whose changes are logged, and what its conflicts are told as. */
export class PresentedUnit {
  private readonly content: ContentStore;
  private readonly writer: ContentWriter;
  readonly log: ChangeLogStore;
  readonly presenter: ConflictPresenter;

  constructor(
    private readonly desk: Desk,
    readonly unitId: Id,
  ) {
    this.content = new ContentStore(desk.sealer);
    this.writer = new ContentWriter(desk.sealer);
    this.log = new ChangeLogStore(desk.sealer);
    this.presenter = new ConflictPresenter(this.content, this.log, desk.sealer);
  }

  /** What the operations make of live lands for everybody, as one revision; answers when. */
  async land(by: Actor, operations: readonly Operation[], cause: ChangeCause = 'EDIT'): Promise<Date> {
    const at = this.desk.now();
    await this.desk.database.transaction(async (db) => {
      await db.run('UPDATE unit SET revision = revision + 1 WHERE id = ?', [this.unitId]);
      const { revision, liveGenerationId } = await db.manager.findOneByOrFail(UnitEntity, {
        id: this.unitId,
      });
      const slice = await loadSlice(sliceLoader(db, this.content, liveGenerationId), [], operations);
      const changes: Change[] = evaluate(slice, recordedTasks(slice, [], operations)).changes;
      await this.writer.write(db, liveGenerationId, changes);
      const set = { unitId: this.unitId, revision, cause, byUserId: by.userId, at };
      await this.log.append(db, set, changes);
    });
    return at;
  }

  /** The file with the operations recorded on what is live now. */
  recorded(tasks: readonly Task[], ...operations: Operation[]): Promise<Task[]> {
    return this.within(tasks, operations, ({ slice }) => recordedTasks(slice, tasks, operations));
  }

  /** The conflicts of the file as they stand now. */
  views(tasks: readonly Task[]): Promise<ConflictView[]> {
    return this.within(tasks, [], ({ db, unit, slice }) =>
      this.presenter.views(db, unit, slice, tasks, evaluate(slice, tasks).conflicts),
    );
  }

  /** The same conflicts as the core has them. */
  conflicts(tasks: readonly Task[]): Promise<Conflict[]> {
    return this.within(tasks, [], ({ slice }) => evaluate(slice, tasks).conflicts);
  }

  /** The presenter of a server with another key. */
  withKey(serverKey: string): ConflictPresenter {
    return new ConflictPresenter(this.content, this.log, new Sealer(serverKey));
  }

  /** What recording the operations on the file is refused with. */
  refusal(known: readonly Task[], ...operations: Operation[]): Promise<Refusal> {
    return this.within(known, operations, ({ db, unit, slice }) => {
      const { refused } = record(slice, known, operations);
      if (!refused) throw new Error('It was not refused');
      return this.presenter.refusal(db, unit, slice, operations, refused, known);
    });
  }

  private within<T>(
    tasks: readonly Task[],
    operations: readonly Operation[],
    work: (facts: Facts) => T | Promise<T>,
  ): Promise<T> {
    return this.desk.database.read(async (db) => {
      const { liveGenerationId } = await db.manager.findOneByOrFail(UnitEntity, { id: this.unitId });
      const slice = await loadSlice(sliceLoader(db, this.content, liveGenerationId), tasks, operations);
      return work({ db, unit: { id: this.unitId, generationId: liveGenerationId }, slice });
    });
  }
}

function recordedTasks(slice: Slice, tasks: readonly Task[], operations: readonly Operation[]): Task[] {
  const recording = record(slice, tasks, operations);
  if (recording.refused) throw new Error(`refused: ${JSON.stringify(recording.refused)}`);
  return recording.tasks;
}
