import { type Task } from '../../../change/core/task';
import { Sealer } from '../../../storage/sealer';
import { type SafeModeFile } from '../safe-mode-file';

export const serverKey = new Sealer('ab'.repeat(32));
export const anotherKey = new Sealer('cd'.repeat(32));

/** A file of which only what matters is said. */
export function aFile(said: Partial<SafeModeFile> = {}): SafeModeFile {
  return {
    safeModeId: 'safe-mode',
    unitId: 'unit',
    revision: 1,
    generationId: 'generation',
    tasks: [],
    operations: [],
    ...said,
  };
}

export function aFileOf(...tasks: Task[]): SafeModeFile {
  return aFile({ tasks });
}
