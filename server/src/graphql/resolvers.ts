import { AccountResolver } from '../access/account.resolver';
import { ApiTokenResolver } from '../access/api-token.resolver';
import { SetUpResolver } from '../access/set-up.resolver';
import { SystemResolver } from '../access/system.resolver';
import { UserResolver } from '../access/user.resolver';
import { type App } from '../app';
import { BackupJobResolver, BackupPlanResolver } from '../backup/backup-job.resolver';
import { BackupResolver } from '../backup/backup.resolver';
import { HistoryEntryResolver, UnitHistoryResolver } from '../change/log/history.resolver';
import { ConfigKeyResolver, UnitConfigKeysResolver } from '../configuration/config-key/config-key.resolver';
import { PluginResolver, UnitPluginsResolver } from '../configuration/plugin/plugin.resolver';
import { ProfileResolver, UnitProfilesResolver } from '../configuration/profile/profile.resolver';
import {
  ApplicationResolver,
  UnitWorkspacesResolver,
  WorkspaceResolver,
} from '../configuration/workspace/workspace.resolver';
import { JobResolver, UnitJobsResolver } from '../job/job.resolver';
import {
  SafeModeFieldsResolver,
  SafeModeTaskFieldsResolver,
} from '../safe-mode/review/safe-mode-fields.resolver';
import {
  HistorySafeModeResolver,
  PlanSafeModesResolver,
  UserSafeModeResolver,
} from '../safe-mode/review/safe-mode-links.resolver';
import { SafeModeResolver } from '../safe-mode/safe-mode.resolver';
import { UnitSafeModesResolver } from '../safe-mode/unit-safe-modes.resolver';
import { MemberResolver } from '../unit/member.resolver';
import { MembershipResolver } from '../unit/membership.resolver';
import { UnitChangeResolver } from '../unit/unit-change.resolver';
import { unitChangeFeeds, unitChanges } from '../unit/unit-changes';
import { UnitResolver } from '../unit/unit.resolver';
import { version } from '../version';
import { type LiveStreams } from './live-streams';
import { LiveStream } from './sharing/live-stream';

/** Every resolver class with how it is constructed. The schema is made of the classes alone. */
const constructors = new Map<unknown, (app: App) => object>([
  [AccountResolver, ({ accounts, authenticator }) => new AccountResolver(accounts, authenticator)],
  [UserResolver, ({ memberships, tokens }) => new UserResolver(memberships, tokens)],
  [ApiTokenResolver, ({ tokens, units }) => new ApiTokenResolver(tokens, units)],
  [SetUpResolver, ({ setUp, authenticator }) => new SetUpResolver(setUp, authenticator)],
  [SystemResolver, ({ settings, setUp }) => new SystemResolver({ version, ...settings }, setUp)],
  [UnitResolver, ({ units, memberships }) => new UnitResolver(units, memberships)],
  [MemberResolver, ({ members }) => new MemberResolver(members)],
  [MembershipResolver, ({ database }) => new MembershipResolver(database)],
  [UnitChangeResolver, ({ database }) => new UnitChangeResolver(database)],
  [
    PluginResolver,
    ({ plugins, configurations, secretReads }) => new PluginResolver(plugins, configurations, secretReads),
  ],
  [UnitPluginsResolver, ({ configurations, plugins }) => new UnitPluginsResolver(configurations, plugins)],
  [
    WorkspaceResolver,
    ({ workspaces, configurations, membersByEmail }) =>
      new WorkspaceResolver(workspaces, configurations, membersByEmail),
  ],
  [ApplicationResolver, ({ configurations }) => new ApplicationResolver(configurations)],
  [UnitWorkspacesResolver, ({ configurations }) => new UnitWorkspacesResolver(configurations)],
  [ProfileResolver, ({ profiles, configurations }) => new ProfileResolver(profiles, configurations)],
  [UnitProfilesResolver, ({ configurations }) => new UnitProfilesResolver(configurations)],
  [
    ConfigKeyResolver,
    ({ configKeys, configurations, secretReads }) =>
      new ConfigKeyResolver(configKeys, configurations, secretReads),
  ],
  [UnitConfigKeysResolver, ({ configurations }) => new UnitConfigKeysResolver(configurations)],
  [
    HistoryEntryResolver,
    ({ database, changeLog, configurations }) =>
      new HistoryEntryResolver(database, changeLog, configurations),
  ],
  [UnitHistoryResolver, ({ database, changeLog }) => new UnitHistoryResolver(database, changeLog)],
  [JobResolver, ({ backups, units, database }) => new JobResolver(backups.jobs, units, database)],
  [UnitJobsResolver, ({ backups }) => new UnitJobsResolver(backups.jobs)],
  [
    BackupResolver,
    ({ backups: { exports, uploads, validations, imports, undos } }) =>
      new BackupResolver(exports, uploads, validations, imports, undos),
  ],
  [BackupJobResolver, ({ backups, now }) => new BackupJobResolver(backups.plans, now)],
  [
    SafeModeResolver,
    ({ safeModes, units }) =>
      new SafeModeResolver(
        safeModes.lifeCycle,
        safeModes.active,
        safeModes.tasks,
        safeModes.applying,
        safeModes.undos,
        safeModes.views,
        units,
      ),
  ],
  [
    SafeModeFieldsResolver,
    ({ safeModes, database }) => new SafeModeFieldsResolver(safeModes.views, database),
  ],
  [SafeModeTaskFieldsResolver, ({ database }) => new SafeModeTaskFieldsResolver(database)],
  [
    UnitSafeModesResolver,
    ({ safeModes }) => new UnitSafeModesResolver(safeModes.lifeCycle, safeModes.presences),
  ],
  [UserSafeModeResolver, ({ safeModes }) => new UserSafeModeResolver(safeModes.active)],
  [HistorySafeModeResolver, ({ safeModes }) => new HistorySafeModeResolver(safeModes.lifeCycle)],
  [PlanSafeModesResolver, ({ safeModes, unitOf }) => new PlanSafeModesResolver(safeModes.lifeCycle, unitOf)],
  [BackupPlanResolver, ({ backups }) => new BackupPlanResolver(backups.plans)],
]);

export const resolverClasses = [...constructors.keys()] as NewableFunction[];

/** The resolvers of an app, each constructed once. */
export function resolverInstances(app: App): (resolver: unknown) => object {
  const instances = new Map([...constructors].map(([resolver, construct]) => [resolver, construct(app)]));
  return (resolver) => {
    const instance = instances.get(resolver);
    if (!instance) throw new Error('A resolver that graphql/resolvers.ts does not list');
    return instance;
  };
}

/** What the subscriptions of an app send, by topic. */
export const liveStreams = ({ units, topics, backups, safeModes: { presences } }: App): LiveStreams => {
  const changes = unitChangeFeeds(units, topics);
  return {
    unitChanged: (unitId) =>
      new LiveStream(
        () => unitChanges(units, topics, unitId),
        (listener) => changes.of(unitId).join(listener),
      ),
    job: (id) => backups.jobs.follow(id),
    safeModeBanner: (unitId, viewer) =>
      new LiveStream(
        () => presences.follow(unitId, viewer),
        (listener) => presences.join(unitId, viewer, listener),
      ),
  };
};
