import { type Database } from '../../storage/database';
import { type SafeMode, type SafeModeStore } from '../safe-mode.store';
import { Unreadable } from './file-refusals';
import { type SafeModeFiles } from './safe-mode-files.service';
import { type SafeModeFileStore } from './safe-mode-file.store';

export interface ResealedFiles {
  /** Secrets that were sealed under the other key. */
  resealed: number;
  /** Names of safe modes whose file is gone or damaged: they stay as they are. */
  unreadable: string[];
}

/** Seals the secrets in the files of open safe modes under the present server key; the other files hold none. */
export class FileResealing {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly fileStore: SafeModeFileStore,
    private readonly files: SafeModeFiles,
  ) {}

  /** One walk through all of them. Broken off at any point, the next one goes on. */
  async reseal(): Promise<ResealedFiles> {
    const result: ResealedFiles = { resealed: 0, unreadable: [] };
    for await (const some of this.safeModes.allOpen(this.database)) {
      for (const safeMode of some) await this.resealOne(safeMode, result);
    }
    return result;
  }

  private async resealOne(safeMode: SafeMode, result: ResealedFiles): Promise<void> {
    try {
      const found = await this.fileStore.countForeignSecrets(safeMode);
      if (found > 0) await this.files.reseal(safeMode);
      result.resealed += found;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      // Replaced, or closed, since the list was read: then it is no concern of ours.
      const present = await this.database.read((db) => this.safeModes.find(db, safeMode.id));
      if (present?.status === 'OPEN' && present.objectKey === safeMode.objectKey)
        result.unreadable.push(safeMode.name);
    }
  }
}
