import { type Collision, CollisionLoader } from '../../src/change/collision.loader';
import { ConstraintBroken, ConstraintNet } from '../../src/change/constraint-net.service';
import { type Change } from '../../src/change/core/task';
import { aPlugin, aProfile, aUnit, aWorkspace } from '../../src/change/core/testing/builders';
import { ContentStore } from '../../src/configuration/content.store';
import { ContentWriter } from '../../src/configuration/content.writer';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { aGeneration, creationOf } from '../parts/generation';
import { aPlace, type Place } from '../parts/place';

const sealer = new Sealer('ab'.repeat(32));
const content = new ContentStore(sealer);

let place: Place;
let database: Database;
let generationId: string;

beforeAll(async () => {
  place = await aPlace();
  database = await openDatabase(place);
  const live = aUnit({
    workspaces: { desk: {} },
    profiles: { sales: { name: 'Sales', workspaces: ['desk'] } },
    plugins: { q: {} },
  });
  generationId = await aGeneration(database, new ContentWriter(sealer), creationOf(live));
});
afterAll(async () => {
  await database.close();
  await place.remove();
});

const collisions = (...changes: Change[]): Promise<Collision[]> =>
  database.read((db) => new CollisionLoader(content, db, generationId, changes).collisions());

const sales = aProfile('sales', { name: 'Sales', workspaces: ['desk'] });
const newProfile = (id: string, said: Parameters<typeof aProfile>[1]): Change => ({
  kind: 'PROFILE',
  id,
  after: aProfile(id, said),
});

test('a key that somebody else holds is taken, and it is told by whom', async () => {
  expect(await collisions(newProfile('new', { name: 'SALES' }))).toEqual([
    {
      kind: 'PROFILE',
      target: 'new',
      code: 'NAME_TAKEN',
      path: '/name',
      mine: 'SALES',
      others: [{ kind: 'PROFILE', id: 'sales' }],
    },
  ]);
});

test('a key whose holder is renamed or deleted by the same changes is free, and so is an own one', async () => {
  const create = newProfile('new', { name: 'Sales' });
  const rename = { kind: 'PROFILE', id: 'sales', before: sales, after: { ...sales, name: 'Other' } } as const;
  const remove = { kind: 'PROFILE', id: 'sales', before: sales } as const;
  expect(await collisions(create, rename)).toEqual([]);
  expect(await collisions(create, remove)).toEqual([]);
  const recased = {
    kind: 'PROFILE',
    id: 'sales',
    before: sales,
    after: { ...sales, name: 'SALES' },
  } as const;
  expect(await collisions(recased)).toEqual([]);
});

test('a reference to nothing is missing: never there, or deleted by the same changes', async () => {
  const missing = {
    kind: 'PROFILE',
    code: 'REFERENCE_MISSING',
    path: '/workspaces',
    target: 'new',
    place: 'profile:new',
  };
  const gone = { kind: 'WORKSPACE', id: 'gone' };
  expect(await collisions(newProfile('new', { workspaces: ['desk', 'gone'] }))).toEqual([
    expect.objectContaining({ ...missing, mine: ['desk', 'gone'], others: [gone] }),
  ]);
  const deletion: Change = { kind: 'WORKSPACE', id: 'desk', before: aWorkspace('desk') };
  expect(await collisions(newProfile('new', { workspaces: ['desk'] }), deletion)).toMatchObject([
    { ...missing, others: [{ kind: 'WORKSPACE', id: 'desk' }] },
    { code: 'REFERENCE_GAINED' },
  ]);
});

test('a reference to what the same changes create is none to nothing', async () => {
  const maps = aPlugin('new', { mappings: { open: { pluginId: 'newer', name: 'show' } } });
  const changes: Change[] = [
    { kind: 'PLUGIN', id: 'new', after: maps },
    { kind: 'PLUGIN', id: 'newer', after: aPlugin('newer') },
  ];
  expect(await collisions(...changes)).toEqual([]);
  expect(await collisions(changes[0]!)).toMatchObject([
    { code: 'REFERENCE_MISSING', path: '/mappings/open', place: 'plugin:new#open' },
  ]);
});

test('what is deleted though others use it has gained a reference', async () => {
  const deletion: Change = { kind: 'WORKSPACE', id: 'desk', before: aWorkspace('desk') };
  expect(await collisions(deletion)).toEqual([
    expect.objectContaining({
      kind: 'WORKSPACE',
      target: 'desk',
      code: 'REFERENCE_GAINED',
      place: 'profile:sales',
      others: [{ kind: 'PROFILE', id: 'sales' }],
    }),
  ]);
  const detached: Change = {
    kind: 'PROFILE',
    id: 'sales',
    before: sales,
    after: { ...sales, workspaces: [] },
  };
  expect(await collisions(deletion, detached)).toEqual([]);
});

test('a constraint that no change has broken is a fault of ours', async () => {
  const net = new ConstraintNet(database, content);
  const fault = new Error('of the database');
  let runs = 0;
  const transaction = () => {
    runs += 1;
    return Promise.reject(new ConstraintBroken(generationId, [], fault));
  };
  await expect(net.under(transaction, () => Promise.resolve('told'))).rejects.toBe(fault);
  expect(runs).toBe(2);
});
