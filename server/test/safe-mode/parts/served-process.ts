/**
 * A server in a process of its own, told what to do by messages of its parent, which stays at a marked place:
 * `node -r scripts/from-source.cjs …`.
 */
import 'reflect-metadata';
import { type App, createApp } from '../../../src/app';
import { startServer } from '../../../src/http/server';
import { createLogger } from '../../../src/logger';
import { type CheckpointName } from '../../../src/checkpoint';
import { type Settings } from '../../../src/settings';
import { endOrphanedJobs, remainsOf, tidyUp } from '../../parts/remains';
import { testSettings } from '../../parts/running-server';
import { type Place } from '../../parts/place';

/** What a parent may ask for, one after the other. */
export type Order =
  | { do: 'serve'; place: Omit<Place, 'remove'>; environment: Record<string, string> }
  /** Stays at this place, once, until it is told to go on. */
  | { do: 'halt at'; place: CheckpointName }
  | { do: 'go on' }
  | { do: 'end orphaned jobs' }
  | { do: 'tidy up' }
  | { do: 'tell remains' };

/** What it says: what came of an order, or that it has come to the place to stay at. */
export interface Message {
  /** Of the order. */
  number?: number;
  answered?: unknown;
  error?: string;
  reached?: CheckpointName;
}

let app: App;
let haltAt: CheckpointName | undefined;
let goOn: () => void = () => undefined;

process.on('disconnect', () => process.exit(1));
process.on('message', ({ number, ...order }: Order & { number: number }) => {
  if (order.do === 'go on') return goOn();
  carryOut(order).then(
    // What is undefined would be left out on the way.
    (answered) => send({ number, answered: answered ?? null }),
    (error: unknown) => send({ number, answered: null, error: String(error) }),
  );
});
send({ answered: 'ready' });

async function carryOut(order: Exclude<Order, { do: 'go on' }>): Promise<unknown> {
  switch (order.do) {
    case 'serve':
      return serve(testSettings(order.place, order.environment));
    case 'halt at':
      haltAt = order.place;
      return undefined;
    case 'end orphaned jobs':
      return endOrphanedJobs(app);
    case 'tidy up':
      return tidyUp(app);
    case 'tell remains':
      return remainsOf(app);
  }
}

async function serve(settings: Settings): Promise<string> {
  app = await createApp(settings, createLogger(settings.logLevel), () => 'http://localhost', halted);
  await app.setUp.start(settings);
  const { port } = await startServer(app);
  return `http://127.0.0.1:${port}`;
}

async function halted(name: CheckpointName): Promise<void> {
  if (name !== haltAt) return;
  haltAt = undefined;
  const told = new Promise<void>((resolve) => (goOn = resolve));
  send({ reached: name });
  await told;
}

function send(message: Message): void {
  process.send!(message);
}
