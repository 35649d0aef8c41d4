import { type Answer, type ApiError, type Credentials, type ServedApi } from './running-server';

/** The conflicts that a refused edit names. */
export interface ConflictAnswer {
  code: string;
  message: string;
  path: string;
  masked: boolean;
  base: unknown;
  mine: unknown;
  live: unknown;
  liveChangedBy: { name: string } | null;
  referrers: { type: string; name: string }[];
}

/** Mutations of one unit as one caller, short enough for tests. */
export class ConfigurationClient {
  constructor(
    readonly server: ServedApi,
    readonly unitId: string,
    readonly as: Credentials,
    /** What X-Safe-Mode says: the id of a safe mode, or `none`; left out where there is none. */
    readonly safeMode?: string,
  ) {}

  /** The same caller, whose requests say this in X-Safe-Mode. */
  in(safeMode: string | undefined): ConfigurationClient {
    return new ConfigurationClient(this.server, this.unitId, this.as, safeMode);
  }

  /** As the first admin in the first unit. */
  static async ofAdmin(server: ServedApi): Promise<ConfigurationClient> {
    const as = await server.signIn();
    return new ConfigurationClient(server, await server.firstUnitId(as), as);
  }

  /** Answers the payload; throws `Refused` when the server refuses. */
  async mutate<T = Record<string, unknown>>(
    mutation: string,
    inputType: string,
    input: object,
    fields: string,
  ): Promise<T> {
    const answer = await this.server.graphql<Record<string, T>>(
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${fields} } }`,
      { input: { unitId: this.unitId, ...input } },
      this.as,
      this.headers,
    );
    return dataOf(answer)[mutation]!;
  }

  /** The data of any request; throws `Refused` when the server refuses. */
  async request<T>(query: string, variables: object = {}): Promise<T> {
    return dataOf(await this.server.graphql<T>(query, variables, this.as, this.headers));
  }

  /** Fields of the unit. */
  async unit<T>(fields: string, variables: object = {}, declarations = ''): Promise<T> {
    const answer = await this.server.graphql<{ unit: T }>(
      `query ($unitId: ID!${declarations && `, ${declarations}`}) { unit(id: $unitId) { ${fields} } }`,
      { unitId: this.unitId, ...variables },
      this.as,
      this.headers,
    );
    return dataOf(answer).unit;
  }

  private get headers(): Record<string, string> {
    return this.safeMode === undefined ? {} : { 'X-Safe-Mode': this.safeMode };
  }

  async revision(): Promise<number> {
    return (await this.unit<{ revision: number }>('revision')).revision;
  }

  async createWorkspace(
    input: object,
  ): Promise<{ id: string; applications: { id: string; position: number }[] }> {
    const payload = await this.mutate<{
      workspace: { id: string; applications: { id: string; position: number }[] };
    }>('createWorkspace', 'CreateWorkspaceInput', input, 'workspace { id applications { id position } }');
    return payload.workspace;
  }

  async createProfile(input: object): Promise<string> {
    const payload = await this.mutate<{ profile: { id: string } }>(
      'createProfile',
      'CreateProfileInput',
      { roles: [], workspaceIds: [], ...input },
      'profile { id }',
    );
    return payload.profile.id;
  }

  async installPlugin(bundle: string, manifest: object = {}, input: object = {}): Promise<string> {
    const payload = await this.mutate<{ plugin: { id: string } }>(
      'installPlugin',
      'InstallPluginInput',
      {
        manifest: { bundle, name: bundle, author: { name: 'Somebody' }, version: '1.0.0', ...manifest },
        ...input,
      },
      'plugin { id }',
    );
    return payload.plugin.id;
  }

  async setConfigKey(key: string, input: object): Promise<{ key: string; value: unknown }> {
    const payload = await this.mutate<{ configKey: { key: string; value: unknown } }>(
      'setConfigKey',
      'SetConfigKeyInput',
      { key, ...input },
      'configKey { key value }',
    );
    return payload.configKey;
  }
}

/** What the server said no with. */
export class Refused extends Error {
  constructor(readonly errors: ApiError[]) {
    super(errors.map(({ message }) => message).join('; '));
  }

  get code(): string {
    return this.errors[0]!.extensions.code;
  }

  get conflicts(): ConflictAnswer[] {
    return (this.errors[0]!.extensions.conflicts ?? []) as ConflictAnswer[];
  }

  get fields(): { path: string; message: string }[] {
    return (this.errors[0]!.extensions.fields ?? []) as { path: string; message: string }[];
  }
}

function dataOf<T>({ data, errors }: Answer<T>): T {
  if (errors) throw new Refused(errors);
  return data;
}

/** The refusal that the work ends in. */
export async function refusalOf(work: Promise<unknown>): Promise<Refused> {
  const outcome: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Refused) return outcome;
  throw outcome instanceof Error ? outcome : new Error('It was not refused');
}
