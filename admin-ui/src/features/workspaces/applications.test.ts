import fc from 'fast-check';
import { inArea, inOrder, inShownAreas, moved, withPositions, type EditedApplication } from './applications';

function application(key: string, area: string, position?: number): EditedApplication {
  return {
    key,
    id: position === undefined ? undefined : key,
    pluginId: 'plugin',
    area,
    position,
    configuration: {},
  };
}

const orderOf = (saved: ReturnType<typeof withPositions>, area: string) =>
  inOrder(
    saved
      .filter((each) => each.area === area)
      .map((each, index) => ({ ...each, id: each.id ?? `~${index}` })),
  ).map(({ id }) => id);

test('applications show by position, and by id where positions are the same', () => {
  const placed = [
    { id: 'c', position: 1 },
    { id: 'b', position: 1 },
    { id: 'a', position: 2 },
  ];
  expect(inOrder(placed).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('an application in an area that the layout lacks shows in the first area', () => {
  const placed = [application('a', 'side', 0), application('b', 'main', 0)];
  expect(inArea(placed, 'main', 'single').map(({ key }) => key)).toEqual(['a', 'b']);
  expect(inArea(placed, 'main', 'two-columns').map(({ key }) => key)).toEqual(['b']);
});

test('an application moves to a place in another area', () => {
  const before = [application('a', 'main', 0), application('b', 'side', 0), application('c', 'side', 1)];
  const after = moved(before, 'a', 'side', 1);
  expect(after.filter(({ area }) => area === 'side').map(({ key }) => key)).toEqual(['b', 'a', 'c']);
});

test('what stands in an area that the layout lacks is moved among those beside which it shows', () => {
  const before = [application('a', 'side', 0), application('b', 'main', 0), application('c', 'main', 1)];
  const after = moved(inShownAreas(before, 'single'), 'c', 'main', 0);
  expect(inArea(after, 'main', 'single').map(({ key }) => key)).toEqual(['c', 'a', 'b']);
});

test('what is not moved keeps its position', () => {
  const saved = withPositions([
    application('a', 'main', 3),
    application('b', 'main', 7),
    application('c', 'side', 3),
  ]);
  expect(saved.map(({ position }) => position)).toEqual([3, 7, 3]);
});

test('a new application gets a position after the one before it', () => {
  const saved = withPositions([application('a', 'main', 3), application('new', 'main')]);
  expect(saved[1]).toMatchObject({ id: undefined, position: 4 });
});

test('the saved positions always give the order on the screen', () => {
  const anything = fc.uniqueArray(
    fc.record({ key: fc.string({ minLength: 1, maxLength: 3 }), position: fc.integer({ min: -3, max: 3 }) }),
    { selector: ({ key }) => key, maxLength: 8 },
  );
  fc.assert(
    fc.property(anything, (given) => {
      const shown = given.map(({ key, position }) => application(key, 'main', position));
      expect(orderOf(withPositions(shown), 'main')).toEqual(shown.map(({ key }) => key));
    }),
  );
});
