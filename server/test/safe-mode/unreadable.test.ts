import { refusalOf } from '../parts/configuration';
import { type SafeModeAnswer } from '../parts/safe-modes';
import { Edits } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Safe modes whose file is not as it was written, or not for this version; by API. */
let room: Newsroom;
let another: SafeModeAnswer;
beforeAll(async () => {
  room = await Newsroom.open();
  another = await aSafeMode('Another one');
});
afterAll(() => room.close());

/** A safe mode with a few changes. */
async function aSafeMode(name: string): Promise<SafeModeAnswer> {
  const safeMode = await room.admin.start({ name });
  await room.in(safeMode).createProfile(`${name} a`);
  await room.in(safeMode).setConfigKey(name, { value: 1 });
  return room.admin.find(safeMode.id);
}

/** The list as the console asks for it. */
const listed = async () => {
  const { safeModes } = await room.admin.configuration.unit<{ safeModes: object[] }>(
    'safeModes { id name taskCount conflictCount unreadable }',
  );
  return safeModes;
};

/** Everything that needs the file is refused with this code; none of it changes anything. */
async function expectRefused({ id, tasks, revision }: SafeModeAnswer, code: string): Promise<void> {
  const mine = room.in({ id });
  const works = [
    () => mine.setConfigKey('refused', { value: 1 }),
    () => mine.createProfile('Refused'),
    () => room.admin.apply(id, revision),
    () => room.admin.enter(id),
    () => room.grace.enter(id),
    () => room.admin.removeTask(id, tasks[0]!.id),
    () => room.admin.resolve(id, 'unknown', 'MINE'),
    () => mine.everything(),
    () => new Edits(room.grace.in({ id })).everything(),
  ];
  for (const work of works) expect((await room.refused({ id }, work)).code).toBe(code);
}

type Damage = (id: string) => Promise<void>;

const damages: Record<string, [fault: string, damage: Damage]> = {
  'one bit is wrong': [
    'DAMAGED',
    async (id) => {
      const bytes = await room.files.read(id);
      bytes[bytes.length >> 1]! ^= 1;
      await room.files.overwrite(id, bytes);
    },
  ],
  'it is cut off': [
    'DAMAGED',
    async (id) => room.files.overwrite(id, (await room.files.read(id)).subarray(0, -1)),
  ],
  'something follows': [
    'DAMAGED',
    async (id) => room.files.overwrite(id, Buffer.concat([await room.files.read(id), Buffer.from(' ')])),
  ],
  'it is empty': ['DAMAGED', (id) => room.files.overwrite(id, Buffer.alloc(0))],
  'it is that of another safe mode': [
    'DAMAGED',
    async (id) => {
      await room.files.replace(id, JSON.parse((await room.files.read(another.id)).toString()) as object);
    },
  ],
  'it is an older one of the same safe mode': [
    'DAMAGED',
    async (id) => {
      const file = JSON.parse((await room.files.read(id)).toString()) as { revision: number };
      await room.files.replace(id, { ...file, revision: file.revision - 1 });
    },
  ],
  'it is something else': ['DAMAGED', (id) => room.files.replace(id, { schemaVersion: 1, tasks: [] })],
  'its tasks are none': [
    'DAMAGED',
    async (id) => {
      const file = JSON.parse((await room.files.read(id)).toString()) as object;
      await room.files.replace(id, { ...file, tasks: [{ task: { op: 'CREATE' }, sealed: [] }] });
    },
  ],
  'it is gone': ['GONE', (id) => room.files.remove(id)],
};

describe('where the file is damaged or gone', () => {
  test.each(Object.entries(damages))(
    '%s: it is listed as unreadable, and can only be deleted',
    async (name, [fault, damage]) => {
      const sound = await aSafeMode(`Sound while ${name}`);
      const safeMode = await aSafeMode(`File where ${name}`);
      await damage(safeMode.id);

      expect(await listed()).toEqual(
        expect.arrayContaining([
          { id: safeMode.id, name: `File where ${name}`, taskCount: 2, conflictCount: 0, unreadable: true },
          { id: sound.id, name: `Sound while ${name}`, taskCount: 2, conflictCount: 0, unreadable: false },
        ]),
      );
      expect(await room.admin.find(safeMode.id)).toMatchObject({
        status: 'OPEN',
        unreadable: true,
        taskCount: 2,
        conflictCount: 0,
        tasks: [],
        conflicts: [],
      });
      expect((await room.admin.list()).find(({ id }) => id === sound.id)!.tasks).toHaveLength(2);
      await expectRefused(safeMode, 'SAFE_MODE_UNREADABLE');
      const refusal = await refusalOf(room.admin.apply(safeMode.id, safeMode.revision));
      expect(refusal.errors[0]!.extensions.fault).toBe(fault);
      expect(await room.admin.active()).toMatchObject({ id: safeMode.id });

      const { objectKey } = await room.files.pointer(safeMode.id);
      expect(await room.admin.delete(safeMode.id)).toBe(true);
      expect(await room.admin.find(safeMode.id)).toMatchObject({ status: 'DISCARDED', unreadable: false });
      expect(await room.files.names()).not.toContain(objectKey);
      expect(await room.files.removals()).not.toContain(objectKey);
      expect(await room.admin.active()).toBeNull();
      await room.admin.delete(sound.id);
    },
  );
});

test('where a newer version has written it, it says so, is refused with that, and nothing is lost', async () => {
  const safeMode = await aSafeMode('Newer');
  const sound = await aSafeMode('Sound beside a newer one');
  const file = JSON.parse((await room.files.read(safeMode.id)).toString()) as { schemaVersion: number };
  await room.files.replace(safeMode.id, { ...file, schemaVersion: file.schemaVersion + 1 });

  expect(await listed()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: safeMode.id, name: 'Newer', taskCount: 2 }) as object,
      expect.objectContaining({ id: sound.id, unreadable: false }) as object,
    ]),
  );
  const opened = await refusalOf(room.admin.find(safeMode.id));
  expect(opened.code).toBe('NEWER_VERSION');
  expect(opened.message).toContain('newer version');
  await expectRefused(safeMode, 'NEWER_VERSION');

  await room.files.replace(safeMode.id, file);
  expect(await room.admin.find(safeMode.id)).toEqual(safeMode);
  await room.files.replace(safeMode.id, { ...file, schemaVersion: file.schemaVersion + 1 });
  expect(await room.admin.delete(safeMode.id)).toBe(true);
  expect(await room.admin.find(safeMode.id)).toMatchObject({ status: 'DISCARDED' });
});
