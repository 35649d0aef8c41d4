import { AttemptLimiter } from '../access/attempt-limiter';
import { Audit } from '../access/audit';
import { type Clock, hours, minutes } from '../access/clock';
import { type Checkpoint, noCheckpoint } from '../checkpoint';
import { type JobObserver } from '../job/job-observer';
import { JobRunner } from '../job/job-runner';
import { JobService } from '../job/job.service';
import { JobSweeper } from '../job/job-sweeper';
import { Rounds } from '../job/rounds';
import { type Topics } from '../messages/topics';
import { alone, type SoleWork } from '../servers/sole-work';
import { type Settings } from '../settings';
import { type Database } from '../storage/database';
import { ObjectSweeper } from '../storage/object-sweeper';
import { type ObjectStore } from '../storage/object-store';
import { type Sealer } from '../storage/sealer';
import { ExportService } from './export/export.service';
import { ImportService } from './import/import.service';
import { UndoService } from './import/undo.service';
import { PlanStore } from './plan/plan.store';
import { ExpiredRows } from './purge/expired-rows';
import { GenerationPurge } from './purge/generation-purge';
import { UploadService } from './upload/upload.service';
import { ValidationService } from './validation/validation.service';

/** What backups and jobs need of the rest of the server. */
export interface BackupWorkParts {
  database: Database;
  objects: ObjectStore;
  sealer: Sealer;
  topics: Topics;
  /** None: this is the only one. */
  servers?: SoleWork;
  now: Clock;
  settings: Pick<Settings, 'environment' | 'backupEnabled' | 'scryptWorkFactor' | 'limits' | 'retention'>;
  appVersion: string;
  /** Logs a fault of ours and answers the id to look it up by. */
  reportFault: (error: unknown) => string;
  jobObserver?: JobObserver;
  checkpoint?: Checkpoint;
  /** After this many milliseconds without a sign of life a server is taken for dead. */
  jobLease?: number;
}

/** Jobs, backups and what keeps them tidy, put together. */
export interface BackupWork {
  jobs: JobService;
  exports: ExportService;
  uploads: UploadService;
  validations: ValidationService;
  plans: PlanStore;
  imports: ImportService;
  undos: UndoService;
  jobSweeper: JobSweeper;
  purge: GenerationPurge;
  expiredRows: ExpiredRows;
  objectSweeper: ObjectSweeper;
  /** No new jobs; imports go to other servers at once, the rest may end within the time. See `JobRunner.drain`. */
  drain(patience: number): Promise<void>;
  /** Begins the rounds that sweep and purge. */
  start(): void;
  /** Ends rounds and jobs of this process; see `JobRunner.stop`. */
  stop(): Promise<void>;
}

const usualLease = 15_000;

export function backupWork(parts: BackupWorkParts): BackupWork {
  const { database, objects, sealer, topics, now, reportFault } = parts;
  const { servers = alone(), checkpoint = noCheckpoint } = parts;
  const { environment, backupEnabled, scryptWorkFactor, limits, retention } = parts.settings;
  const settings = {
    environment,
    backupEnabled,
    limits,
    retention,
    appVersion: parts.appVersion,
    workFactor: scryptWorkFactor,
    uploadBytes: limits.uploadBytes,
  };
  const changed = (jobId: string) => topics.publish('job', jobId, { jobId });
  const lease = parts.jobLease ?? usualLease;

  const audit = new Audit(database, now);
  const runner = new JobRunner(database, {
    owner: servers.id,
    lease,
    now,
    changed,
    reportFault,
    observer: parts.jobObserver,
  });
  const jobs = new JobService(database, topics, runner, now);
  const plans = new PlanStore(database);
  const exports = new ExportService(database, objects, sealer, jobs, audit, settings, now, checkpoint);
  const uploads = new UploadService(database, objects, settings, now, checkpoint);
  const tries = new AttemptLimiter(database, now);
  const validations = new ValidationService(
    database,
    objects,
    sealer,
    jobs,
    uploads,
    plans,
    tries,
    audit,
    settings,
    now,
  );
  const imports = new ImportService(
    database,
    objects,
    sealer,
    jobs,
    plans,
    audit,
    topics,
    settings,
    now,
    checkpoint,
  );
  const undos = new UndoService(database, sealer, jobs, plans, audit, topics, settings, now, checkpoint);
  const works = {
    IMPORT: imports.import.bind(imports),
    UNDO_IMPORT: undos.undo.bind(undos),
  };
  const jobSweeper = new JobSweeper(database, runner, works, now, changed);
  const purge = new GenerationPurge(database, now, checkpoint);
  const expiredRows = new ExpiredRows(database, now);
  const objectSweeper = new ObjectSweeper(database, objects, now, checkpoint);
  const rounds = new Rounds(reportFault);

  return {
    jobs,
    exports,
    uploads,
    validations,
    plans,
    imports,
    undos,
    jobSweeper,
    purge,
    expiredRows,
    objectSweeper,
    start() {
      rounds.every(lease / 3, () => jobSweeper.sweep());
      for (const tidy of [() => purge.purge(), () => expiredRows.purge(), () => objectSweeper.sweep()])
        rounds.every(minutes(1), servers.ifEldest(tidy));
      rounds.every(
        hours(1),
        servers.ifEldest(() => objectSweeper.sweepUnfinished()),
      );
    },
    async drain(patience) {
      await rounds.stop();
      await runner.drain(patience);
    },
    async stop() {
      await rounds.stop();
      await runner.stop();
    },
  };
}
