import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { aProfile, create, remove, update } from '../../src/change/core/testing/builders';
import { type Desk, openDesk } from '../backup/parts/desk';
import { conflictsOf, type Scene, sceneMaker } from './presented-conflicts';

let desk: Desk;
let aScene: () => Promise<Scene>;
beforeAll(async () => {
  desk = await openDesk();
  aScene = sceneMaker(desk);
});
afterAll(() => desk.close());

describe('the refusal of recording', () => {
  test('names the object that only the file has, and no task that the file does not hold', async () => {
    const { unit, workspace } = await aScene();
    const tasks = await unit.recorded(
      [],
      create('PROFILE', uuid(), aProfile('Draft', { workspaces: [workspace] })),
    );
    const [conflict] = conflictsOf(await unit.refusal(tasks, remove('WORKSPACE', workspace)));
    expect(conflict).toMatchObject({
      code: 'IN_USE',
      taskId: null,
      resolutions: ['DETACH'],
      because: [],
      message:
        'The workspace “Desk” is used by the profile “Sales”, the profile “Draft”. Remove it there first, or detach.',
    });
  });

  test('tells which task of the file would be in conflict', async () => {
    const { unit, profile } = await aScene();
    const late = await unit.recorded([], create('PROFILE', uuid(), aProfile('Late')));
    const refused = conflictsOf(await unit.refusal(late, update('PROFILE', profile, { name: 'Late' })));
    expect(refused.map(({ code, taskId }) => [code, taskId])).toEqual([
      ['NAME_TAKEN', null],
      ['NAME_TAKEN', late[0]!.id],
    ]);
  });

  test('names the task of the file that stands behind it, and none that was only asked for', async () => {
    const { unit, other, workspace } = await aScene();
    const deleting = await unit.recorded([], remove('WORKSPACE', workspace, true));
    await unit.land(other, [update('WORKSPACE', workspace, { name: 'Newsdesk' })]);
    const creating = create('PROFILE', uuid(), aProfile('Late', { workspaces: [workspace] }));
    expect(conflictsOf(await unit.refusal(deleting, creating))).toMatchObject([
      {
        code: 'REFERENCE_MISSING',
        taskId: null,
        because: [deleting[0]!.id],
        message:
          'The profile “Late” would point at the workspace “Newsdesk”, which the same safe mode removes (workspaces).',
      },
    ]);
    const [alone] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace, true), creating));
    expect(alone).toMatchObject({
      code: 'REFERENCE_MISSING',
      taskId: null,
      because: [],
      liveChangedBy: null,
    });
    expect(alone!.message).toContain('“Newsdesk”, which does not exist (workspaces).');
  });
});
