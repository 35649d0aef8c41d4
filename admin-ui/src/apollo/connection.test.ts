import { createConnection } from './connection';
import { retryWait } from './retry';

/** A connection to a server that answers when the test says so; it waits until the test lets it go on. */
function begin() {
  const waits: number[] = [];
  const server = { up: false };
  let goOn: () => void = () => undefined;
  const connection = createConnection({
    answers: () => Promise.resolve(server.up),
    pause: (retries) => {
      waits.push(retries);
      return new Promise((resolve) => (goOn = resolve));
    },
  });
  const heard: string[] = [];
  connection.onBack(() => heard.push('back'));
  async function nextTry(): Promise<void> {
    goOn();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  return { connection, server, waits, heard, nextTry };
}

test('a lost server is asked again with growing pauses until it answers, which everybody hears once', async () => {
  const { connection, server, waits, heard, nextTry } = begin();
  connection.noteLost();
  connection.noteLost();
  expect(connection.lost.value).toBe(true);
  await nextTry();
  await nextTry();
  expect(waits).toEqual([0, 1, 2]);
  expect(heard).toEqual([]);

  server.up = true;
  await nextTry();
  expect(connection.lost.value).toBe(false);
  expect(heard).toEqual(['back']);
  expect(waits).toEqual([0, 1, 2]);
});

test('when a request or the WebSocket is answered first, the asking ends; lost again, it begins anew', async () => {
  const { connection, waits, heard, nextTry } = begin();
  connection.noteLost();
  connection.noteBack();
  await nextTry();
  expect(waits).toEqual([0]);
  connection.noteLost();
  expect(waits).toEqual([0, 0]);
  connection.noteBack();
  connection.noteBack();
  expect(heard).toEqual(['back', 'back']);
});

test('pauses grow to a limit, and two browsers wait differently long', () => {
  expect([0, 1, 2, 20].map((retries) => retryWait(retries, () => 0.5))).toEqual([500, 1000, 2000, 10_000]);
  expect(retryWait(20, () => 0)).toBe(5_000);
  expect(retryWait(20, () => 0.999)).toBeCloseTo(15_000, -2);
});
