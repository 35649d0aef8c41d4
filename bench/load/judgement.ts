import { type Tally } from './tally';
import { type Sample } from './watch';

const MiB = 1024 ** 2;

/** What each thing may grow by between the second and the last third of a run: noise, not a leak. */
const growth = { heapBytes: 24 * MiB, residentBytes: 96 * MiB, descriptors: 25, handles: 25 };
/** No request waits longer for the event loop, ms: deriving a key takes about a second, and is done elsewhere. */
const longestDelay = 500;
/** On a machine that has too much to do even who does nothing is held up: so many times as long is allowed. */
const timesIdle = 3;

type Held = keyof typeof growth;

/** The lowest of each third: what is held for good, without what comes and goes. */
function thirds(samples: readonly Sample[], held: Held): [number, number, number] {
  const size = Math.ceil(samples.length / 3);
  const lowest = (third: number) =>
    Math.min(...samples.slice(third * size, (third + 1) * size).map((sample) => sample[held]));
  return [lowest(0), lowest(1), lowest(2)];
}

type Delay = 'longestDelay' | 'idleDelay';

const share = (samples: readonly Sample[], of: Delay, part: number): number =>
  samples.map((sample) => sample[of]).sort((a, b) => a - b)[Math.floor((samples.length - 1) * part)]!;

const told = (samples: readonly Sample[], of: Delay): string => {
  const [half, most, all] = [0.5, 0.99, 1].map((part) => share(samples, of, part).toFixed());
  return `half below ${half} ms, 99% below ${most} ms, longest ${all} ms`;
};

export function tell({ done, refused, mixtures, faults }: Tally, samples: readonly Sample[]): void {
  const lines = [
    `done      ${JSON.stringify(done)}`,
    `refused   ${JSON.stringify(refused)}, faults ${faults.length}, mixtures ${mixtures}`,
    `delay     ${told(samples, 'longestDelay')}`,
    `idle      ${told(samples, 'idleDelay')} (a thread that does nothing)`,
    `processor ${cores(samples).toFixed(2)} cores`,
    `heap      ${thirds(samples, 'heapBytes').map(inMiB).join(', ')} (lowest of each third)`,
    `resident  ${thirds(samples, 'residentBytes').map(inMiB).join(', ')}`,
    `open      descriptors ${thirds(samples, 'descriptors').join(', ')}; handles ${thirds(samples, 'handles').join(', ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Of the server with its threads. */
function cores(samples: readonly Sample[]): number {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  return ((last.cpuSeconds - first.cpuSeconds) * 1_000) / (last.at - first.at);
}

const inMiB = (bytes: number): string => `${Math.round(bytes / MiB)} MiB`;

/**
 * What was not as promised.
 *
 * @param clients each may hold a connection open, and one more that is being closed
 */
export function faultsOf(
  { done, mixtures, faults }: Tally,
  samples: readonly Sample[],
  clients: number,
): string[] {
  const grown = (Object.keys(growth) as Held[]).flatMap((held) => {
    const [, second, last] = thirds(samples, held);
    const isConnections = (held === 'descriptors' || held === 'handles') && last < 2 * clients;
    return last - second > growth[held] && !isConnections ? [`${held} grew from ${second} to ${last}`] : [];
  });
  const idle = ['reads', 'writes', 'applied', 'exports', 'imports'].filter((name) => !done[name]);
  return [
    ...faults.slice(0, 10),
    ...(mixtures > 0 ? [`${mixtures} readers saw half of a change`] : []),
    ...grown,
    ...(share(samples, 'longestDelay', 0.99) >
    Math.max(longestDelay, timesIdle * share(samples, 'idleDelay', 0.99))
      ? [`the event loop was held up for more than ${longestDelay} ms`]
      : []),
    ...idle.map((name) => `there were no ${name}`),
  ];
}
