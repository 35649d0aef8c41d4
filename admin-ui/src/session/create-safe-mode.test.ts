import type { ApolloClient } from '@apollo/client';
import { computed, nextTick, shallowRef } from 'vue';
import { createSafeModeHeader } from '../apollo/safe-mode-header';
import { createSafeMode } from './create-safe-mode';
import type { ActiveSafeMode } from './safe-mode';
import type { Membership, Session, Viewer } from './session';

const spring: ActiveSafeMode = {
  id: 's1',
  unitId: 'u1',
  name: 'Spring',
  revision: 3,
  taskCount: 2,
  conflictCount: 1,
  relation: 'OWNER',
  owner: { id: 'ada', name: 'Ada' },
};

/** What a server says, for a test to change; nothing stands for no answer. */
interface Answers {
  active?: ActiveSafeMode;
  /** What CheckSafeMode finds. */
  safeMode?: ActiveSafeMode;
}

/** A tab of Ada, an admin of the unit `u1`, and what it did about its cache and its session. */
async function openTab(answers: Answers) {
  const viewer = shallowRef<Viewer | null>(null);
  const unit = shallowRef<Membership | null>(null);
  const done: string[] = [];
  const session = {
    viewer,
    unit: computed(() => unit.value),
    reload: () => {
      done.push('reload session');
      return Promise.resolve();
    },
  } as unknown as Session;
  const header = createSafeModeHeader();
  const client = {
    cache: { reset: () => Promise.resolve(void done.push(`reset cache for ${header.value}`)) },
    query: () =>
      Promise.resolve({
        data: { viewer: { activeSafeMode: answers.active ?? null }, safeMode: answers.safeMode ?? null },
      }),
    mutate: ({ variables }: { variables: { id?: string } }) =>
      Promise.resolve({ data: variables.id === undefined ? {} : { enterSafeMode: answers.safeMode } }),
  } as unknown as ApolloClient;
  const safeMode = createSafeMode({ client, session, header });

  async function signIn(role: Membership['role'] = 'ADMIN', unitId = 'u1'): Promise<void> {
    viewer.value = { id: 'ada' } as Viewer;
    unit.value = { id: unitId, name: unitId, role };
    await settled();
  }
  await nextTick();
  return { safeMode, header, done, unit, signIn };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTick();
}

test('on return an admin is asked, and requests mean what is live until the answer', async () => {
  const { safeMode, header, signIn } = await openTab({ active: spring, safeMode: spring });
  await signIn();
  expect(safeMode.offered.value).toEqual(spring);
  expect(header.value).toBe('none');
  await safeMode.enter('s1');
  expect(safeMode.offered.value).toBeUndefined();
  expect(safeMode.active.value).toEqual(spring);
  expect(header.value).toBe('s1');
});

test('whoever is no admin is not asked', async () => {
  const { safeMode, signIn } = await openTab({ active: spring });
  await signIn('POWER_USER');
  expect(safeMode.offered.value).toBeUndefined();
});

test('a tab that has started one while the question was under way is not asked', async () => {
  const { safeMode, signIn } = await openTab({ active: spring });
  const signingIn = signIn();
  await safeMode.startedOrEntered({ ...spring, id: 's2' });
  await signingIn;
  expect(safeMode.offered.value).toBeUndefined();
  expect(safeMode.active.value?.id).toBe('s2');
});

test('the cache is emptied at each change of what the tab shows, after the header names it', async () => {
  const { safeMode, done, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  await safeMode.leave();
  await safeMode.ended();
  expect(done).toEqual(['reset cache for s1', 'reset cache for none']);
});

test('with another unit on the screen nothing is asked in the safe mode of the former one', async () => {
  const { safeMode, header, unit, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  unit.value = { id: 'u2', name: 'u2', role: 'ADMIN' };
  expect(header.value).toBe('none');
  expect(safeMode.active.value).toBeUndefined();
});

test('an answer that comes when another unit is on the screen does not count there', async () => {
  const { safeMode, header, unit, signIn } = await openTab({ safeMode: spring });
  await signIn();
  const entering = safeMode.enter('s1');
  unit.value = { id: 'u2', name: 'u2', role: 'ADMIN' };
  await entering;
  expect(header.value).toBe('none');
});

test('a check that is answered while the tab leaves by itself says nothing about other windows', async () => {
  const { safeMode, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  const checking = safeMode.refresh();
  const leaving = safeMode.leave();
  await Promise.all([checking, leaving]);
  expect(safeMode.notice.value).toBeUndefined();
  expect(safeMode.active.value).toBeUndefined();
});

test('a refused read ends it and says by whom, unless the tab is ending it itself', async () => {
  const { safeMode, header, signIn } = await openTab({ safeMode: spring });
  await signIn();
  const closing = { status: 'APPLIED', name: 'Spring', by: { id: 'bob', name: 'Bob' } } as const;
  const refusal = { code: 'SAFE_MODE_CLOSED', safeModeId: 's1', isRead: true, closing } as const;

  await safeMode.enter('s1');
  safeMode.noteRefused(refusal);
  expect(header.value).toBe('none');
  expect(safeMode.notice.value).toContain('“Spring” was applied for all users by Bob.');

  await safeMode.enter('s1');
  await safeMode.whileEnding('s1', () => Promise.resolve(safeMode.noteRefused(refusal)));
  expect(header.value).toBe('none');
  expect(safeMode.notice.value).toBeUndefined();
});

test('a refusal that names another safe mode than the tab shows changes nothing', async () => {
  const { safeMode, header, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  safeMode.noteRefused({ code: 'SAFE_MODE_CLOSED', safeModeId: 's0', isRead: true, closing: undefined });
  expect(header.value).toBe('s1');
});

test('a refused mutation may speak of another safe mode, so the tab asks before it goes live', async () => {
  const answers: Answers = { active: spring, safeMode: spring };
  const { safeMode, header, signIn } = await openTab(answers);
  await signIn();
  await safeMode.enter('s1');
  const refusal = { code: 'SAFE_MODE_CLOSED', safeModeId: 's1', isRead: false, closing: undefined } as const;
  safeMode.noteRefused(refusal);
  await settled();
  expect(header.value).toBe('s1');

  answers.active = undefined;
  safeMode.noteRefused(refusal);
  await settled();
  expect(header.value).toBe('none');
  expect(safeMode.notice.value).toContain('You left “Spring” in another window');
});

test('whoever is an admin no more goes live', async () => {
  const { safeMode, header, done, unit, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  safeMode.noteRefused({ code: 'FORBIDDEN', safeModeId: 's1', isRead: true, closing: undefined });
  expect(done).toContain('reload session');
  expect(header.value).toBe('s1');
  unit.value = { id: 'u1', name: 'u1', role: 'USER' };
  expect(header.value).toBe('none');
  expect(safeMode.notice.value).toContain('no longer an admin');
});

test('conflicts are new until they were seen, and again when they come back', async () => {
  const answers: Answers = { active: spring, safeMode: spring };
  const { safeMode, signIn } = await openTab(answers);
  await signIn();
  await safeMode.enter('s1');
  const conflictsNow = async (conflictCount: number) => {
    answers.safeMode = { ...spring, conflictCount };
    await safeMode.refresh();
    return safeMode.newConflicts.value;
  };
  expect(safeMode.newConflicts.value).toBe(0);
  expect(await conflictsNow(3)).toBe(2);
  safeMode.noteConflictsSeen();
  expect(safeMode.newConflicts.value).toBe(0);
  expect(await conflictsNow(0)).toBe(0);
  expect(await conflictsNow(1)).toBe(1);
});

test('what is recorded counts in the safe mode of the tab only', async () => {
  const { safeMode, signIn } = await openTab({ safeMode: spring });
  await signIn();
  await safeMode.enter('s1');
  safeMode.noteRecorded({ id: 's9', revision: 9, taskCount: 9, conflictCount: 0 });
  expect(safeMode.active.value).toEqual(spring);
  safeMode.noteRecorded({ id: 's1', revision: 4, taskCount: 3, conflictCount: 0 });
  expect(safeMode.active.value).toEqual({ ...spring, revision: 4, taskCount: 3, conflictCount: 0 });
});

test('in a preview nothing can be changed, and in no safe mode can members and imports', async () => {
  const { safeMode, signIn } = await openTab({});
  await signIn();
  expect(safeMode.readOnlyReason.value).toBeUndefined();
  expect(safeMode.notRecordableReason.value).toBeUndefined();
  await safeMode.startedOrEntered(spring);
  expect(safeMode.readOnlyReason.value).toBeUndefined();
  expect(safeMode.notRecordableReason.value).toContain('cannot be recorded');
  await safeMode.startedOrEntered({ ...spring, id: 's2', relation: 'PREVIEW' });
  expect(safeMode.previewing.value).toBe(true);
  expect(safeMode.readOnlyReason.value).toContain('preview of “Spring” by Ada');
});
