import { type Readable } from 'node:stream';
import { ObjectExists, ObjectMissing, type ObjectStore } from '../storage/object-store';
import { type Metrics } from './metrics';
import { traced } from './trace';

/** The object store, counted and traced. That there is no such object is an answer, not a failure. */
export class ObservedObjectStore implements ObjectStore {
  constructor(
    private readonly objects: ObjectStore,
    private readonly metrics: Metrics,
  ) {}

  put(key: string, content: Readable): Promise<number> {
    return this.observed('put', () => this.objects.put(key, content));
  }

  get(...of: Parameters<ObjectStore['get']>): Promise<Readable> {
    return this.observed('get', () => this.objects.get(...of));
  }

  size(key: string): Promise<number> {
    return this.observed('size', () => this.objects.size(key));
  }

  remove(key: string): Promise<void> {
    return this.observed('remove', () => this.objects.remove(key));
  }

  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }> {
    return this.objects.list(prefix);
  }

  removeUnfinished(before: Date): Promise<void> {
    return this.observed('remove unfinished', () => this.objects.removeUnfinished(before));
  }

  private observed<T>(request: string, work: () => Promise<T>): Promise<T> {
    return traced(`object store ${request}`, {}, async () => {
      const took = this.metrics.objectStore.startTimer({ request });
      try {
        const answer = await work();
        took({ outcome: 'done' });
        return answer;
      } catch (error) {
        const isAnswer = error instanceof ObjectMissing || error instanceof ObjectExists;
        took({ outcome: isAnswer ? 'done' : 'failed' });
        throw error;
      }
    });
  }
}
