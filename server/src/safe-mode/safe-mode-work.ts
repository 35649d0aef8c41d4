import { type Clock } from '../access/clock';
import { type Checkpoint, noCheckpoint } from '../checkpoint';
import { type ChangeLogStore } from '../change/log/change-log.store';
import { type ConflictPresenter } from '../change/presentation/conflict.presenter';
import { type LandingService } from '../change/landing.service';
import { type SeenStatesService } from '../change/seen-states.service';
import { type ConfigurationReaders } from '../configuration/configuration-readers';
import { type ContentStore } from '../configuration/content.store';
import { type Topics } from '../messages/topics';
import { type Database } from '../storage/database';
import { type ObjectStore } from '../storage/object-store';
import { type ObjectSweeper } from '../storage/object-sweeper';
import { type Sealer } from '../storage/sealer';
import { ActiveSafeModeService } from './presence/active-safe-mode.service';
import { ActiveSafeModeStore } from './presence/active-safe-mode.store';
import { ApplyService } from './ending/apply.service';
import { EndingService } from './ending/ending.service';
import { EvaluationService } from './preview/evaluation.service';
import { SafeModeFileStore } from './file/safe-mode-file.store';
import { type SafeModeLimits } from './limits';
import { PresenceService } from './presence/presence.service';
import { PresenceStore } from './presence/presence.store';
import { PreviewService } from './preview/preview.service';
import { RecordingService } from './recording/recording.service';
import { RematchService } from './review/rematch.service';
import { RequestSafeModes } from './request-safe-mode.service';
import { SafeModeFiles } from './file/safe-mode-files.service';
import { SafeModeService } from './safe-mode.service';
import { SafeModeStore } from './safe-mode.store';
import { SafeModeViewService } from './review/safe-mode-view.service';
import { TaskService } from './review/task.service';
import { UndoService } from './ending/undo.service';

/** What safe modes need of the rest of the server. */
export interface SafeModeParts {
  database: Database;
  objects: ObjectStore;
  objectSweeper: ObjectSweeper;
  sealer: Sealer;
  topics: Topics;
  now: Clock;
  limits: SafeModeLimits;
  content: ContentStore;
  readers: ConfigurationReaders;
  changeLog: ChangeLogStore;
  seenStates: SeenStatesService;
  conflicts: ConflictPresenter;
  landing: LandingService;
  checkpoint?: Checkpoint;
}

export type SafeModeWork = ReturnType<typeof safeModeWork>;

/** Everything about safe modes, put together. */
export function safeModeWork(parts: SafeModeParts) {
  const { database, content, conflicts, topics, now, checkpoint = noCheckpoint } = parts;
  const store = new SafeModeStore();
  const activeStore = new ActiveSafeModeStore();
  const presenceStore = new PresenceStore();
  const fileStore = new SafeModeFileStore(parts.objects, parts.sealer);

  const requests = new RequestSafeModes(database, store, activeStore);
  const presences = new PresenceService(database, activeStore, presenceStore, topics, now);
  const ending = new EndingService(
    store,
    activeStore,
    presenceStore,
    presences,
    parts.objectSweeper,
    now,
    checkpoint,
  );
  const files = new SafeModeFiles(database, store, fileStore, parts.limits, now, checkpoint);
  const evaluations = new EvaluationService(database, content, files);
  const active = new ActiveSafeModeService(
    database,
    store,
    activeStore,
    presenceStore,
    presences,
    files,
    now,
  );
  const lifeCycle = new SafeModeService(database, store, files, active, ending, presences, parts.limits, now);
  return {
    requests,
    presences,
    active,
    lifeCycle,
    previews: new PreviewService(requests, evaluations),
    recordings: new RecordingService(
      database,
      requests,
      files,
      evaluations,
      parts.readers,
      parts.seenStates,
      conflicts,
    ),
    tasks: new TaskService(files, evaluations, new RematchService(database, content), conflicts),
    applying: new ApplyService(
      database,
      content,
      store,
      lifeCycle,
      files,
      evaluations,
      parts.landing,
      ending,
      topics,
      now,
      checkpoint,
    ),
    undos: new UndoService(database, lifeCycle, parts.changeLog, now),
    views: new SafeModeViewService(database, evaluations, conflicts, parts.changeLog, parts.readers),
  };
}
