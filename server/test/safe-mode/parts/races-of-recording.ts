import { EvaluationService } from '../../../src/safe-mode/preview/evaluation.service';
import { outcomeOf, type Racing, rounds } from './racing';

/** Recordings and starts at the same moment. */
export function racesOfRecording(racing: Racing): void {
  test('twenty recordings by two sessions: all of them are in the file', async () => {
    const { id, revision } = await racing.desk.ada.start();
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    await Promise.all(
      keys.map((key, index) =>
        (index % 2 ? racing.desk.ada : racing.desk.adaElsewhere)
          .in({ id })
          .setConfigKey(key, { value: index }),
      ),
    );
    const { tasks, ...safeMode } = await racing.desk.ada.find(id);
    expect(safeMode).toMatchObject({ taskCount: 20, revision: revision + 20 });
    expect(tasks.map(({ target }) => target.name).sort()).toEqual([...keys].sort());
  });

  test('the same field by two sessions: the later one wins, as one after the other', async () => {
    const { id, revision } = await racing.desk.ada.start();
    await Promise.all(
      [racing.desk.ada, racing.desk.adaElsewhere].map((ada, index) =>
        ada.in({ id }).setConfigKey('a', { value: index }),
      ),
    );
    const { tasks, ...safeMode } = await racing.desk.ada.find(id);
    expect(safeMode).toMatchObject({ revision: revision + 2 });
    expect(tasks).toHaveLength(1);
    expect([0, 1]).toContain(tasks[0]!.changes.find(({ path }) => path === '/value')!.to);
  });

  test('the same operation sent twice at once is recorded once', async () => {
    const { id, revision } = await racing.desk.ada.start();
    const ids = await Promise.all(
      [racing.desk.ada, racing.desk.adaElsewhere].map((ada) =>
        ada.in({ id }).createProfile({ name: 'Sales', operationId: 'once' }),
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(await racing.desk.ada.find(id)).toMatchObject({ taskCount: 1, revision: revision + 1 });
  });

  test('an edit is recorded also where others write each time between looking and recording', async () => {
    const { ada, grace } = racing.desk;
    const { id } = await ada.start();
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its object below
    const { evaluateFile } = EvaluationService.prototype;
    let writes = 0;
    const looking = jest
      .spyOn(EvaluationService.prototype, 'evaluateFile')
      .mockImplementation(async function (this: EvaluationService, file) {
        const evaluated = await evaluateFile.call(this, file);
        await grace.configuration.setConfigKey('busy', { value: ++writes });
        return evaluated;
      });
    await ada.in({ id }).setConfigKey('mine', { value: 1 });
    looking.mockRestore();
    expect(writes).toBeGreaterThan(1);
    const { tasks } = await ada.find(id);
    expect(tasks.map(({ target }) => target.name)).toEqual(['mine']);
  });

  test('the same start sent twice at once starts one safe mode', async () => {
    const [one, other] = await Promise.all(
      [racing.desk.ada, racing.desk.adaElsewhere].map((ada) => ada.start({ operationId: 'once' })),
    );
    expect(one!.id).toBe(other!.id);
    expect(await racing.desk.ada.list()).toHaveLength(1);
  });

  test('five starts where one may be open: one starts, the others are told of the limit', async () => {
    const all = [
      racing.desk.ada,
      racing.desk.adaElsewhere,
      racing.desk.grace,
      racing.desk.ada,
      racing.desk.grace,
    ];
    const outcomes = await Promise.all(all.map((admin) => outcomeOf(admin.start())));
    expect(outcomes.map(({ code }) => code ?? 'started').sort()).toEqual([
      ...Array<string>(4).fill('LIMIT_REACHED'),
      'started',
    ]);
    expect(await racing.desk.ada.list()).toHaveLength(1);
  });

  test.each(rounds)(
    'recording against applying (%i): what was acknowledged is applied or still there',
    async (round) => {
      const { id, revision } = await racing.aSafeMode();
      const before = await racing.desk.ada.configuration.revision();
      const [applied, recorded] = await racing.race(
        round,
        () => outcomeOf(racing.desk.ada.apply(id, revision)),
        () => outcomeOf(racing.desk.adaElsewhere.in({ id }).setConfigKey('late', { value: 1 })),
      );
      if (applied.answer) {
        expect(recorded.code).toBe('SAFE_MODE_CLOSED');
        expect(await racing.desk.ada.configuration.revision()).toBe(before + 1);
        expect(await racing.valueOf(racing.desk.ada, 'late')).toBeUndefined();
      } else {
        expect([applied.code, recorded.code]).toEqual(['STALE_REVISION', undefined]);
        expect(await racing.desk.ada.find(id)).toMatchObject({ status: 'OPEN', taskCount: 2 });
        expect(await racing.desk.ada.configuration.revision()).toBe(before);
      }
    },
  );
}
