import { type Task } from '../task';
import { sorted } from './world';

/** A file without what only tells who recorded it when, and what was seen. */
export const netOf = (tasks: readonly Task[]): string[] =>
  tasks
    .map((task) => {
      const { id, key, operationIds, ...net } = task;
      void [id, key, operationIds];
      return JSON.stringify(sorted({ ...net, seen: undefined }));
    })
    .sort();
