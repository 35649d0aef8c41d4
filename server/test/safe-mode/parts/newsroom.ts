import { ConfigurationClient, type Refused, refusalOf } from '../../parts/configuration';
import { type Place } from '../../parts/place';
import { TestServer } from '../../parts/running-server';
import { type ConflictAnswer, type SafeModeAnswer, SafeModeClient } from '../../parts/safe-modes';
import { Edits } from './edits';
import { StoredFiles } from './stored-files';

const password = 'another long password';

/** A unit with an admin who records in safe modes and another one, Grace, who edits live meanwhile. */
export class Newsroom {
  readonly files: StoredFiles;

  private constructor(
    readonly server: TestServer,
    readonly admin: SafeModeClient,
    readonly grace: SafeModeClient,
  ) {
    this.files = new StoredFiles(server);
  }

  /** @param place where one was before; a new one if left out */
  static async open(environment: Record<string, string> = {}, place?: Place): Promise<Newsroom> {
    const server = await TestServer.start(environment, place);
    const admin = await SafeModeClient.ofAdmin(server);
    const { unitId } = admin.configuration;
    const email = 'grace@example.org';
    if (!place) await addMember(admin.configuration, { email, name: 'Grace', role: 'ADMIN' });
    const grace = SafeModeClient.as(server, unitId, await server.signIn({ email, password }));
    return new Newsroom(server, admin, grace);
  }

  get unitId(): string {
    return this.admin.configuration.unitId;
  }

  /** What the admin does for everybody. */
  get live(): Edits {
    return new Edits(this.admin.configuration);
  }

  /** What Grace does for everybody. */
  get others(): Edits {
    return new Edits(this.grace.configuration);
  }

  /** What the admin does, and sees, in a safe mode. */
  in(safeMode: { id: string }): Edits {
    return new Edits(this.admin.in(safeMode));
  }

  /** A new safe mode, and what the admin does in it. */
  async recording(): Promise<[SafeModeAnswer, Edits]> {
    const safeMode = await this.admin.start();
    return [safeMode, this.in(safeMode)];
  }

  revision(): Promise<number> {
    return this.admin.configuration.revision();
  }

  /** Ids of new live workspaces. */
  async workspaces(...names: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const name of names) ids.push((await this.live.createWorkspace(name)).workspace.id);
    return ids;
  }

  /** Somebody else of the unit, with this role, whose requests mean what is live. */
  async member(role: string, email = `${role.toLowerCase()}@example.org`): Promise<ConfigurationClient> {
    await addMember(this.admin.configuration, { email, name: role, role });
    const as = await this.server.signIn({ email, password });
    return new ConfigurationClient(this.server, this.unitId, as, 'none');
  }

  /** The admin in another unit, which is empty. */
  async anotherUnit(name: string): Promise<SafeModeClient> {
    const { createUnit } = await this.admin.configuration.request<{ createUnit: { id: string } }>(
      'mutation ($name: String!) { createUnit(name: $name) { id } }',
      { name },
    );
    return SafeModeClient.as(this.server, createUnit.id, this.admin.configuration.as);
  }

  /** Id of the change of an object. */
  async taskOf({ id }: { id: string }, target: string): Promise<string> {
    const { tasks } = await this.admin.find(id);
    const task = tasks.find((each) => each.target.id === target);
    if (!task) throw new Error(`Nothing is recorded of ${target}`);
    return task.id;
  }

  /** The only conflict that stands. */
  async conflictOf({ id }: { id: string }): Promise<ConflictAnswer> {
    const { conflicts } = await this.admin.find(id);
    expect(conflicts).toHaveLength(1);
    return conflicts[0]!;
  }

  /** The conflicts that keep it from being applied for all; fails the test where it is applied. */
  async conflictsAtApplying({ id }: { id: string }): Promise<ConflictAnswer[]> {
    const outcome = await this.admin.apply(id);
    if (outcome.__typename === 'SafeModeConflicted') return outcome.conflicts;
    throw new Error('It was applied');
  }

  /** What stands, the same when it is applied locally and for all; nothing is written, and the safe mode stays. */
  async standing(safeMode: { id: string }): Promise<ConflictAnswer[]> {
    const before = await this.admin.find(safeMode.id);
    const revision = await this.revision();
    const { conflicts } = await this.admin.enter(safeMode.id);
    expect(await this.conflictsAtApplying(safeMode)).toEqual(conflicts);
    expect(await this.revision()).toBe(revision);
    expect(await this.admin.find(safeMode.id)).toEqual({ ...before, status: 'OPEN', conflicts });
    expect(before.conflictCount).toBe(conflicts.length);
    for (const { id, taskId, code } of conflicts) {
      const task = before.tasks.find((each) => each.id === taskId);
      expect(task?.conflicts).toContainEqual({ id, code });
    }
    return conflicts;
  }

  /** Applies it for all; fails the test where something stands against it. */
  async apply({ id }: { id: string }) {
    const outcome = await this.admin.apply(id);
    if (outcome.__typename === 'SafeModeApplied') return outcome;
    throw new Error(`It was not applied: ${JSON.stringify(outcome.conflicts)}`);
  }

  /** Runs what must be refused, and makes sure that nothing moved, live or in the file. */
  async refused({ id }: { id: string }, work: () => Promise<unknown>): Promise<Refused> {
    const stored = async () => ({ live: await this.revision(), file: await this.files.pointer(id) });
    const before = await stored();
    const refusal = await refusalOf(work());
    expect(await stored()).toEqual(before);
    return refusal;
  }

  async close(): Promise<void> {
    await this.server.stop();
  }
}

async function addMember(admin: ConfigurationClient, account: object): Promise<void> {
  await admin.mutate('addMember', 'AddMemberInput', { ...account, password }, 'role');
}
