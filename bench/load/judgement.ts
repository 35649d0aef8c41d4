import { type Rest } from './rest';
import { type Tally } from './tally';
import { type Sample } from './watch';

/** Some time under load, and what the server held at rest after it. */
export interface Round {
  samples: readonly Sample[];
  rest: Rest;
}

const MiB = 1024 ** 2;

/**
 * What a server at rest may hold more of after the last round than after the one before. In the rounds before, caches
 * fill and connections to the database are opened; what does not level off then is a leak. The heap still gets files
 * of safe modes, of which a thousand are kept; beside it resident memory is what the allocator does not give back.
 */
const growth: Rest = { heapBytes: 12 * MiB, residentBytes: 64 * MiB, descriptors: 3, handles: 3 };
/** No request waits longer for the event loop, ms: deriving a key takes about a second, and is done elsewhere. */
const longestDelay = 500;
/** On a machine that has too much to do even who does nothing is held up: so many times as long is allowed. */
const timesIdle = 3;

const samplesOf = (rounds: readonly Round[]): readonly Sample[] => rounds.flatMap(({ samples }) => samples);

type Delay = 'longestDelay' | 'idleDelay';

const share = (samples: readonly Sample[], of: Delay, part: number): number =>
  samples.map((sample) => sample[of]).sort((a, b) => a - b)[Math.floor((samples.length - 1) * part)]!;

const told = (samples: readonly Sample[], of: Delay): string => {
  const [half, most, all] = [0.5, 0.99, 1].map((part) => share(samples, of, part).toFixed());
  return `half below ${half} ms, 99% below ${most} ms, longest ${all} ms`;
};

export function tell({ done, refused, mixtures, faults }: Tally, rounds: readonly Round[]): void {
  const samples = samplesOf(rounds);
  const rests = (held: keyof Rest, of: (value: number) => number | string = Number) =>
    rounds.map(({ rest }) => of(rest[held])).join(', ');
  const lines = [
    `done      ${JSON.stringify(done)}`,
    `refused   ${JSON.stringify(refused)}, faults ${faults.length}, mixtures ${mixtures}`,
    `delay     ${told(samples, 'longestDelay')}`,
    `idle      ${told(samples, 'idleDelay')} (a thread that does nothing)`,
    `processor ${rounds.map(cores).join(', ')} cores in each round`,
    `heap      ${rests('heapBytes', inMiB)} at rest after each round`,
    `resident  ${rests('residentBytes', inMiB)}`,
    `open      descriptors ${rests('descriptors')}; handles ${rests('handles')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Of the server with its threads. */
function cores({ samples }: Round): string {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  return (((last.cpuSeconds - first.cpuSeconds) * 1_000) / (last.at - first.at)).toFixed(2);
}

const inMiB = (bytes: number): string => `${Math.round(bytes / MiB)} MiB`;

/** What was not as promised. */
export function faultsOf({ done, mixtures, faults }: Tally, rounds: readonly Round[]): string[] {
  const samples = samplesOf(rounds);
  const [before, last] = rounds.slice(-2).map(({ rest }) => rest) as [Rest, Rest];
  const grown = (Object.keys(growth) as (keyof Rest)[])
    .filter((held) => last[held] - before[held] > growth[held])
    .map((held) => `${held} grew from ${before[held]} to ${last[held]}`);
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
