import { type JsonObject } from '../../change/core/json';
import { type Task } from '../../change/core/task';
import { aUnit, aWorkspace, create, recorded, remove, update } from '../../change/core/testing/builders';
import { FileDamaged, FileTooNew } from './file-errors';
import { decodeFile, encodeFile } from './safe-mode-file.codec';
import { mostOperations, type SafeModeFile } from './safe-mode-file';
import { aFile, aFileOf, anotherKey, serverKey } from './testing/a-file';

const live = aUnit({
  plugins: { p: { configuration: { k: { a: 1 } }, permissions: { read: ['USER'] } } },
  workspaces: { w: {} },
  profiles: { r: { workspaces: ['w'] }, gone: {} },
  configKeys: { secret: { value: 'hidden', secret: true } },
});
/** A task of each kind and an entry of each kind. */
const tasks = recorded(
  live,
  create('WORKSPACE', 'new', aWorkspace('new')),
  update('PLUGIN', 'p', { configuration: { k: { a: 2 } }, permissions: { read: ['USER', 'ADMIN'] } }),
  update('PROFILE', 'r', { workspaces: ['new', 'w'], name: 'renamed' }),
  update('CONFIG_KEY', 'secret', { value: 'hidden too' }),
  remove('PROFILE', 'gone'),
);
const operation = (id: string) => ({ id, by: 'ada', mutation: 'updateProfile', target: 'r' });

const json = (file: SafeModeFile) => JSON.parse(encodeFile(file, serverKey).toString()) as JsonObject;
const decode = (file: unknown) => decodeFile(Buffer.from(JSON.stringify(file)), serverKey);

test('a file comes back as it was', () => {
  const file = aFile({ revision: 7, tasks, operations: [operation('one'), operation('two')] });
  expect(decodeFile(encodeFile(file, serverKey), serverKey)).toStrictEqual(file);
});

test('fields stand in the file in one order, however the file was put together', () => {
  const file = aFile({ tasks, operations: [operation('one')] });
  const backwards = <T extends object>(value: T) => Object.fromEntries(Object.entries(value).reverse()) as T;
  const other = backwards({
    ...file,
    tasks: file.tasks.map(backwards),
    operations: file.operations.map(backwards),
  });
  const names = (text: string) => text.replaceAll(/sealed:1:[\w+/=]+/g, 'sealed');
  expect(names(encodeFile(other, serverKey).toString())).toBe(names(encodeFile(file, serverKey).toString()));
  expect(Object.keys(json(other))).toEqual([
    'schemaVersion',
    'safeModeId',
    'unitId',
    'revision',
    'generationId',
    'tasks',
    'operations',
  ]);
});

test('only the last operations are kept', () => {
  const many = Array.from({ length: mostOperations + 2 }, (_, index) => operation(`${index}`));
  const { operations } = decode(json(aFile({ operations: many })));
  expect(operations).toEqual(many.slice(2));
  expect(operations).toHaveLength(200);
});

test('a file that could not be read back is not written', () => {
  const [task] = tasks as [Task];
  expect(() => encodeFile(aFileOf(task, task), serverKey)).toThrow('two tasks of one id');
  expect(() => encodeFile(aFileOf(task, { ...task, id: 'other' }), serverKey)).toThrow(
    'two tasks for one object',
  );
  expect(() => encodeFile(aFileOf({ ...task, at: 'yesterday' }), serverKey)).toThrow('/tasks/0/at');
  expect(() => encodeFile(aFile({ revision: 1.5 }), serverKey)).toThrow('/revision');
});

test('under another server key only a file without secrets opens', () => {
  const open = encodeFile(aFileOf(tasks[0]!), serverKey);
  expect(decodeFile(open, anotherKey).tasks).toEqual([tasks[0]]);
  const secret = encodeFile(aFile({ tasks }), serverKey);
  expect(() => decodeFile(secret, anotherKey)).toThrow(FileDamaged);
});

test('what is no text, no JSON or no object is damaged', () => {
  const texts = ['', 'null', '[]', '{}', '7', '{"schemaVersion":1', '\uFEFF{"schemaVersion":1}'];
  for (const text of texts) expect(() => decodeFile(Buffer.from(text), serverKey)).toThrow(FileDamaged);
  const invalid = encodeFile(aFile({ unitId: 'x' }), serverKey);
  invalid[invalid.indexOf('"x"') + 1] = 0xff;
  expect(() => decodeFile(invalid, serverKey)).toThrow('not UTF-8');
});

test.each([0, -1, 1.5, '1', null, 2 ** 60])('schema version %p is none', (schemaVersion) => {
  expect(() => decode({ ...json(aFile()), schemaVersion })).toThrow(FileDamaged);
});

describe('a file of another shape is damaged', () => {
  const whole = json(aFile({ tasks, operations: [operation('one')] }));
  const tasksOf = (file: JsonObject) => file.tasks as { task: JsonObject; sealed: string[] }[];
  const changes: [string, (file: JsonObject) => void][] = [
    ['a field is missing', (file) => delete file.unitId],
    ['a field too many', (file) => (file.more = 1)],
    [
      'a field named __proto__',
      (file) => Object.defineProperty(file, '__proto__', { value: 1, enumerable: true }),
    ],
    ['the tasks are no list', (file) => (file.tasks = {})],
    ['a task is no object', (file) => (file.tasks = [null])],
    ['a task stands by itself', (file) => (file.tasks = tasksOf(file).map(({ task }) => task))],
    ['the sealed places are no list', (file) => ((tasksOf(file)[0] as unknown as JsonObject).sealed = null)],
    ['a sealed place is no pointer', (file) => tasksOf(file)[0]!.sealed.push('value')],
    ['the whole task is sealed', (file) => tasksOf(file)[0]!.sealed.push('')],
    ['nothing stands at a sealed place', (file) => tasksOf(file)[0]!.sealed.push('/value/nothing')],
    ['no sealed text stands at a sealed place', (file) => tasksOf(file)[0]!.sealed.push('/value/name')],
    ['no text stands at a sealed place', (file) => tasksOf(file)[0]!.sealed.push('/value')],
    ['a sealed place is inherited', (file) => tasksOf(file)[0]!.sealed.push('/value/constructor/name')],
    ['a place is sealed twice', (file) => tasksOf(file)[3]!.sealed.push(tasksOf(file)[3]!.sealed[0]!)],
    ['an unknown operation', (file) => (tasksOf(file)[0]!.task.op = 'MOVE')],
    ['an unknown kind', (file) => (tasksOf(file)[0]!.task.kind = 'USER')],
    ['an id is empty', (file) => (tasksOf(file)[0]!.task.target = '')],
    ['an id is a number', (file) => (tasksOf(file)[0]!.task.by = 1)],
    ['the value is a list', (file) => (tasksOf(file)[0]!.task.value = [])],
    ['a patch is empty', (file) => (tasksOf(file)[1]!.task.patch = {})],
    ['a patch and a value', (file) => (tasksOf(file)[1]!.task.value = {})],
    ['a place to detach is a number', (file) => (tasksOf(file)[4]!.task.detach = [1])],
    ['an operation without its user', (file) => (file.operations = [{ id: 'one' }])],
    ...(
      [
        ['an entry is text', 'x'],
        ['an entry is empty', {}],
        ['a leaf that is none', { leaf: false, to: 1 }],
        ['a leaf with more', { leaf: true, then: 1 }],
        ['a leaf that is a set too', { leaf: true, add: [], remove: [] }],
        ['half a set', { add: ['a'] }],
        ['a set of numbers', { add: [1], remove: [] }],
        ['half a list', { from: ['a'] }],
        ['a list of numbers', { from: [], to: [1] }],
        ['no entry below', { keys: {} }],
        ['a list of entries', { keys: [{ leaf: true, to: 1 }] }],
        ['a wrong entry below', { keys: { a: { leaf: true, to: 1 }, b: 1 } }],
        ['a wrong entry at __proto__', JSON.parse('{"keys":{"__proto__":{"leaf":1}}}') as JsonObject],
      ] as [string, JsonObject | string][]
    ).map(([name, entry]): [string, (file: JsonObject) => void] => [
      name,
      (file) => (tasksOf(file)[1]!.task.patch = { configuration: entry }),
    ]),
  ];

  test('as it is, it is none', () => expect(decode(whole).tasks).toEqual(tasks));

  test.each(changes)('%s', (_, change) => {
    const file = JSON.parse(JSON.stringify(whole)) as JsonObject;
    change(file);
    expect(() => decode(file)).toThrow(FileDamaged);
  });
});

test('what is wrong with a file is told without what stands in it', () => {
  const messageOf = (text: string): string => {
    try {
      decodeFile(Buffer.from(text), serverKey);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('decoded');
  };
  expect(messageOf('hidden')).not.toContain('hidden');
  const frame = (text: string) =>
    JSON.stringify({ schemaVersion: 1, tasks: [{ task: { a: serverKey.seal(text) }, sealed: ['/a'] }] });
  expect(messageOf(frame('hidden'))).not.toContain('hidden');
  expect(messageOf(frame('"hidden"'))).not.toContain('hidden');
});

describe('versions', () => {
  const hasNote = { mutation: 'noted: updateProfile' };
  const converters = {
    1: ({ operations, ...file }: JsonObject): JsonObject => ({
      ...file,
      calls: operations ?? null,
      trace: '1',
    }),
    2: ({ trace, ...file }: JsonObject): JsonObject => ({ ...file, trace: `${trace as string}2` }),
    3: ({ calls, trace, ...file }: JsonObject): JsonObject => ({
      ...file,
      generationId: `generation after ${trace as string}`,
      operations: (calls as JsonObject[]).map((call) => ({ ...call, ...hasNote })),
    }),
  };
  const bytes = encodeFile(aFile({ tasks, operations: [operation('one')] }), serverKey);

  test('an older file is converted step by step, with its secrets open', () => {
    const file = decodeFile(bytes, serverKey, { version: 4, converters });
    expect(file.generationId).toBe('generation after 12');
    expect(file.operations).toEqual([{ ...operation('one'), ...hasNote }]);
    expect(file.tasks).toEqual(tasks);
  });

  test('what converting makes is checked too', () => {
    expect(() => decodeFile(bytes, serverKey, { version: 3, converters })).toThrow(FileDamaged);
  });

  test('a missing converter is a fault of the program, not of the file', () => {
    const reading = () => decodeFile(bytes, serverKey, { version: 2, converters: {} });
    expect(reading).toThrow('no converter');
    expect(reading).not.toThrow(FileDamaged);
  });

  test('a newer file is known as one, whatever else stands in it', () => {
    const newer = Buffer.from(JSON.stringify({ schemaVersion: 9, tasks: 'in another way' }));
    expect(() => decodeFile(newer, serverKey)).toThrow(new FileTooNew(9, 1));
  });
});
