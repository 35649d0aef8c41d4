import { v7 as uuidv7 } from 'uuid';
import { type UserEntity } from '../../src/access/user.entity';
import { type Create } from '../../src/change/core/task';
import { type SafeMode } from '../../src/safe-mode/safe-mode.store';
import { UnitEntity } from '../../src/unit/unit.entity';
import { SafeModeClient } from '../parts/safe-modes';
import { type Office } from './callers';

/** Safe modes as this user, in a new browser session. */
export const safeModesAs = async (office: Office, user: UserEntity): Promise<SafeModeClient> =>
  SafeModeClient.as(office.server, office.unitId, await office.session(user));

/** What a profile is called that is there already: creating another one of this name is a conflict. */
export async function aTakenName(office: Office): Promise<string> {
  const name = office.unique();
  await office.unit.createProfile({ name });
  return name;
}

/** An open safe mode of theirs that creates profiles of these names. Nobody is in it. */
export async function aSafeModeOf(
  office: Office,
  owner: UserEntity,
  profiles: readonly string[] = [office.unique()],
): Promise<SafeMode & { tasks: Create[] }> {
  const { unitId } = office;
  const { database, safeModes } = office.server.app;
  const { liveGenerationId: generationId } = await database.read(({ manager }) =>
    manager.findOneByOrFail(UnitEntity, { id: unitId }),
  );
  const tasks = profiles.map((name) => profileTask(owner, name));
  const begun = await safeModes.lifeCycle.begin(office.actor(owner), {
    unitId,
    name: office.unique(),
    tasks,
    generationId,
  });
  return { ...begun!, tasks };
}

/** Applies it as its owner, who is still an admin. */
export async function applied(office: Office, owner: UserEntity, { id, revision }: SafeMode): Promise<void> {
  const outcome = await office.server.app.safeModes.applying.applyForAll(office.actor(owner), id, revision);
  if (outcome.kind !== 'applied') throw new Error('It was not applied');
}

const profileTask = ({ id: by }: UserEntity, name: string): Create => ({
  id: uuidv7(),
  op: 'CREATE',
  kind: 'PROFILE',
  target: uuidv7(),
  key: name,
  value: { name, roles: [], workspaces: [] },
  at: new Date().toISOString(),
  by,
  operationIds: [],
});

/** The id of the conflict that stands against an open safe mode; none where nothing does, or it is closed. */
export async function conflictOf(office: Office, safeModeId: string): Promise<string | undefined> {
  const { safeMode } = await office.unit.request<{ safeMode: { conflicts: { id: string }[] } }>(
    'query ($id: ID!) { safeMode(id: $id) { conflicts { id } } }',
    { id: safeModeId },
  );
  return safeMode.conflicts[0]?.id;
}
