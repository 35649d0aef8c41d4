/** Milliseconds. */
const firstWait = 500;
const longestWait = 10_000;

/** Calls its listener when trying again is worthwhile at once; returns how to stop listening. */
export type Signal = (listener: () => void) => () => void;

/**
 * How long to wait before trying again, milliseconds: growing, and never the same for two browsers, which else would all
 * come back to a restarted server at the same moment.
 */
export function retryWait(retries: number, random: () => number = Math.random): number {
  return Math.min(longestWait, firstWait * 2 ** retries) * (0.5 + random());
}

/** Waits before trying again, at most until the browser says that the network is back, or another signal comes. */
export function pauseBeforeRetry(retries: number, ...signals: Signal[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, retryWait(retries));
    const stops = [networkIsBack, ...signals].map((signal) => signal(done));
  });
}

const networkIsBack: Signal = (listener) => {
  window.addEventListener('online', listener);
  return () => window.removeEventListener('online', listener);
};
