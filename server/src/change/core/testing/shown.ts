import { askedCreate, askedUpdate } from '../recording/asked-value';
import { asJson } from '../descriptor';
import { isJsonObject, type Maybe, own, sameJson } from '../json';
import { objectDifference, overwritePatch } from '../fields/patch';
import { objectIn, type Slice } from '../slice';
import { type ConfigurationObject, type Operation } from '../task';
import { sorted } from './world';

/** A configuration that somebody sees, before and after an operation was recorded, and what is live. */
export interface Seen {
  before: Slice;
  after: Slice;
  live: Slice;
}

/** What was asked for is what is shown; where its task was in conflict, the task's other entries show again too. */
export function expectShown(
  { before, after, live }: Seen,
  operation: Operation,
  wasInConflict: boolean,
): void {
  const target = { kind: operation.kind, id: operation.target };
  const now = objectIn(after, target);
  if (operation.op === 'DELETE') return expect(now).toBeUndefined();
  if (!now) throw new Error('The operation left nothing to see.');
  if (operation.op === 'CREATE') return expect(sorted(now)).toEqual(sorted(askedCreate(operation)));
  const shown = objectIn(before, target) ?? {};
  const { asked } = askedUpdate(operation, shown);
  if (wasInConflict) {
    const change = objectDifference(operation.kind, shown, asked) ?? {};
    return expect(sorted(now)).toEqual(sorted(overwritePatch(now, change)));
  }
  expect(sorted(now)).toEqual(
    sorted(withMovesTakenBack(asked, now, objectIn(live, target) ?? {}, operation.fields)),
  );
}

/**
 * What others have added since, and my layout or manifest had moved or dropped along, is back where live has it once I
 * take that layout or manifest back: nobody asked for it to be moved.
 */
function withMovesTakenBack(
  asked: ConfigurationObject,
  now: ConfigurationObject,
  live: ConfigurationObject,
  named: ConfigurationObject,
): ConfigurationObject {
  const fields = new Set([...Object.keys(asked), ...Object.keys(now)]);
  return Object.fromEntries(
    [...fields].map((field) => {
      const wanted = own(asked, field);
      if (Object.hasOwn(named, field)) return [field, wanted];
      return [field, likeLive(wanted, own(now, field), own(live, field))];
    }),
  );
}

/** The value that is wanted, with live's at every key where that is what is there now. */
function likeLive(wanted: Maybe, now: Maybe, live: Maybe): Maybe {
  if (!isJsonObject(wanted) || !isJsonObject(now) || !isJsonObject(live)) return wanted;
  const keys = new Set([...Object.keys(wanted), ...Object.keys(now)]);
  const values = [...keys].map((key) => {
    const isAsLive = sameJson(own(now, key), own(live, key));
    return [key, isAsLive ? own(live, key) : own(wanted, key)] as const;
  });
  return asJson(Object.fromEntries(values));
}
