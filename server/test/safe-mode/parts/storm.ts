import { outcomeOf, type Racing } from './racing';

/** Everything at once. */
export function storm(racing: Racing): void {
  test('whatever three people do at once is done or refused for a reason, and leaves everything in order', async () => {
    const people = [racing.desk.ada, racing.desk.adaElsewhere, racing.desk.grace];
    const before = await racing.desk.ada.configuration.revision();
    const asked = Array.from({ length: 60 }, (_, index) => {
      const one = people[index % people.length]!;
      const open = async () => (await one.list())[0]?.id ?? 'none yet';
      const deeds: (() => Promise<unknown>)[] = [
        () => one.start(),
        async () => one.in({ id: await open() }).setConfigKey(`key ${index % 7}`, { value: index }),
        () => one.configuration.setConfigKey(`key ${index % 7}`, { value: index }),
        async () => one.enter(await open()),
        async () => one.rename(await open(), `Plan ${index}`),
        async () => one.apply(await open()),
        async () => one.in({ id: await open() }).createProfile({ name: `Profile ${index % 5}` }),
        () => one.leave(),
        async () => one.delete(await open()),
        () => one.presence(),
      ];
      // Every deed by everybody: 60 is a multiple of both numbers.
      return outcomeOf(deeds[Math.floor(index / people.length) % deeds.length]!());
    });
    const codes = new Set((await Promise.all(asked)).map(({ code }) => code ?? 'done'));
    expect(codes).toContain('done');
    const reasons = ['LIMIT_REACHED', 'NOT_FOUND', 'NOT_OWNER', 'SAFE_MODE_READ_ONLY', 'SAFE_MODE_CLOSED'];
    const others = ['STALE_REVISION', 'CONFLICT', 'done'];
    expect([...reasons, ...others]).toEqual(expect.arrayContaining([...codes]));

    const { revision, history } = await racing.desk.ada.configuration.unit<{
      revision: number;
      history: { nodes: { revision: number }[] };
    }>('revision history(first: 100) { nodes { revision } }');
    const made = new Set(history.nodes.map((entry) => entry.revision));
    expect([...made].sort((a, b) => a - b)).toEqual(
      Array.from({ length: revision - before }, (_, index) => before + 1 + index),
    );
  });
}
