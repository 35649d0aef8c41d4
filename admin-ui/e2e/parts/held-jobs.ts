import type { Page, WebSocketRoute } from 'playwright-core';

export interface HeldJobs {
  /** From now on the page hears of jobs that end only that they are at work. */
  hold: () => void;
  /** Lets the page hear what it missed. */
  release: () => void;
}

/** Stands between a page and its WebSocket, so that a job can be looked at while it runs. Call it before the page loads. */
export async function heldJobs(page: Page): Promise<HeldJobs> {
  let held = false;
  let missed: (() => void)[] = [];
  await page.routeWebSocket(/\/graphql$/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const text = String(message);
      if (!held || !text.includes('"state":"DONE"')) return socket.send(message);
      missed.push(() => socket.send(message));
      socket.send(
        text
          .replace('"state":"DONE"', '"state":"RUNNING"')
          .replace(/"stage":null/, '"stage":"Reading"')
          .replace(/"progress":1\b/, '"progress":0.42'),
      );
    });
  });
  return {
    hold: () => (held = true),
    release() {
      held = false;
      for (const send of missed) send();
      missed = [];
    },
  };
}
