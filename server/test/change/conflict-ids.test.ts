import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { type Task } from '../../src/change/core/task';
import { aConfigKey, create, remove, update } from '../../src/change/core/testing/builders';
import { type Desk, openDesk } from '../backup/parts/desk';
import { conflictsOf, type Scene, sceneMaker } from './presented-conflicts';

let desk: Desk;
let aScene: () => Promise<Scene>;
beforeAll(async () => {
  desk = await openDesk();
  aScene = sceneMaker(desk);
});
afterAll(() => desk.close());

describe('the id of a conflict', () => {
  test('stays while nothing moves, changes with the live value, and comes back with it', async () => {
    const { unit, other, profile, workspace } = await aScene();
    const tasks = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const idAfter = async (name: string) => {
      await unit.land(other, [update('PROFILE', profile, { name })]);
      return (await unit.views(tasks))[0]!.id;
    };
    const first = await idAfter('Market');
    await unit.land(other, [update('WORKSPACE', workspace, { name: 'Elsewhere' })]);
    expect((await unit.views(tasks))[0]!.id).toBe(first);
    const second = await idAfter('Bazaar');
    expect(second).not.toBe(first);
    expect(await idAfter('Market')).toBe(first);
  });

  test('moves with a secret too, is the same as the core conflict gives, and needs the server key', async () => {
    const { unit, other } = await aScene();
    await unit.land(other, [create('CONFIG_KEY', 'pin', aConfigKey('pin', { value: '0', secret: true }))]);
    const tasks = await unit.recorded([], update('CONFIG_KEY', 'pin', { value: '1' }));
    await unit.land(other, [update('CONFIG_KEY', 'pin', { value: '2' })]);
    const [before] = await unit.views(tasks);
    await unit.land(other, [update('CONFIG_KEY', 'pin', { value: '3' })]);
    const [after] = await unit.views(tasks);
    expect(after!.id).not.toBe(before!.id);
    expect({ ...after, id: '', liveChangedAt: null }).toEqual({ ...before, id: '', liveChangedAt: null });

    const found = await unit.conflicts(tasks);
    expect(found.map((conflict) => unit.presenter.idOf(conflict))).toEqual([after!.id]);
    const elsewhere = unit.withKey('0bad'.repeat(16));
    expect(elsewhere.idOf(found[0]!)).not.toBe(after!.id);
  });

  test('is not the same for two tasks with the same conflict', async () => {
    const { unit, other, profile } = await aScene();
    const [one] = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const two: Task = { ...one!, id: uuid() };
    await unit.land(other, [update('PROFILE', profile, { name: 'Market' })]);
    const [ofOne] = await unit.views([one!]);
    const [ofTwo] = await unit.views([two]);
    expect({ ...ofOne, id: '', taskId: '' }).toEqual({ ...ofTwo, id: '', taskId: '' });
    expect(ofOne!.id).not.toBe(ofTwo!.id);
  });

  test('of what was only asked for is the same each time it is asked', async () => {
    const { unit, workspace } = await aScene();
    const [first] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace)));
    const [second] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace)));
    expect(first!.id).toBe(second!.id);
  });
});
