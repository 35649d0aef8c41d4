import { type Conflict, type ConflictCode } from '../../../src/change/core/task';
import { type Slice } from '../../../src/change/core/slice';
import { plain } from '../../../src/change/core/testing/world';
import { Refusal } from '../../../src/refusal';
import { type TestedUnit, type Traces } from './tested-unit';

/** What the work was refused with; nothing where it was done. Any other fault fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Does what may be refused; a refusal must leave everything as it was: tables, history, files. */
export async function attempt(
  unit: TestedUnit,
  live: Slice,
  work: () => Promise<unknown>,
): Promise<Refusal | undefined> {
  const before = await unit.traces();
  const refusal = await refusalOf(work());
  if (refusal) await expectUnchanged(unit, live, before);
  return refusal;
}

/** Nothing has changed in tables and history, and no file has come. */
export async function expectUnchanged(unit: TestedUnit, live: Slice, before: Traces): Promise<void> {
  const after = await unit.traces();
  expect(after.rows).toEqual(before.rows);
  // Files of earlier revisions may go at any time.
  expect(before.files).toEqual(expect.arrayContaining(after.files));
  expect(plain(await unit.live())).toEqual(plain(live));
}

/** The refusal of an edit says what the core says. */
export function expectSameRefusal(refusal: Refusal, conflicts: readonly Conflict[]): void {
  const codes = conflicts.map(({ code }) => code).sort();
  if (refusal.code === 'BAD_USER_INPUT') return expect(codes).toContain('INVALID');
  if (refusal.code === 'NOT_FOUND') return expect(codes).toContain('TARGET_MISSING');
  expect(refusal.code).toBe('CONFLICT');
  const told = refusal.extensions.conflicts as { code: ConflictCode }[];
  expect(told.map(({ code }) => code).sort()).toEqual(codes);
}
