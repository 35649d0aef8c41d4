import { noNames, type ObjectNames } from './object-names';
import { placeName } from './place-name';

const names: ObjectNames = {
  ...noNames,
  plugin: (id) => (id === 'p1' ? 'Clock' : undefined),
  application: (id) => (id === 'a1' ? 'Board' : undefined),
};

test.each([
  ['', 'All of it'],
  ['/name', 'name'],
  ['/manifestUrl', 'manifest address'],
  ['/configuration/server/a~1b~0c', 'configuration › server › a/b~c'],
  ['/applications', 'applications'],
  ['/applications/a1/area', 'area of the application “Board”'],
  ['/applications/a1/configuration/city', 'configuration › city of the application “Board”'],
  ['/applications/unknown', 'an application'],
])('the place %s is called: %s', (path, words) => {
  expect(placeName(path, names)).toBe(words);
});

test('an added application is known by its plugin', () => {
  expect(placeName('/applications/new', names, { pluginId: 'p1', area: 'main' })).toBe(
    'the application “Clock”',
  );
});
