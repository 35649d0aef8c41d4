import { v7 as uuidv7 } from 'uuid';
import { BackupPlanEntity, BackupUploadEntity } from '../../../src/backup/backup.entity';
import { JobEntity } from '../../../src/job/job.entity';
import { UnitEntity } from '../../../src/unit/unit.entity';
import { type Office } from '../../access/callers';
import { ConfigurationClient } from '../../parts/configuration';
import { SafeModeClient } from '../../parts/safe-modes';

/** Stands in every name and value of the unit: where it turns up in an answer, something of it has leaked. */
export const canary = 'canary-5f1c';

/** A unit that the attacker has nothing to do with, with one of everything in it. */
export class ForeignUnit {
  private constructor(
    private readonly office: Office,
    /** Ids of everything in it. */
    readonly ids: readonly string[],
    readonly safeModeId: string,
    /** Of what its rows hang on: the unit, its generation, its member. */
    private readonly ownIds: readonly unknown[],
  ) {}

  static async in(office: Office): Promise<ForeignUnit> {
    const { createUnit } = await office.unit.request<{ createUnit: { id: string } }>(
      'mutation ($name: String!) { createUnit(name: $name) { id } }',
      { name: canary },
    );
    const unitId = createUnit.id;
    const owner = new ConfigurationClient(office.server, unitId, office.unit.as, 'none');
    const pluginId = await owner.installPlugin(
      `org.${canary}`,
      { secretKeys: ['password'] },
      { configuration: { password: canary } },
    );
    const workspace = await owner.createWorkspace({
      name: canary,
      shared: true,
      applications: [{ area: 'main', pluginId, configuration: { [canary]: 1 } }],
    });
    const profileId = await owner.createProfile({ name: canary, workspaceIds: [workspace.id] });
    await owner.setConfigKey('theirs', { value: canary, secret: true });
    const member = await office.insertUser(
      { [unitId]: 'ADMIN' },
      { name: canary, email: `${canary}@example.org` },
    );
    const { token } = await office.server.app.tokens.create(
      { ...office.actor(member), roles: new Map([[unitId, 'ADMIN']]) },
      { unitId, name: canary, role: 'ADMIN' },
    );
    const safeModeIds = await aSafeModeIn(owner);
    const { liveGenerationId } = await office.server.app.database.read(({ manager }) =>
      manager.findOneByOrFail(UnitEntity, { id: unitId }),
    );
    const ids = [
      unitId,
      pluginId,
      workspace.id,
      workspace.applications[0]!.id,
      profileId,
      member.id,
      token.id,
      ...safeModeIds,
      ...(await workIn(office, unitId, member.id)),
    ];
    return new ForeignUnit(office, ids, safeModeIds[0], [unitId, liveGenerationId, member.id]);
  }

  /** Everything that is stored of it. Others may have named its ids in texts, and as ids of their operations. */
  async stored(): Promise<string[]> {
    const rows = await this.office.everythingStored();
    return rows.filter((row) => {
      const [table] = row.split(' ');
      const columns = JSON.parse(row.slice(row.indexOf(' '))) as unknown[];
      return table !== 'operation' && columns.some((column) => this.ownIds.includes(column));
    });
  }
}

/** With a change and a conflict. */
async function aSafeModeIn(owner: ConfigurationClient): Promise<[id: string, ...inIt: string[]]> {
  const client = new SafeModeClient(owner);
  const { id } = await client.start({ name: canary });
  await client.in({ id }).setConfigKey('recorded', { value: canary });
  await owner.setConfigKey('recorded', { value: `${canary} live` });
  const { tasks, conflicts } = await client.find(id);
  await client.leave();
  return [id, tasks[0]!.id, conflicts[0]!.id];
}

/** A job, an upload and a plan. */
async function workIn(office: Office, unitId: string, userId: string): Promise<string[]> {
  const [jobId, uploadId, planId] = [uuidv7(), uuidv7(), uuidv7()];
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + 24 * 60 * 60 * 1000);
  await office.server.app.database.transaction(async ({ manager }) => {
    await manager.insert(JobEntity, {
      id: jobId,
      unitId,
      kind: 'EXPORT',
      state: 'FAILED',
      startedBy: userId,
      stage: canary,
      progress: 1,
      rows: 0,
      input: '{}',
      errorCode: 'BUSY',
      errorMessage: canary,
      takeovers: 0,
      cancelAsked: false,
      createdAt,
      finishedAt: createdAt,
    });
    await manager.insert(BackupUploadEntity, {
      id: uploadId,
      unitId,
      userId,
      size: '5',
      received: '5',
      complete: true,
      rejected: JSON.stringify({ code: 'NOT_A_BACKUP', message: canary, problems: [], problemCount: 0 }),
      createdAt,
      expiresAt,
    });
    await manager.insert(BackupPlanEntity, {
      id: planId,
      unitId,
      jobId,
      uploadId,
      unitRevision: 1,
      content: JSON.stringify({ header: { unit: { name: canary } } }),
      createdAt,
      expiresAt,
    });
  });
  return [jobId, uploadId, planId];
}
