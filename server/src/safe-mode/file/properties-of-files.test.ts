import fc from 'fast-check';
import { isLeaf, isMap } from '../../change/core/fields/entry';
import { evaluate } from '../../change/core/evaluation/evaluate';
import { invert } from '../../change/core/invert';
import { isJsonObject, type Json, type JsonObject, own, pointerTo, withKey } from '../../change/core/json';
import { record } from '../../change/core/recording/record';
import { rematch } from '../../change/core/resolution/rematch';
import { resolutionsOf, resolve } from '../../change/core/resolution/resolve';
import { type Operation, type Task } from '../../change/core/task';
import { aUnit, update } from '../../change/core/testing/builders';
import { intents } from '../../change/core/testing/intents';
import { count, expectReached } from '../../change/core/testing/reached';
import { afterEdits, beginning, fileOf, holds, minter } from '../../change/core/testing/run';
import { edited, sorted } from '../../change/core/testing/world';
import { FileDamaged, FileTooNew } from './file-errors';
import { decodeFile, encodeFile } from './safe-mode-file.codec';
import { aFileOf, serverKey } from './testing/a-file';

const bytesOf = (tasks: Task[]) => encodeFile(aFileOf(...tasks), serverKey);
/** As text: own keys and absent ones count, `__proto__` as well. */
const text = (tasks: Task[]) => JSON.stringify(sorted(tasks));

function comesBack(tasks: Task[]): void {
  const { tasks: decoded } = decodeFile(bytesOf(tasks), serverKey);
  expect(text(decoded)).toBe(text(tasks));
}

test('whatever the core makes of a file comes back as it was', () => {
  const few = intents(5);
  holds([intents(9), few, few], (intended, byOthers, later) => {
    const mint = minter();
    const tasks = fileOf(beginning, intended, mint);
    comesBack(tasks);

    const moved = afterEdits(beginning, byOthers, mint);
    comesBack(fileOf(moved, later, mint, tasks));
    comesBack(rematch(beginning, moved, tasks));
    for (const conflict of evaluate(moved, tasks).conflicts) {
      const task = tasks.find(({ id }) => id === conflict.task)!;
      for (const resolution of resolutionsOf(conflict, task)) {
        if (resolution === 'VALUE' || resolution === 'REMATCH') continue;
        const resolved = resolve(moved, tasks, conflict, resolution).tasks;
        if (!resolved) continue;
        count(`resolved ${resolution}`);
        comesBack(resolved);
      }
    }
    const { changes } = evaluate(beginning, tasks);
    comesBack(invert(changes, { newId: mint, at: '2026-01-01T00:00:00.000Z', by: 'ada' }));
  });
  expectReached('resolved MINE', 'resolved THEIRS', 'resolved RECREATE', 'resolved DETACH');
});

/** Every value under a key, and every name in it, bears the mark of the key: so it is found wherever it comes to stand. */
const marks = new Map([
  ['k', 'mark-of-k'],
  ['a/b~c', 'mark-of-slash'],
  ['__proto__', 'mark-of-proto'],
]);
const keys = [...marks.keys()];
const ofConfigKey = 'mark-of-value';

const shapes: ((mark: string, id: number) => Json)[] = [
  (mark, id) => `${mark}-${id}`,
  (mark, id) => ({ [mark]: `${mark}-${id}`, p: id }),
  (mark, id) => ({ [mark]: `${mark}-${id % 3}`, q: { [mark]: id } }),
  (mark, id) => [`${mark}-${id}`],
];

interface Step {
  mine: boolean;
  act: 'MANIFEST' | 'CONFIGURE' | 'VALUE' | 'SECRET' | 'DELETE' | 'CREATE';
  onPlugin: boolean;
  key: number;
  shape: number;
  id: number;
}
const steps = fc.array(
  fc.record<Step>({
    mine: fc.boolean(),
    act: fc.constantFrom(
      'MANIFEST',
      'CONFIGURE',
      'CONFIGURE',
      'CONFIGURE',
      'VALUE',
      'VALUE',
      'SECRET',
      'DELETE',
      'CREATE',
    ),
    onPlugin: fc.boolean(),
    key: fc.nat(2),
    shape: fc.nat(4),
    id: fc.nat(5),
  }),
  { maxLength: 9, size: 'max' },
);

const manifestOf = (secretKeys: string[]): JsonObject => ({
  bundle: 'org.p',
  name: 'p',
  version: '1.0.0',
  author: { name: 'Somebody' },
  secretKeys,
});
const start = aUnit({
  plugins: {
    p: { bundle: 'org.p', manifest: manifestOf(['k']), configuration: { k: shapes[1]!('mark-of-k', 9) } },
  },
  configKeys: { c: { value: shapes[1]!(ofConfigKey, 9) } },
});

test('what is secret in a state that a task knows stands nowhere in its bytes', () => {
  holds([steps], (taken) => {
    let [live, tasks]: [typeof start, Task[]] = [start, []];
    for (const step of taken) {
      const shown = step.mine ? evaluate(live, tasks).overlay : live;
      const operation = operationOf(step, shown);
      if (!operation) continue;
      if (step.mine) tasks = record(live, tasks, [operation]).tasks ?? tasks;
      else live = edited(live, [operation]).live;
    }
    comesBack(tasks);
    for (const task of tasks) {
      const bytes = bytesOf([task]).toString();
      for (const mark of secretMarks(task)) expect(bytes).not.toContain(mark);
      countSecrets(task, bytes);
    }
  });
  expectReached(
    'sealed CREATE',
    'sealed UPDATE',
    'sealed DELETE',
    'in clear',
    'entry below a secret',
    'secret in a replaced value',
    'secret that was seen and is not edited',
    'edited and secret only once',
    'secret no more',
  );
});

function operationOf({ act, onPlugin, key, shape, id }: Step, shown: typeof start): Operation | undefined {
  const name = keys[key]!;
  const plugin = shown.objects.PLUGIN.get('p');
  const configKey = shown.objects.CONFIG_KEY.get('c');
  const [kind, target, there] = onPlugin
    ? (['PLUGIN', 'p', plugin] as const)
    : (['CONFIG_KEY', 'c', configKey] as const);
  const valueOf = (mark: string) => shapes[shape]?.(mark, id);
  switch (act) {
    case 'MANIFEST':
      return (
        plugin &&
        update('PLUGIN', 'p', { manifest: manifestOf(keys.filter((_, index) => (id >> index) % 2)) })
      );
    case 'CONFIGURE': {
      const configuration = plugin?.configuration;
      if (!isJsonObject(configuration)) return undefined;
      return update('PLUGIN', 'p', {
        configuration: withKey(configuration, name, valueOf(marks.get(name)!)),
      });
    }
    case 'VALUE':
      return configKey && update('CONFIG_KEY', 'c', { value: valueOf(ofConfigKey) ?? 'none' });
    case 'SECRET':
      return configKey && update('CONFIG_KEY', 'c', { secret: id % 2 === 0 });
    case 'DELETE':
      return there && { ...update(kind, target, {}), op: 'DELETE', detach: true };
    case 'CREATE': {
      if (there) return undefined;
      const value = start.objects[kind].get(target)!;
      return {
        ...update(kind, target, {}),
        op: 'CREATE',
        value: { ...value, ...(!onPlugin && { secret: true }) },
      };
    }
  }
}

/** The marks of all that any state in the task calls secret, or that was one before, found by searching the whole task. */
function secretMarks(task: Task): string[] {
  const onceSecret = (task.op === 'UPDATE' && task.onceSecret) || [];
  if (onceSecret.length > 0) count('secret no more');
  if (task.kind === 'CONFIG_KEY') {
    const isSecret = /"secret":(true|\{[^}]*true)/.test(JSON.stringify(task));
    return isSecret || onceSecret.includes('/value') ? [ofConfigKey] : [];
  }
  const named = [...JSON.stringify(task).matchAll(/"secretKeys":\[([^\]]*)\]/g)]
    .map(([, list]) => list)
    .join();
  return keys
    .filter(
      (key) => named.includes(JSON.stringify(key)) || onceSecret.includes(pointerTo('configuration', key)),
    )
    .map((key) => marks.get(key)!);
}

function countSecrets(task: Task, bytes: string): void {
  const inClear = JSON.stringify(task);
  for (const mark of [...marks.values(), ofConfigKey].filter((one) => inClear.includes(one))) {
    count(secretMarks(task).includes(mark) ? `sealed ${task.op}` : 'in clear');
    // What nobody calls secret can be read: nothing is sealed by mistake.
    if (!secretMarks(task).includes(mark)) expect(bytes).toContain(mark);
  }
  if (task.op !== 'UPDATE') return;
  const { configuration, manifest, value, secret } = task.patch;
  const secrets = secretMarks(task);
  if (secrets.length === 0) return;
  if (isLeaf(value)) count('secret in a replaced value');
  if (isMap(value)) count('entry below a secret');
  if (!value && !configuration) count('secret that was seen and is not edited');
  if (isMap(configuration) && keys.some((key) => isMap(own(configuration.keys, key))))
    count('entry below a secret');
  if ((manifest && configuration) || (secret && value)) count('edited and secret only once');
}

test('a flipped bit is noticed, or makes another file, and never anything worse', () => {
  const place = fc.tuple(fc.nat(), fc.nat(7));
  holds([intents(6), fc.array(place, { minLength: 10, maxLength: 10 })], (intended, flips) => {
    const bytes = bytesOf(fileOf(beginning, intended, minter()));
    for (const [at, bit] of flips) {
      const flipped = Buffer.from(bytes);
      flipped[at % bytes.length]! ^= 1 << bit;
      try {
        decodeFile(flipped, serverKey);
        count('flipped and read');
      } catch (error) {
        expect(error instanceof FileDamaged || error instanceof FileTooNew).toBe(true);
        count('flipped and noticed');
      }
    }
  });
  expectReached('flipped and read', 'flipped and noticed');
});
