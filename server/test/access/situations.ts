import { type UserEntity } from '../../src/access/user.entity';
import { type Create } from '../../src/change/core/task';
import { type SafeMode } from '../../src/safe-mode/safe-mode.store';
import { type Credentials } from '../parts/running-server';
import { type Office } from './callers';
import { applied, aSafeModeOf, aTakenName } from './safe-mode-of-office';

/** In what somebody may try to change something who is, was or believes to be in a safe mode. */
export const situations = [
  'owner',
  'owner who says none',
  'previewer',
  'demoted owner',
  'deactivated owner',
  'removed owner',
  'owner by a lower token',
  'tab that lost its context',
  'owner of a deleted one',
  'owner of an applied one',
] as const;
export type Situation = (typeof situations)[number];

/** Somebody in a situation, and the safe mode that it is about. */
export interface Scene {
  user: UserEntity;
  as: Credentials;
  headers: Record<string, string>;
  /** With one task, and a conflict; the applied one was without. */
  safeMode: SafeMode & { tasks: Create[] };
}

/** @param organisationAdmin whether whoever tries it may also create units */
export async function aScene(
  office: Office,
  situation: Situation,
  organisationAdmin: boolean,
): Promise<Scene> {
  const anAdmin = () => office.insertUser({ [office.unitId]: 'ADMIN' }, { organisationAdmin });
  const owner = await anAdmin();
  const profile = situation === 'owner of an applied one' ? office.unique() : await aTakenName(office);
  const safeMode = await aSafeModeOf(office, owner, [profile]);
  await enter(office, owner, safeMode);
  const scene = {
    user: owner,
    as: await office.session(owner),
    headers: { 'X-Safe-Mode': safeMode.id },
    safeMode,
  };
  switch (situation) {
    case 'owner':
      return scene;
    case 'owner who says none':
      return { ...scene, headers: { 'X-Safe-Mode': 'none' } };
    case 'previewer': {
      const previewer = await anAdmin();
      await enter(office, previewer, safeMode);
      return { ...scene, user: previewer, as: await office.session(previewer) };
    }
    case 'demoted owner':
      await changeMember(office, owner, { role: 'POWER_USER' });
      return scene;
    case 'deactivated owner':
      await changeMember(office, owner, { active: false });
      return scene;
    case 'removed owner':
      await office.unit.request(
        'mutation ($unit: ID!, $user: ID!) { removeMember(unitId: $unit, userId: $user) }',
        { unit: office.unitId, user: owner.id },
      );
      return scene;
    case 'owner by a lower token':
      return { ...scene, as: await office.token(owner, 'POWER_USER') };
    case 'tab that lost its context':
      return { ...scene, headers: {} };
    case 'owner of a deleted one':
      await office.server.app.safeModes.lifeCycle.discard(office.actor(owner), safeMode.id);
      return scene;
    case 'owner of an applied one':
      await applied(office, owner, safeMode);
      return scene;
  }
}

const enter = (office: Office, user: UserEntity, { id }: SafeMode) =>
  office.server.app.safeModes.active.enter(office.actor(user), id);

const changeMember = (office: Office, { id: userId }: UserEntity, change: object) =>
  office.unit.mutate('updateMember', 'UpdateMemberInput', { userId, ...change }, 'role');
