import { CloseCode } from 'graphql-ws';
import { type WebSocket } from 'ws';
import { hours, minutes } from '../access/clock';

/** A session that nobody uses ends, too: how often an open socket is judged again, ms. */
const judgedEvery = hours(1);
/** Until the database is asked again that could not be reached, ms. */
const retriedAfter = minutes(1);

/**
 * Closes a socket when what it was opened with is over: a page that stays open must not outlive its session.
 * @param end when it ends by itself; null: not at a known time
 * @param judge answers the same as of now, nothing where it is over
 */
export function closeWhenOver(
  socket: WebSocket,
  end: Date | null,
  judge: () => Promise<Date | null | undefined>,
): void {
  let timer: NodeJS.Timeout;
  const judgeIn = (time: number) => {
    timer = setTimeout(() => void judgeAgain(), time);
    timer.unref();
  };
  const judgeAt = (at: Date | null) =>
    judgeIn(Math.min(judgedEvery, at ? Math.max(at.getTime() - Date.now(), 0) + 1 : judgedEvery));
  const judgeAgain = async () => {
    try {
      const next = await judge();
      if (socket.readyState !== socket.OPEN) return;
      if (next === undefined) socket.close(CloseCode.Forbidden, 'Access has ended');
      else judgeAt(next);
    } catch {
      judgeIn(retriedAfter);
    }
  };
  judgeAt(end);
  socket.once('close', () => clearTimeout(timer));
}
