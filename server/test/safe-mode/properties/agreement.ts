import { type ConflictView } from '../../../src/change/presentation/conflict.presenter';
import { conflictFacts } from '../../../src/change/presentation/conflict-facts';
import { type Conflict, type Id } from '../../../src/change/core/task';
import { count } from '../../../src/change/core/testing/reached';
import { brokenRules, plain } from '../../../src/change/core/testing/world';
import { tasksInFull } from './counted';
import { type PureSafeMode, type PureUnit } from './pure-unit';
import { type Admin, type TestedUnit } from './tested-unit';

/** A safe mode twice: behind the services, and by the core alone. */
export interface TestedSafeMode {
  owner: Admin;
  id: Id;
  pure: PureSafeMode;
}

/** A new safe mode of an admin. */
export async function aSafeMode(unit: TestedUnit, pure: PureUnit, owner: Admin): Promise<TestedSafeMode> {
  const id = await unit.start(owner);
  return { owner, id, pure: { tasks: [], revision: 1, generation: pure.generation } };
}

/** Tables, files, previews and conflicts are what the core alone says, and nothing is broken anywhere. */
export async function expectAgreement(
  unit: TestedUnit,
  pure: PureUnit,
  safeModes: readonly TestedSafeMode[],
): Promise<void> {
  const live = await unit.live();
  expect(plain(live)).toEqual(plain(pure.live));
  expect(brokenRules(live)).toEqual([]);
  await expectHistory(unit, pure);
  for (const safeMode of safeModes) await expectAgreementIn(unit, pure, safeMode);
}

async function expectHistory(unit: TestedUnit, { revision, landings }: PureUnit): Promise<void> {
  expect((await unit.row()).revision).toBe(revision);
  const logged = await unit.app.database.read((db) =>
    db.rows('SELECT revision, COUNT(*) FROM change_entry WHERE unit_id = ? GROUP BY revision', [unit.id]),
  );
  const counts = new Map(logged.map(([at, number]) => [Number(at), Number(number)]));
  for (const landing of landings) expect(counts.get(landing.revision)).toBe(landing.changes?.length);
  expect(counts.size).toBe(landings.filter(({ changes }) => changes).length);
}

async function expectAgreementIn(
  unit: TestedUnit,
  pure: PureUnit,
  { owner, id, pure: said }: TestedSafeMode,
): Promise<void> {
  const row = await unit.safeMode(id);
  expect(row).toMatchObject({ status: 'OPEN', revision: said.revision, taskCount: said.tasks.length });
  const { tasks } = await unit.file(id);
  expect(tasksInFull(tasks)).toEqual(tasksInFull(said.tasks));

  const conflicts = pure.conflicts(said);
  expect(named(await unit.conflicts(owner, id))).toEqual(predicted(unit, conflicts));
  const shown = await unit.shown(owner, id);
  expect(plain(shown)).toEqual(plain(pure.evaluated(said).overlay));
  expect(brokenRules(shown)).toEqual([]);
  for (const { code, derived } of conflicts) count(derived ? `derived ${code}` : code);
}

/** By their ids, which depend on every fact of a conflict. */
const named = (views: readonly ConflictView[]) =>
  views.map(({ id, taskId, code, path, derived }) => `${code} ${taskId}${path} ${derived} ${id}`).sort();

/** As `named`, of what the core says. */
function predicted(unit: TestedUnit, conflicts: readonly Conflict[]): string[] {
  return conflicts
    .map((conflict) => {
      const { task, code, path, derived = false } = conflict;
      return `${code} ${task}${path} ${derived} ${conflictId(unit, conflict)}`;
    })
    .sort();
}

/** The id that the services give a conflict. */
export const conflictId = ({ sealer }: TestedUnit, conflict: Conflict): string =>
  sealer.fingerprint(conflictFacts(conflict));
