import { type Logger } from 'pino';
import { AccessSweeper } from './access/access-sweeper';
import { AccountService } from './access/account.service';
import { ApiTokenService } from './access/api-token.service';
import { AttemptLimiter } from './access/attempt-limiter';
import { Audit } from './access/audit';
import { Authenticator } from './access/authenticator';
import { hours, systemClock } from './access/clock';
import { OneTimeLinks } from './access/one-time-links';
import { PasswordService } from './access/password.service';
import { SessionService } from './access/session.service';
import { SetUpService } from './access/set-up.service';
import { backupWork } from './backup/backup-work';
import { type Checkpoint, noCheckpoint } from './checkpoint';
import { ChangeLogStore } from './change/log/change-log.store';
import { ChangeService } from './change/change.service';
import { EditService } from './change/edit.service';
import { LandingService } from './change/landing.service';
import { SeenStatesService } from './change/seen-states.service';
import { ConflictPresenter } from './change/presentation/conflict.presenter';
import { ConfigKeyService } from './configuration/config-key/config-key.service';
import { ConfigurationReaders } from './configuration/configuration-readers';
import { ConfigurationService } from './configuration/configuration.service';
import { ContentStore } from './configuration/content.store';
import { ContentWriter } from './configuration/content.writer';
import { ManifestFetcher } from './configuration/plugin/manifest-fetcher';
import { PluginService } from './configuration/plugin/plugin.service';
import { ProfileService } from './configuration/profile/profile.service';
import { SecretReads } from './configuration/secret-reads';
import { WorkspaceService } from './configuration/workspace/workspace.service';
import { faultReporter } from './logger';
import { Rounds } from './job/rounds';
import { forgetting } from './retention/retention';
import { safeModeWork } from './safe-mode/safe-mode-work';
import { sampleFiller } from './sample/fill-sample';
import { serverWork } from './servers/server-work';
import { type Settings } from './settings';
import { openDatabase } from './storage/open-database';
import { openObjectStore } from './storage/open-object-store';
import { Sealer } from './storage/sealer';
import { checkServerKey, serverKeyOf } from './storage/server-key';
import { Metrics } from './telemetry/metrics';
import { observedDatabase } from './telemetry/observed-database';
import { observedJobs } from './telemetry/observed-jobs';
import { ObservedObjectStore } from './telemetry/observed-object-store';
import { observedTopics } from './telemetry/observed-topics';
import { Members } from './unit/members';
import { MemberService } from './unit/member.service';
import { Memberships } from './unit/memberships';
import { unitLookups } from './unit/unit-lookups';
import { UnitService } from './unit/unit.service';
import { version } from './version';

/** Everything the product consists of, put together: the one place that constructs things. */
export type App = Awaited<ReturnType<typeof createApp>>;

/** How often whoever went without a word is looked for, ms. */
const presenceSweep = 15_000;

/**
 * @param publicUrl address under which users reach the server; asked for only once the server listens
 * @param checkpoint told, and waited for, where work has marked places
 */
export async function createApp(
  settings: Settings,
  log: Logger,
  publicUrl: () => string,
  checkpoint: Checkpoint = noCheckpoint,
) {
  const sealer = new Sealer(serverKeyOf(settings), settings.otherServerKey);
  const metrics = new Metrics();
  const database = observedDatabase(await openDatabase(settings, settings.limits.lineBytes), metrics);
  await checkServerKey(database, sealer);
  const objects = new ObservedObjectStore(openObjectStore(settings, log), metrics);
  const now = systemClock;
  const reportFault = faultReporter(log);
  const ties = { settings, database, version, now, log, reportFault, checkpoint };
  const { servers, stopMessages, ...messages } = await serverWork(ties).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const topics = observedTopics(messages.topics, metrics);

  const audit = new Audit(database, now);
  const passwords = new PasswordService();
  const limiter = new AttemptLimiter(database, now);
  const sessions = new SessionService(database, topics, now);
  const tokens = new ApiTokenService(database, sessions, audit, now);
  const authenticator = new Authenticator(database, sessions, tokens, now);
  const links = new OneTimeLinks(database, sealer, publicUrl, now);
  const accounts = new AccountService(database, passwords, sessions, links, limiter, audit);

  const units = new UnitService(database, topics, sessions, audit, now);
  const memberships = new Memberships(database, links);
  const members = new MemberService(database, memberships, passwords, sessions, links, audit, now);

  const content = new ContentStore(sealer);
  const changeLog = new ChangeLogStore(sealer);
  const conflicts = new ConflictPresenter(content, changeLog, sealer);
  const landing = new LandingService(new ContentWriter(sealer), changeLog);
  const seenStates = new SeenStatesService(changeLog, conflicts);
  const changes = new ChangeService(database, content, landing, seenStates, conflicts, topics, checkpoint);
  const setUp = new SetUpService(database, passwords, sessions, topics, audit, now, sampleFiller(changes));

  const manifests = new ManifestFetcher(settings.allowPrivateManifestUrls);

  const backups = backupWork({
    database,
    objects,
    sealer,
    topics,
    servers,
    now,
    settings,
    appVersion: version,
    reportFault,
    jobObserver: observedJobs(metrics, log),
    checkpoint,
  });
  backups.start();

  const readers = new ConfigurationReaders(database, content);
  const safeModes = safeModeWork({
    database,
    objects,
    objectSweeper: backups.objectSweeper,
    sealer,
    topics,
    now,
    limits: settings.safeModeLimits,
    content,
    readers,
    changeLog,
    seenStates,
    conflicts,
    landing,
    checkpoint,
  });
  const configurations = new ConfigurationService(units, readers, safeModes.previews);
  const edits = new EditService(changes, safeModes.recordings);

  const rounds = new Rounds(reportFault);
  const accessSweeper = new AccessSweeper(database, sessions, now);
  rounds.every(
    hours(1),
    servers.ifEldest(() => accessSweeper.sweep()),
  );
  for (const forget of forgetting(database, settings.records, now))
    rounds.every(hours(1), servers.ifEldest(forget));
  rounds.every(
    presenceSweep,
    servers.ifEldest(() => safeModes.presences.sweep()),
  );

  return {
    settings,
    log,
    metrics,
    reportFault,
    now,
    backups,
    database,
    objects,
    topics,
    servers,
    unitOf: unitLookups(database),
    audit,
    authenticator,
    accounts,
    sessions,
    tokens,
    setUp,
    units,
    members,
    memberships,
    configurations,
    safeModes,
    changeLog,
    secretReads: new SecretReads(audit),
    membersByEmail: new Members(database),
    plugins: new PluginService(edits, manifests),
    workspaces: new WorkspaceService(edits),
    profiles: new ProfileService(edits),
    configKeys: new ConfigKeyService(edits),

    async stop(): Promise<void> {
      await rounds.stop();
      await backups.stop();
      await manifests.close();
      await servers.leave();
      stopMessages();
      await database.close();
    },
  };
}
