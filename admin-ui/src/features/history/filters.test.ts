import { filtersIn } from './filters';

test('filters in an address are what the API takes', () => {
  expect(
    filtersIn({ type: 'PROFILE', operation: 'DELETE', cause: 'IMPORT', by: 'u1', object: 'o1' }),
  ).toEqual({
    type: 'PROFILE',
    operation: 'DELETE',
    cause: 'IMPORT',
    by: 'u1',
    objectId: 'o1',
  });
});

test('from and to are whole days of the reader', () => {
  const { since, until } = filtersIn({ from: '2026-02-27', to: '2026-02-28' });
  expect(new Date(since ?? '')).toEqual(new Date(2026, 1, 27));
  expect(new Date(until ?? '')).toEqual(new Date(2026, 2, 1));
});

test('what makes no sense in an address filters nothing', () => {
  expect(
    filtersIn({ type: 'toString', operation: 'X', cause: 'CREATED', from: 'yesterday', to: '' }),
  ).toEqual({});
});
