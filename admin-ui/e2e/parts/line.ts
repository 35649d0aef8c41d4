import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the server that can be slow, and be cut. */
export interface Line {
  /** The address of the server at this end of the line. */
  url: string;
  /** Breaks every connection and takes no new ones, until mended. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  close: () => Promise<void>;
}

/** Begins a line to a server; `bytesPerSecond` is how fast each connection carries what a browser sends. */
export async function startLine(serverUrl: string, bytesPerSecond: number): Promise<Line> {
  const { hostname, port: serverPort } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let port = 0;

  const listener = createServer((near) => {
    const far = connect(Number(serverPort), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // A cut ends in errors on both sides; the browser is who must cope with them.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (chunk) => {
      near.pause();
      setTimeout(() => far.write(chunk, () => near.resume()), (chunk.byteLength / bytesPerSecond) * 1000);
    });
  });

  async function listen(): Promise<void> {
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    port = (listener.address() as AddressInfo).port;
  }

  async function cut(): Promise<void> {
    const closed = new Promise((resolve) => listener.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await listen();
  return { url: `http://localhost:${port}`, cut, mend: listen, close: cut };
}
