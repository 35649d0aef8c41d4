import { type WebSocket } from 'ws';

/** Bytes that may wait on a socket; a client that reads slower than this gets only the latest. */
const mostWaiting = 256 * 1024;
/** How often it is looked whether a slow client has caught up, ms. */
const patience = 250;

/** Writes the answers of one subscription to its socket. */
export class Outlet {
  private readonly start: string;
  private late: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: WebSocket,
    /** The client's own id of the subscription. */
    id: string,
  ) {
    this.start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  }

  /** @param answer as JSON */
  send(answer: string): void {
    if (this.socket.bufferedAmount <= mostWaiting) {
      this.late = undefined;
      if (this.socket.readyState === this.socket.OPEN) this.socket.send(`${this.start}${answer}}`);
      return;
    }
    this.late = answer;
    this.timer ??= setInterval(() => this.tryAgain(), patience);
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.late = undefined;
  }

  private tryAgain(): void {
    if (this.late !== undefined) this.send(this.late);
    if (this.late === undefined) this.close();
  }
}
