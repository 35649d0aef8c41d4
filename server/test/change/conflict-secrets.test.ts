import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { aConfigKey, aPlugin, create, remove, update } from '../../src/change/core/testing/builders';
import { type Desk, openDesk } from '../backup/parts/desk';
import { conflictsOf, type Scene, sceneMaker } from './presented-conflicts';

let desk: Desk;
let aScene: () => Promise<Scene>;
beforeAll(async () => {
  desk = await openDesk();
  aScene = sceneMaker(desk);
});
afterAll(() => desk.close());

const secretPlugin = (id: string, configuration: object = { apiKey: 'hidden', zone: 'Vienna' }) =>
  aPlugin(id, {
    manifest: {
      bundle: `org.example.${id}`,
      name: 'Clock',
      version: '1.0.0',
      author: { name: 'Somebody' },
      secretKeys: ['apiKey'],
    },
    configuration: configuration as { apiKey: string; zone: string },
  });

describe('secrets', () => {
  const hidden = /hidden/;

  test('are in no conflict, whether live or the task says that they are some', async () => {
    const { unit, other } = await aScene();
    const plugin = uuid();
    await unit.land(other, [
      create('CONFIG_KEY', 'turned', aConfigKey('turned', { value: 'open' })),
      create('CONFIG_KEY', 'opened', aConfigKey('opened', { value: 'hidden-1', secret: true })),
      create('PLUGIN', plugin, secretPlugin(plugin)),
    ]);
    const tasks = await unit.recorded(
      [],
      update('CONFIG_KEY', 'turned', { value: 'hidden-2', secret: true }),
      update('CONFIG_KEY', 'opened', { value: 'hidden-3' }),
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-4', zone: 'Graz' } }),
    );
    await unit.land(other, [
      update('CONFIG_KEY', 'turned', { value: 'hidden-5' }),
      update('CONFIG_KEY', 'opened', { value: 'hidden-6', secret: false }),
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-7', zone: 'Linz' } }),
    ]);
    const views = await unit.views(tasks);
    expect(JSON.stringify(views)).not.toMatch(hidden);
    expect(views.map(({ path, masked, live }) => [path, masked, live])).toEqual([
      ['/value', true, null],
      ['/value', true, null],
      ['/configuration/apiKey', true, null],
      ['/configuration/zone', false, 'Linz'],
    ]);
  });

  test('are left out of the whole object that a removal shows, and the rest is there', async () => {
    const { unit, other } = await aScene();
    const plugin = uuid();
    await unit.land(other, [create('PLUGIN', plugin, secretPlugin(plugin))]);
    const tasks = await unit.recorded([], remove('PLUGIN', plugin));
    await unit.land(other, [
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-2', zone: 'Graz' } }),
    ]);
    const views = await unit.views(tasks);
    expect(JSON.stringify(views)).not.toMatch(hidden);
    expect(views).toMatchObject([
      { code: 'DELETE_OF_CHANGED', masked: true, base: { configuration: { zone: 'Vienna' } } },
    ]);
    expect(views[0]!.live).toMatchObject({ configuration: { zone: 'Graz' } });
    expect(views[0]!.message).toContain('since its removal was asked for: configuration.');
  });

  test('are not shown in the refusal of an edit that makes them secrets', async () => {
    const { unit, other } = await aScene();
    await unit.land(other, [create('CONFIG_KEY', 'token', aConfigKey('token', { value: 'hidden-1' }))]);
    const seen = aConfigKey('token', { value: 'hidden-0' });
    const refusal = await unit.refusal(
      [],
      update('CONFIG_KEY', 'token', { value: 'hidden-2', secret: true }, seen),
    );
    expect(JSON.stringify(conflictsOf(refusal))).not.toMatch(hidden);
    expect(conflictsOf(refusal)).toMatchObject([{ path: '/value', masked: true, taskId: null }]);
  });
});
