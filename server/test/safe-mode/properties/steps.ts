import fc from 'fast-check';
import { type DependentsMode } from '../../../src/change/core/outcome';
import { intent, intents, type Intent } from '../../../src/change/core/testing/intents';
import { type SituationName, situationNames } from './situations';
import { type Admin } from './tested-unit';

export const owners = ['bob', 'cleo'] as const;
export type Owner = (typeof owners)[number];

/** What somebody does next. Numbers pick from what is there by then. */
export type Step =
  | { act: 'EDIT'; by: Admin; what: Intent; /** How many revisions ago the form was loaded. */ ago: number }
  | { act: 'APPLY'; of: Owner }
  | { act: 'REMOVE'; of: Owner; pick: number; mode: DependentsMode }
  | {
      act: 'RESOLVE';
      of: Owner;
      pick: number;
      choice: number;
      /** As it was seen at first. */ late: boolean;
    }
  | { act: 'UNDO'; by: Owner; pick: number }
  | { act: 'IMPORT'; pick: number; edits: Intent[] };

const owner = fc.constantFrom<Owner[]>('bob', 'bob', 'cleo');
const seldom = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
);

const editBy = (by: fc.Arbitrary<Admin>): fc.Arbitrary<Step> =>
  fc.record({ act: fc.constant('EDIT' as const), by, what: intent, ago: seldom });

const anybody = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Admin>('ada') },
  { weight: 3, arbitrary: fc.constant<Admin>('bob') },
  { weight: 1, arbitrary: fc.constant<Admin>('cleo') },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: editBy(anybody) },
  { weight: 8, arbitrary: fc.record({ act: fc.constant('APPLY' as const), of: owner }) },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('REMOVE' as const),
      of: owner,
      pick: fc.nat(8),
      mode: fc.constantFrom<DependentsMode[]>('REFUSE', 'CASCADE', 'DETACH'),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      act: fc.constant('RESOLVE' as const),
      of: owner,
      pick: fc.nat(8),
      choice: fc.nat(5),
      late: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('UNDO' as const), by: owner, pick: fc.nat(3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('IMPORT' as const),
      pick: fc.nat(8),
      edits: intents(3),
    }),
  },
);

const some = <T>(of: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(of, { minLength, maxLength, size: 'max' });

/** What is recorded: much of it new things, and what uses them. */
export const recordedIntents: fc.Arbitrary<Intent[]> = some(
  fc.oneof(
    intent,
    // By the one name that is free at the beginning, and with what is newest.
    intent.map((what) => ({ ...what, act: 'CREATE' as const, pick: 4, key: 0 })),
  ),
  4,
  9,
);

/** Changes of what is there. */
export const changingIntents: fc.Arbitrary<Intent[]> = some(
  intent.map((what) => ({ ...what, act: 'UPDATE' as const })),
  3,
  8,
);

/** What is recorded, and what others do meanwhile: much of that at the same places. */
export function withOthers(
  recorded: fc.Arbitrary<Intent[]>,
): fc.Arbitrary<{ mine: Intent[]; theirs: Intent[] }> {
  const changed = fc.record({
    same: fc.nat(12),
    key: fc.option(fc.nat(3)),
    value: fc.option(fc.nat(11)),
    other: intent,
  });
  return fc.tuple(recorded, some(changed, 2, 8)).map(([mine, meanwhile]) => ({
    mine,
    theirs: meanwhile.map(({ same, key, value, other }) => {
      const what = mine[same] ?? other;
      return { ...what, key: key ?? what.key, value: value ?? what.value };
    }),
  }));
}

/** One of the known situations, more is recorded and edited, then anything may come. */
export interface Story {
  situation: SituationName;
  mine: Intent[];
  theirs: Intent[];
  later: Step[];
}

export const story: fc.Arbitrary<Story> = fc
  .tuple(fc.constantFrom(...situationNames), withOthers(some(intent, 0, 5)), some(step, 8, 18))
  .map(([situation, { mine, theirs }, later]) => ({ situation, mine, theirs, later }));

/** Which way out is taken, conflict by conflict. */
export const choicesOf = fc.array(fc.nat(9), { minLength: 1, maxLength: 10 });
