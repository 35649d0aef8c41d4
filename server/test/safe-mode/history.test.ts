import { type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** What is left of a safe mode once it is closed, and what the history says of it; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

interface Entry {
  revision: number;
  cause: string;
  operation: string;
  by: { name: string } | null;
  target: { type: string; id: string; name: string };
  changes: { path: string; from: unknown; to: unknown; masked: boolean }[];
  safeMode: { id: string; name: string; status: string } | null;
}

async function history(given: string): Promise<Entry[]> {
  const { history } = await room.admin.configuration.unit<{ history: { nodes: Entry[] } }>(
    `history${given} { nodes { revision cause operation by { name } target { type id name }
      changes { path from to masked } safeMode { id name status } } }`,
  );
  return history.nodes;
}

/** Lines of one write, in the order of their objects. */
const byTarget = (entries: Entry[]) => new Map(entries.map((entry) => [entry.target.id, entry]));

test('what applying has written stands in the history, object by object, with the safe mode', async () => {
  const { workspace } = await room.live.createWorkspace('Logged');
  const { profile: user } = await room.live.createProfile('Logged', { workspaceIds: [workspace.id] });
  await room.live.setConfigKey('logged', { value: 1 });
  const [safeMode, mine] = await room.recording();
  await room.admin.rename(safeMode.id, 'Spring clean');
  await mine.deleteWorkspace(workspace.id, { detach: true });
  await mine.setConfigKey('logged', { value: 2 });
  const { profile: created } = await mine.createProfile('Logged, new', { roles: ['USER'] });
  const { unit } = await room.apply(safeMode);

  const entries = await history('(first: 4)');
  for (const entry of entries) {
    expect(entry).toMatchObject({
      revision: unit.revision,
      cause: 'SAFE_MODE',
      by: { name: expect.not.stringMatching(/^Grace$/) as string },
      safeMode: { id: safeMode.id, name: 'Spring clean', status: 'APPLIED' },
    });
  }
  const found = byTarget(entries);
  expect(found.get(workspace.id)).toMatchObject({
    operation: 'DELETE',
    target: { type: 'WORKSPACE', name: 'Logged' },
  });
  expect(found.get('logged')).toMatchObject({
    operation: 'UPDATE',
    changes: [{ path: '/value', from: 1, to: 2, masked: false }],
  });
  expect(found.get(created.id)).toMatchObject({ operation: 'CREATE' });
  // What only lost its reference has changed too.
  expect(found.get(user.id)).toMatchObject({
    operation: 'UPDATE',
    changes: [{ path: '/workspaces', from: [workspace.id], to: [], masked: false }],
  });
});

test('direct edits belong to no safe mode, undone ones to the one that undoes', async () => {
  const { profile } = await room.live.createProfile('Causes');
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(profile.id, { roles: ['USER'] });
  await room.apply(safeMode);
  const undo = await room.admin.undo(safeMode.id);
  await room.apply(undo);
  const redo = await room.admin.undo(undo.id);
  await room.apply(redo);
  const causes = (await history(`(objectId: "${profile.id}", type: PROFILE)`)).map((entry) => [
    entry.cause,
    entry.safeMode?.id,
  ]);
  expect(causes).toEqual([
    ['UNDO', redo.id],
    ['UNDO', undo.id],
    ['SAFE_MODE', safeMode.id],
    ['EDIT', undefined],
  ]);
});

test('an applied safe mode shows what it has written, from the change log', async () => {
  const { profile } = await room.live.createProfile('Shown');
  const { profile: same } = await room.live.createProfile('Shown same');
  const { workspace } = await room.live.createWorkspace('Shown', { profileIds: [profile.id] });
  const [safeMode, mine] = await room.recording();
  await mine.deleteWorkspace(workspace.id, { detach: true });
  await mine.updateProfile(same.id, { roles: ['USER'] });
  await mine.createProfile('Shown, new');
  await room.others.updateProfile(same.id, { roles: ['USER'] });
  const { safeMode: applied, taskCount } = await room.apply(safeMode);

  const shown = async () => {
    const data = await room.admin.configuration.request<{
      safeMode: SafeModeAnswer & { appliedAt: string; tasks: { recordedAt: string; recordedBy: object }[] };
    }>(
      `query ($id: ID!) { safeMode(id: $id) { status taskCount conflictCount unreadable appliedAt
        conflicts { code } tasks { id operation summary target { type id name }
          changes { path from to masked } conflicts { id code } recordedAt recordedBy { name } } } }`,
      { id: safeMode.id },
    );
    return data.safeMode;
  };
  const { tasks, ...others } = await shown();
  expect(taskCount).toBe(3);
  expect(others).toEqual({
    status: 'APPLIED',
    taskCount: 3,
    conflictCount: 0,
    unreadable: false,
    conflicts: [],
    appliedAt: expect.any(String) as string,
  });
  expect(tasks.map(({ summary }) => summary).sort()).toEqual([
    'Changed the profile “Shown”: workspaces',
    'Created the profile “Shown, new”',
    'Removed the workspace “Shown”',
  ]);
  for (const task of tasks) {
    expect(Math.abs(Date.parse(task.recordedAt) - Date.parse(others.appliedAt))).toBeLessThan(60_000);
    expect(task.recordedBy).not.toEqual({ name: 'Grace' });
  }
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(3);
  expect(applied.tasks.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));

  // Later edits do not change what was written.
  await room.live.deleteProfile(profile.id);
  expect((await shown()).tasks).toEqual(tasks);
});

test('a deleted safe mode is listed as such, and holds nothing', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('Discarded');
  await room.admin.delete(safeMode.id);
  expect(await room.admin.find(safeMode.id)).toMatchObject({
    status: 'DISCARDED',
    taskCount: 1,
    tasks: [],
    conflicts: [],
    conflictCount: 0,
    unreadable: false,
  });
});

test('the lists are by status, newest first, and can be read on from a time', async () => {
  const other = await room.anotherUnit('Lists');
  const ids: string[] = [];
  for (let count = 0; count < 6; count++) {
    const safeMode = await other.start({ name: `Number ${count}` });
    ids.push(safeMode.id);
  }
  await other.apply(ids[1]!);
  await other.delete(ids[3]!);
  const listed = async (status: string) => (await other.list(status)).map(({ name }) => name);
  expect(await listed('OPEN')).toEqual(['Number 5', 'Number 4', 'Number 2', 'Number 0']);
  expect(await listed('APPLIED')).toEqual(['Number 1']);
  expect(await listed('DISCARDED')).toEqual(['Number 3']);

  const read = (given: string) =>
    other.configuration
      .unit<{ safeModes: { name: string; createdAt: string }[] }>(`safeModes${given} { name createdAt }`)
      .then(({ safeModes }) => safeModes);
  const first = await read('(first: 2)');
  expect(first.map(({ name }) => name)).toEqual(['Number 5', 'Number 4']);
  const next = await read(`(first: 2, after: "${first[1]!.createdAt}")`);
  expect(next.map(({ name }) => name)).toEqual(['Number 2', 'Number 0']);
});
