import { type EventEmitter } from 'node:events';

/** Waits for the first of some events, and leaves no listener behind. */
export async function anyEvent(emitter: EventEmitter, ...names: string[]): Promise<void> {
  let resolve = () => {};
  const happened = new Promise<void>((resolved) => (resolve = resolved));
  for (const name of names) emitter.once(name, resolve);
  await happened;
  for (const name of names) emitter.off(name, resolve);
}
