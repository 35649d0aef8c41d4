import { rematch } from '../../change/core/resolution/rematch';
import { emptySlice, extendSlice, type Slice } from '../../change/core/slice';
import { sliceLoader } from '../../change/slice.loader';
import { rematchRequest } from '../../change/core/slice-request';
import { type Id, type Task } from '../../change/core/task';
import { type ContentStore } from '../../configuration/content.store';
import { type Database, type Db } from '../../storage/database';
import { atOneRevision } from '../../unit/at-one-revision';
import { type SafeModeFile } from '../file/safe-mode-file';

/** Carries the tasks of a safe mode over to what an import has put in the place of what they were recorded on. */
export class RematchService {
  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
  ) {}

  /** Targets and references are found again by id, else by key; what is not found will be in conflict. */
  rematched({ unitId, generationId, tasks }: SafeModeFile): Promise<{ tasks: Task[]; generationId: Id }> {
    return atOneRevision(this.database, unitId, async (db, unit) => {
      // Empty once the old generation was purged.
      const before = await this.load(db, generationId, tasks);
      const live = await this.load(db, unit.liveGenerationId, tasks, before);
      return { tasks: rematch(before, live, tasks), generationId: unit.liveGenerationId };
    });
  }

  private async load(db: Db, generationId: Id, tasks: readonly Task[], before?: Slice): Promise<Slice> {
    const load = sliceLoader(db, this.content, generationId);
    let slice = emptySlice();
    for (;;) {
      const request = rematchRequest(slice, tasks, before);
      if (!request) return slice;
      slice = extendSlice(slice, request, await load(request));
    }
  }
}
