import { ConfigurationClient } from './configuration';
import { type Credentials, type ServedApi } from './running-server';

/** A conflict, as far as tests look at it. */
export interface ConflictAnswer {
  id: string;
  taskId: string | null;
  code: string;
  message: string;
  path: string | null;
  base: unknown;
  mine: unknown;
  live: unknown;
  masked: boolean;
  liveChangedBy: { name: string } | null;
  referrers: { type: string; id: string; name: string }[];
  resolutions: string[];
  derived: boolean;
  because: string[];
}

export interface TaskAnswer {
  id: string;
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  summary: string;
  target: { type: string; id: string; name: string };
  changes: { path: string; from: unknown; to: unknown; masked: boolean }[];
  conflicts: { id: string; code: string }[];
}

export interface SafeModeAnswer {
  id: string;
  name: string;
  status: 'OPEN' | 'APPLIED' | 'DISCARDED';
  revision: number;
  unreadable: boolean;
  relation: 'OWNER' | 'PREVIEW';
  taskCount: number;
  conflictCount: number;
  tasks: TaskAnswer[];
  conflicts: ConflictAnswer[];
}

export interface PresenceAnswer {
  user: { id: string; name: string };
  safeModeId: string;
  safeModeName: string;
  relation: 'OWNER' | 'PREVIEW';
  since: string;
}

export type ApplyAnswer =
  | {
      __typename: 'SafeModeApplied';
      safeMode: SafeModeAnswer;
      unit: { revision: number };
      taskCount: number;
      alreadyApplied: boolean;
    }
  | { __typename: 'SafeModeConflicted'; safeMode: SafeModeAnswer; conflicts: ConflictAnswer[] };

export type RemovalAnswer =
  | { __typename: 'SafeModeTaskRemoved'; safeMode: SafeModeAnswer; removedTaskIds: string[] }
  | { __typename: 'SafeModeTaskHasDependents'; safeMode: SafeModeAnswer; dependents: TaskAnswer[] };

const conflictFields = `id taskId code message path base mine live masked liveChangedBy { name }
  referrers { type id name } resolutions derived because`;
const taskFields = `id operation summary target { type id name } changes { path from to masked } conflicts { id code }`;
export const safeModeFields = `id name status revision unreadable relation taskCount conflictCount
  tasks { ${taskFields} } conflicts { ${conflictFields} }`;

/** Safe modes of one unit as one caller, short enough for tests. */
export class SafeModeClient {
  constructor(readonly configuration: ConfigurationClient) {}

  /** As the first admin in the first unit, whose requests say that they mean what is live. */
  static async ofAdmin(server: ServedApi): Promise<SafeModeClient> {
    return new SafeModeClient((await ConfigurationClient.ofAdmin(server)).in('none'));
  }

  /** Somebody else in the same unit. */
  static as(server: ServedApi, unitId: string, as: Credentials): SafeModeClient {
    return new SafeModeClient(new ConfigurationClient(server, unitId, as, 'none'));
  }

  /** Edits and reads of the same caller in a safe mode. */
  in({ id }: { id: string }): ConfigurationClient {
    return this.configuration.in(id);
  }

  async start(input: object = {}): Promise<SafeModeAnswer> {
    return this.configuration.mutate('startSafeMode', 'StartSafeModeInput', input, safeModeFields);
  }

  enter(id: string): Promise<SafeModeAnswer> {
    return this.byId('enterSafeMode', id);
  }

  undo(id: string): Promise<SafeModeAnswer> {
    return this.byId('undoSafeMode', id);
  }

  async leave(): Promise<boolean> {
    const { unitId } = this.configuration;
    const data = await this.configuration.request<{ leaveSafeMode: boolean }>(
      'mutation ($unitId: ID!) { leaveSafeMode(unitId: $unitId) }',
      { unitId },
    );
    return data.leaveSafeMode;
  }

  async rename(id: string, name: string): Promise<SafeModeAnswer> {
    const data = await this.configuration.request<{ renameSafeMode: SafeModeAnswer }>(
      `mutation ($id: ID!, $name: String!) { renameSafeMode(id: $id, name: $name) { ${safeModeFields} } }`,
      { id, name },
    );
    return data.renameSafeMode;
  }

  async delete(id: string): Promise<boolean> {
    const data = await this.configuration.request<{ deleteSafeMode: boolean }>(
      'mutation ($id: ID!) { deleteSafeMode(id: $id) }',
      { id },
    );
    return data.deleteSafeMode;
  }

  async find(id: string): Promise<SafeModeAnswer> {
    const data = await this.configuration.request<{ safeMode: SafeModeAnswer }>(
      `query ($id: ID!) { safeMode(id: $id) { ${safeModeFields} } }`,
      { id },
    );
    return data.safeMode;
  }

  async list(status = 'OPEN'): Promise<SafeModeAnswer[]> {
    const { safeModes } = await this.configuration.unit<{ safeModes: SafeModeAnswer[] }>(
      `safeModes(status: ${status}) { ${safeModeFields} }`,
    );
    return safeModes;
  }

  async presence(): Promise<PresenceAnswer[]> {
    const { presence } = await this.configuration.unit<{ presence: PresenceAnswer[] }>(
      'presence { user { id name } safeModeId safeModeName relation since }',
    );
    return presence;
  }

  /** The safe mode that the caller is in. */
  async active(): Promise<{ id: string; name: string } | null> {
    const { unitId } = this.configuration;
    const data = await this.configuration.request<{
      viewer: { activeSafeMode: { id: string; name: string } | null };
    }>('query ($unitId: ID!) { viewer { activeSafeMode(unitId: $unitId) { id name } } }', { unitId });
    return data.viewer.activeSafeMode;
  }

  /** @param revision the one that was reviewed; left out, the present one */
  async apply(id: string, revision?: number): Promise<ApplyAnswer> {
    const reviewed = revision ?? (await this.find(id)).revision;
    const data = await this.configuration.request<{ applySafeMode: ApplyAnswer }>(
      `mutation ($input: ApplySafeModeInput!) { applySafeMode(input: $input) { __typename
        ... on SafeModeApplied { safeMode { ${safeModeFields} } unit { revision } taskCount alreadyApplied }
        ... on SafeModeConflicted { safeMode { ${safeModeFields} } conflicts { ${conflictFields} } } } }`,
      { input: { id, revision: reviewed } },
    );
    return data.applySafeMode;
  }

  async removeTask(safeModeId: string, taskId: string, dependents = 'REFUSE'): Promise<RemovalAnswer> {
    const data = await this.configuration.request<{ removeSafeModeTask: RemovalAnswer }>(
      `mutation ($input: RemoveSafeModeTaskInput!) { removeSafeModeTask(input: $input) { __typename
        ... on SafeModeTaskRemoved { safeMode { ${safeModeFields} } removedTaskIds }
        ... on SafeModeTaskHasDependents { safeMode { ${safeModeFields} } dependents { ${taskFields} } } } }`,
      { input: { safeModeId, taskId, dependents } },
    );
    return data.removeSafeModeTask;
  }

  async resolve(
    safeModeId: string,
    conflictId: string,
    resolution: string,
    value?: unknown,
  ): Promise<SafeModeAnswer> {
    const data = await this.configuration.request<{ resolveSafeModeConflict: SafeModeAnswer }>(
      `mutation ($input: ResolveSafeModeConflictInput!) { resolveSafeModeConflict(input: $input) { ${safeModeFields} } }`,
      { input: { safeModeId, conflictId, resolution, value } },
    );
    return data.resolveSafeModeConflict;
  }

  private async byId(mutation: string, id: string): Promise<SafeModeAnswer> {
    const data = await this.configuration.request<Record<string, SafeModeAnswer>>(
      `mutation ($id: ID!) { ${mutation}(id: $id) { ${safeModeFields} } }`,
      { id },
    );
    return data[mutation]!;
  }
}
