import { batchesOf } from './bulk-rows';

const rows = (count: number, length: number) =>
  Array.from({ length: count }, (_, number) => [number, 'x'.repeat(length)]);

test('a statement has at most 100 rows', () => {
  expect([...batchesOf(rows(201, 1))].map(({ length }) => length)).toEqual([100, 100, 1]);
});

test('a statement has at most about 256 KB', () => {
  const sizes = [...batchesOf(rows(10, 100 * 1024))].map(({ length }) => length);
  expect(sizes).toEqual([2, 2, 2, 2, 2]);
});

test('a row that is larger than that stands alone', () => {
  const [small, large] = [rows(1, 10)[0]!, rows(1, 1024 * 1024)[0]!];
  expect([...batchesOf([small, small, large, small, small])]).toEqual([
    [small, small],
    [large],
    [small, small],
  ]);
});

test('bytes count where they stand in a buffer, and no row is lost or moved', () => {
  const mixed = Array.from({ length: 1_000 }, (_, number) => [number, Buffer.alloc((number * 37) % 5_000)]);
  const batches = [...batchesOf(mixed)];
  expect(batches.flat()).toEqual(mixed);
  expect(batches.length).toBeGreaterThan(8);
});

test('nothing is no statement', () => {
  expect([...batchesOf([])]).toEqual([]);
});
