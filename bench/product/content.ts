import { type Database } from '../../server/src/storage/database';

/** Sizes by name: how many config keys. */
export const sizes = { S: 5_000, M: 100_000, L: 1_000_000 } as const;
export type Size = keyof typeof sizes;

const perStatement = 500;
const perTransaction = 10_000;

/** Fills a generation with config keys: 90 % about 200 bytes of JSON, 10 % about 4 KB, the same at every run. */
export async function fill(database: Database, generationId: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += perTransaction) {
    await database.transaction(async (db) => {
      for (let at = start; at < Math.min(start + perTransaction, count); at += perStatement) {
        const rows = Array.from({ length: Math.min(perStatement, count - at) }, (_, index) =>
          rowOf(at + index),
        );
        const values = rows.map(() => '(?, ?, ?, ?, NULL, ?)').join(', ');
        await db.run(
          `INSERT INTO config_key (generation_id, id, sort_key, value, description, secret) VALUES ${values}`,
          rows.flatMap(([key, value]) => [generationId, key, key, value, false]),
        );
      }
    });
  }
}

/** The same content as `fill` writes, as keys with JSON. */
export function* entriesOf(count: number): Generator<[key: string, value: string]> {
  for (let index = 0; index < count; index++) yield rowOf(index);
}

function rowOf(index: number): [key: string, value: string] {
  const random = randomFrom(index + 1);
  const text = (length: number) => Array.from({ length }, () => letters[random() % letters.length]).join('');
  const value =
    index % 10 === 0
      ? {
          layout: text(40),
          rules: Array.from({ length: 40 }, () => ({ id: random(), name: text(60), on: true })),
        }
      : {
          url: `https://${text(12)}.example.org/${text(40)}`,
          retries: random() % 9,
          tags: [text(30), text(30)],
        };
  return [`key.${String(index).padStart(8, '0')}`, JSON.stringify(value)];
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ';

/** Small and repeatable; nothing secret is made of it. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
