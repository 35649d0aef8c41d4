import { setTimeout as pause } from 'node:timers/promises';
import { type ConfigurationClient, refusalOf } from '../../parts/configuration';
import { exportedFile, type PlanAnswer, planOf } from './backups';
import { outcomeOf, type Racing, rounds } from './racing';

/** Carries a plan out: `DONE`, or the code of what it failed with. */
async function importOf(unit: ConfigurationClient, { id: planId }: PlanAnswer): Promise<string> {
  const { name: confirmUnitName } = await unit.unit<{ name: string }>('name');
  const begun = await outcomeOf(
    unit.request<{ importBackup: { id: string } }>(
      'mutation ($input: ImportBackupInput!) { importBackup(input: $input) { id } }',
      { input: { planId, confirmUnitName } },
    ),
  );
  if (begun.code !== undefined) return begun.code;
  for (;;) {
    const { job } = await unit.request<{ job: { state: string; error: { code: string } | null } }>(
      'query ($id: ID!) { job(id: $id) { state error { code } } }',
      { id: begun.answer.importBackup.id },
    );
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job.error?.code ?? job.state;
    await pause(20);
  }
}

/** Applying and deleting while something else happens. */
export function racesOfEnding(racing: Racing): void {
  test.each(rounds)('applying twice at once (%i): applied once, and both are told so', async (round) => {
    const { id, revision } = await racing.aSafeMode();
    const before = await racing.desk.ada.configuration.revision();
    const answers = await racing.race(
      round,
      () => racing.desk.ada.apply(id, revision),
      () => racing.desk.adaElsewhere.apply(id, revision),
    );
    const applied = answers.map((answer) => {
      if (answer.__typename !== 'SafeModeApplied') throw new Error('It was not applied');
      expect(answer).toMatchObject({ taskCount: 1, unit: { revision: before + 1 } });
      return answer.alreadyApplied;
    });
    expect(applied.sort()).toEqual([false, true]);
    const { history } = await racing.desk.ada.configuration.unit<{ history: { nodes: object[] } }>(
      'history { nodes { revision } }',
    );
    expect(history.nodes).toEqual([{ revision: before + 1 }]);
  });

  test('applying twice, where the file of the slower one is gone already: both are told that it is applied', async () => {
    const { id, revision } = await racing.aSafeMode();
    racing.beforeReading(() => racing.desk.ada.apply(id, revision));
    expect(await racing.desk.adaElsewhere.apply(id, revision)).toMatchObject({
      alreadyApplied: true,
      taskCount: 1,
    });
  });

  test('what ends right before it is read in a list is shown without contents', async () => {
    const { id } = await racing.aSafeMode();
    racing.beforeReading(() => racing.desk.ada.delete(id));
    expect(await racing.desk.grace.list()).toMatchObject([
      { id, unreadable: false, tasks: [], conflicts: [] },
    ]);
  });

  test('what ends right before it is read is not entered, and nothing is recorded in it', async () => {
    const { id } = await racing.aSafeMode();
    racing.beforeReading(() => racing.desk.ada.delete(id));
    expect((await refusalOf(racing.desk.grace.enter(id))).code).toBe('SAFE_MODE_CLOSED');
    expect(await racing.desk.grace.active()).toBeNull();
    const another = await racing.aSafeMode();
    racing.beforeReading(() => racing.desk.ada.delete(another.id));
    const recording = racing.desk.adaElsewhere.in(another).setConfigKey('late', { value: 1 });
    expect((await refusalOf(recording)).code).toBe('SAFE_MODE_CLOSED');
    expect(await racing.valueOf(racing.desk.ada, 'late')).toBeUndefined();
  });

  test.each(rounds)(
    'applying against deleting (%i): one of them counts, the other is told',
    async (round) => {
      const { id, revision } = await racing.aSafeMode();
      const before = await racing.desk.ada.configuration.revision();
      const [applied, deleted] = await racing.race(
        round,
        () => outcomeOf(racing.desk.ada.apply(id, revision)),
        () => outcomeOf(racing.desk.adaElsewhere.delete(id)),
      );
      const { status } = await racing.desk.ada.find(id);
      if (applied.answer) {
        expect([status, deleted.code]).toEqual(['APPLIED', 'SAFE_MODE_CLOSED']);
        expect(await racing.desk.ada.configuration.revision()).toBe(before + 1);
      } else {
        expect([status, applied.code, deleted.answer]).toEqual(['DISCARDED', 'SAFE_MODE_CLOSED', true]);
        expect(await racing.desk.ada.configuration.revision()).toBe(before);
      }
    },
  );

  test.each(rounds)(
    'applying against an edit of the same field (%i): as one after the other',
    async (round) => {
      await racing.desk.ada.configuration.setConfigKey('greeting', { value: 'before' });
      const { id, revision } = await racing.aSafeMode();
      const basedOnRevision = await racing.desk.ada.configuration.revision();
      const edit = () =>
        outcomeOf(
          racing.desk.grace.configuration.setConfigKey('greeting', { value: 'theirs', basedOnRevision }),
        );
      const [applied, edited] = await racing.race(round, () => racing.desk.ada.apply(id, revision), edit);
      if (applied.__typename === 'SafeModeApplied') {
        expect(edited.code).toBe('CONFLICT');
        expect(await racing.valueOf(racing.desk.ada, 'greeting')).toBe('mine');
      } else {
        expect(applied.conflicts).toMatchObject([{ code: 'FIELD_CHANGED', live: 'theirs', mine: 'mine' }]);
        expect(edited.answer).toMatchObject({ value: 'theirs' });
        expect(await racing.valueOf(racing.desk.ada, 'greeting')).toBe('theirs');
      }
      expect(await racing.desk.ada.configuration.revision()).toBe(basedOnRevision + 1);
    },
  );

  test('applying against an import: as one after the other, and whoever comes later is told', async () => {
    const file = await exportedFile(racing.desk.ada.configuration);
    const first = await racing.aSafeMode();
    const plan = await planOf(racing.desk.ada.configuration, file);
    let imported: Promise<string> | undefined;
    racing.at['evaluated'] = async () => {
      racing.at = {};
      // It waits for the unit, which the applying holds.
      imported = importOf(racing.desk.adaElsewhere.configuration, plan);
      await pause(500);
    };
    expect(await racing.desk.ada.apply(first.id, first.revision)).toMatchObject({ alreadyApplied: false });
    expect(await imported).toBe('PLAN_STALE');
    expect(await racing.valueOf(racing.desk.ada, 'greeting')).toBe('mine');

    const second = await racing.aSafeMode('another', 'mine');
    const next = await planOf(racing.desk.ada.configuration, file);
    const [outcome, applied] = await Promise.all([
      importOf(racing.desk.adaElsewhere.configuration, next),
      racing.desk.ada.apply(second.id, second.revision),
    ]);
    if (applied.__typename === 'SafeModeApplied') {
      expect(outcome).toBe('PLAN_STALE');
      expect(await racing.valueOf(racing.desk.ada, 'another')).toBe('mine');
    } else {
      expect([outcome, applied.conflicts.map(({ code }) => code)]).toEqual(['DONE', ['UNIT_REPLACED']]);
      expect(await racing.valueOf(racing.desk.ada, 'greeting')).toBeUndefined();
    }
  });

  test.each(rounds)('entering against deleting (%i): nobody stays in what is deleted', async (round) => {
    const { id } = await racing.aSafeMode();
    const [deleted, entered] = await racing.race(
      round,
      () => outcomeOf(racing.desk.ada.delete(id)),
      () => outcomeOf(racing.desk.grace.enter(id)),
    );
    expect(deleted.answer).toBe(true);
    if (entered.code) expect(entered.code).toBe('SAFE_MODE_CLOSED');
    expect(await racing.desk.grace.active()).toBeNull();
    expect(await racing.desk.grace.presence()).toEqual([]);
    const read = racing.desk.grace.in({ id }).unit('configKeys { nodes { key } }');
    expect((await refusalOf(read)).code).toBe('SAFE_MODE_CLOSED');
  });

  test.each(rounds)(
    'listing while a safe mode ends (%i): the list works, with it or without',
    async (round) => {
      const { id, revision } = await racing.aSafeMode();
      const end = (): Promise<unknown> =>
        round % 2 ? racing.desk.ada.delete(id) : racing.desk.ada.apply(id, revision);
      const lists = () => Promise.all(Array.from({ length: 6 }, () => racing.desk.grace.list()));
      const [, listed] = await racing.race(round, end, lists);
      for (const safeModes of listed) {
        expect(safeModes.filter((one) => one.id !== id || one.unreadable)).toEqual([]);
      }
      expect(await racing.desk.grace.list()).toEqual([]);
    },
  );
}
