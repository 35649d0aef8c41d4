import path from 'node:path';
import { type Size, sizes } from './content';
import { type Comparison, compare, median, report } from './measure';
import { openPlaces, type Places } from './places';
import { type Product } from './product';
import { dump, load } from './reference';

const rounds = 5;

/** Marks by size. */
const marks = {
  exportMariadb: { M: 1.2, L: 0.8 },
  importMariadb: { M: 1.4, L: 1.4 },
  exportSqlite: { M: 1.0, L: 1.0 },
  importSqlite: { M: 0.8, L: 0.8 },
  window: { M: 0.05, L: 0.05 },
} as const;

/** P1, P3, P4 and P5: export and import on both databases, held against the usual programs on MariaDB. */
export async function measureSpeed(size: 'M' | 'L'): Promise<void> {
  const places = await openPlaces();
  try {
    for (const product of [places.mariadb, places.sqlite]) await product.fill(sizes[size]);
    const dumped = path.join(places.scratch, 'dump.sql.gz.age');
    await dump(places.source, await places.mariadb.liveGenerationId(), dumped);

    for (const database of ['mariadb', 'sqlite'] as const) {
      const product = places[database];
      const exports = await compare(rounds, exporting(product), async () =>
        dump(places.source, await places.mariadb.liveGenerationId(), dumped),
      );
      tell(database === 'mariadb' ? 'P1' : 'P5', 'export', size, database, exports);
      const windows: number[] = [];
      const imports = await compare(rounds, importing(product, windows), () => load(places.target, dumped));
      tell(database === 'mariadb' ? 'P3' : 'P5', 'import', size, database, imports);
      if (database === 'mariadb') await measureWindow(places, size, median(windows));
    }
  } finally {
    await places.close();
  }
}

function exporting(product: Product) {
  return async () => {
    const start = performance.now();
    await product.export();
    const time = performance.now() - start;
    await product.tidy();
    return time;
  };
}

/** Times the import itself; uploading and validating come before it and are nobody's reference. */
function importing(product: Product, windows: number[]) {
  return async () => {
    const planId = await product.plan(await product.export());
    const start = performance.now();
    windows.push(await product.import(planId));
    const time = performance.now() - start;
    await product.tidy();
    return time;
  };
}

/** For how long an import keeps others out, against deleting the unit's rows in one statement. */
async function measureWindow({ mariadb, target }: Places, size: 'M' | 'L', window: number): Promise<void> {
  const start = performance.now();
  await mariadb.database.transaction((db) => db.run(`DELETE FROM ${target.database}.config_key`));
  const deleting = performance.now() - start;
  report({
    name: `P4 exclusive window of an import ${size}`,
    value: Number((window / deleting).toFixed(4)),
    mark: marks.window[size],
    facts: { windowMs: Math.round(window), deleteMs: Math.round(deleting) },
  });
}

function tell(
  mark: string,
  what: 'export' | 'import',
  size: 'M' | 'L',
  database: 'mariadb' | 'sqlite',
  { ours, reference, ratio }: Comparison,
): void {
  const key = `${what}${database === 'mariadb' ? 'Mariadb' : 'Sqlite'}` as const;
  report({
    name: `${mark} ${what} ${size} ${database}`,
    value: ratio,
    mark: marks[key][size],
    facts: { oursMs: ours, referenceMs: reference },
  });
}

export const isSpeedSize = (size: Size): size is 'M' | 'L' => size !== 'S';
