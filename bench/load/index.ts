/** `npm run load`: see `usage`. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../server/test/parts/free-port';
import { inScratch, onMariadb } from '../product/places';
import { type ProductPlace, ServedProduct } from '../product/served-product';
import { faultsOf, type Round, tell } from './judgement';
import { LoadedUnit } from './loaded-unit';
import { atRest, collecting } from './rest';
import { Tally } from './tally';
import { type Sample, watched } from './watch';

const usage = `npm run load -- [--minutes 3] [--database sqlite|mariadb|both] [--readers 200] [--writers 20]

Readers and writers of two units at once, while safe modes are applied, backups exported and backups imported all the
time, in three rounds with a rest after each. Fails where a request has a fault, where a reader sees half of a change,
where a server at rest holds more memory or handles after the last round than before it, and where the event loop is
held up.
`;

interface Load {
  minutes: number;
  readers: number;
  writers: number;
}

/** Between two requests of the same reader or writer, ms: many users, not one that hammers. */
const betweenReads = 1_000;
const betweenWrites = 500;
/** What is done once, such as compiling queries, is not judged, ms. */
const warmUp = 15_000;

function readOptions(line: readonly string[]): Load & { databases: string[] } {
  const { values } = parseArgs({
    args: [...line],
    options: {
      minutes: { type: 'string', default: '3' },
      database: { type: 'string', default: 'both' },
      readers: { type: 'string', default: '200' },
      writers: { type: 'string', default: '20' },
    },
  });
  const [minutes, readers, writers] = [values.minutes, values.readers, values.writers].map(Number) as [
    number,
    number,
    number,
  ];
  const databases = values.database === 'both' ? ['sqlite', 'mariadb'] : [values.database];
  const isKnown = databases.every((name) => ['sqlite', 'mariadb'].includes(name));
  if (!(minutes > 0 && readers > 0 && writers > 0 && isKnown)) throw new Error(usage);
  return { minutes, readers, writers, databases };
}

/** Answers what was wrong. */
async function underLoad(place: ProductPlace, { minutes, readers, writers }: Load): Promise<string[]> {
  const metricsPort = await freePort();
  const settings = { METRICS_PORT: String(metricsPort), BACKUP_ENABLED: 'true' };
  const product = await ServedProduct.start(place, settings, collecting);
  try {
    const tally = new Tally();
    const edited = await LoadedUnit.open(product, tally, 'Edited');
    const replaced = await LoadedUnit.open(product, tally, 'Replaced');
    const backups = ['first', 'second'].map((name) => path.join(place.dataDir, name));
    for (const file of backups) {
      await replaced.setTogether();
      await replaced.export(file);
    }
    let imports = 0;
    /** All at once for so long; returns when the last of them is done. */
    const loaded = async (time: number): Promise<Sample[]> => {
      const until = Date.now() + time;
      const repeat = (wait: number, work: () => Promise<unknown>) => repeated(until, wait, work);
      const times = (count: number, loop: (number: number) => Promise<void>) =>
        Array.from({ length: count }, (_, number) => loop(number));
      const [samples] = await Promise.all([
        watched(metricsPort, until),
        ...times(readers, (number) => repeat(betweenReads, () => (number % 2 ? edited : replaced).read())),
        ...times(writers, (number) => repeat(betweenWrites, () => edited.write(number))),
        repeat(200, () => edited.apply()),
        repeat(1_000, () => edited.export(path.join(place.dataDir, 'exported'))),
        repeat(1_000, () => replaced.import(backups[imports++ % backups.length]!)),
      ]);
      return samples;
    };
    await loaded(warmUp);
    const rounds: Round[] = [];
    for (let round = 0; round < 3; round++) {
      const samples = await loaded((minutes * 60_000) / 3);
      rounds.push({ samples, rest: await atRest(product, metricsPort) });
    }
    tell(tally, rounds);
    return faultsOf(tally, rounds);
  } finally {
    await product.stop();
  }
}

async function repeated(until: number, wait: number, work: () => Promise<unknown>): Promise<void> {
  while (Date.now() < until) {
    await pause(wait * (0.5 + Math.random()));
    await work();
  }
}

async function main(line: readonly string[]): Promise<void> {
  const { databases, ...load } = readOptions(line);
  for (const database of databases) {
    process.stdout.write(`\n${database}, ${load.minutes} minutes\n`);
    const faults = await inScratch((dataDir) =>
      database === 'sqlite'
        ? underLoad({ dataDir }, load)
        : onMariadb((server) => underLoad({ dataDir, databaseUrl: server.url('product') }, load)),
    );
    for (const fault of faults) process.stdout.write(`WRONG: ${fault}\n`);
    if (faults.length > 0) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  // Readers and writers that are still there would go on until their time is over.
  process.exit(1);
});
