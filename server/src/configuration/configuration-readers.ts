import { type Id } from '../change/core/task';
import { type Database, type Db } from '../storage/database';
import { type ConfigurationReader } from './configuration-reader';
import { type ContentStore } from './content.store';
import { LiveReader } from './live-reader';
import { type Overlay } from './overlay';
import { OverlayReader } from './overlay-reader';

/** Makes readers, each for the length of one request. */
export class ConfigurationReaders {
  constructor(
    private readonly database: Pick<Database, 'read'>,
    private readonly content: ContentStore,
  ) {}

  /** Readers of what this connection sees. */
  within(db: Db): ConfigurationReaders {
    return new ConfigurationReaders({ read: (work) => work(db) }, this.content);
  }

  /** Reads one generation, with changes laid over it where there are any. */
  of(generationId: Id, overlay?: Overlay): ConfigurationReader {
    const live = new LiveReader(this.database, this.content, generationId);
    return overlay ? new OverlayReader(live, overlay) : live;
  }
}
