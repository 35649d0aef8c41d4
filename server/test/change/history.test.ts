import { Newsroom } from '../safe-mode/parts/newsroom';

/** Whoever looks for a change finds it in the history, by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

interface Line {
  id: string;
  cause: string;
  operation: string;
  by: { id: string; name: string } | null;
  at: string;
  target: { type: string; name: string };
}

async function history(filters: string): Promise<Line[]> {
  const { history } = await room.admin.configuration.unit<{ history: { nodes: Line[] } }>(
    `history(${filters}) { nodes { id cause operation by { id name } at target { type name } } }`,
  );
  return history.nodes;
}

const names = (lines: readonly Line[]) => lines.map(({ target }) => target.name);

test('the history is narrowed down by what happened, by whom, from where and when', async () => {
  const { profile } = await room.live.createProfile('By ada');
  await room.others.updateProfile(profile.id, { roles: ['USER'] });
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('By a safe mode');
  await room.apply(safeMode);
  await room.others.setConfigKey('by-grace', { value: 1 });

  const all = await history('first: 4');
  expect(names(all)).toEqual(['by-grace', 'By a safe mode', 'By ada', 'By ada']);
  const [byGrace, bySafeMode, changed, created] = all as [Line, Line, Line, Line];
  expect(names(await history(`first: 2, by: "${byGrace.by?.id}"`))).toEqual(['by-grace', 'By ada']);
  expect(names(await history('first: 1, cause: SAFE_MODE'))).toEqual(['By a safe mode']);
  expect(names(await history('first: 1, operation: CREATE, type: PROFILE, cause: EDIT'))).toEqual(['By ada']);
  expect(await history(`since: "${bySafeMode.at}", cause: EDIT`)).toEqual([byGrace]);
  expect((await history(`until: "${changed.at}", first: 1`))[0]).toEqual(created);
});

test('pages of a narrowed history follow each other without a gap, and are counted', async () => {
  for (let index = 0; index < 5; index++) await room.live.setConfigKey(`page-${index}`, { value: index });
  interface Page {
    history: {
      nodes: Line[];
      totalCount: number;
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  }
  const page = (after: string) =>
    room.admin.configuration.unit<Page>(
      `history(first: 2, cause: EDIT, operation: CREATE, type: CONFIG_KEY${after}) {
         totalCount nodes { target { name } } pageInfo { endCursor hasNextPage } }`,
    );
  const first = await page('');
  const second = await page(`, after: "${first.history.pageInfo.endCursor}"`);
  expect([...names(first.history.nodes), ...names(second.history.nodes)]).toEqual([
    'page-4',
    'page-3',
    'page-2',
    'page-1',
  ]);
  expect(second.history.totalCount).toBe(first.history.totalCount);
  expect(first.history.totalCount).toBeGreaterThanOrEqual(5);
});

test('one entry is found by its id, and none of another unit or of no unit', async () => {
  await room.live.setConfigKey('found', { value: { a: 1 } });
  const [line] = (await history('first: 1')) as [Line];
  const entry = (id: string) =>
    room.admin.configuration.unit<{ historyEntry: object | null }>(
      'historyEntry(id: $id) { id target { name } changes { path to } }',
      { id },
      '$id: ID!',
    );
  expect((await entry(line.id)).historyEntry).toMatchObject({
    id: line.id,
    target: { name: 'found' },
    changes: expect.arrayContaining([{ path: '/value', to: { a: 1 } }]) as unknown,
  });
  const [, revision, number] = line.id.split('.');
  for (const id of [`other.${revision}.${number}`, `${room.unitId}.999999.0`, 'nonsense', ''])
    expect((await entry(id)).historyEntry).toBeNull();
});

test('those who changed something are listed once, by name', async () => {
  await room.live.setConfigKey('authors', { value: 1 });
  await room.others.setConfigKey('authors', { value: 2 });
  const { historyAuthors } = await room.admin.configuration.unit<{ historyAuthors: { name: string }[] }>(
    'historyAuthors { name }',
  );
  expect(historyAuthors.map(({ name }) => name)).toEqual(['admin', 'Grace']);
});
