import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Metrics } from '../telemetry/metrics';

export interface MetricsServer {
  port: number;
  stop(): Promise<void>;
}

/**
 * `/metrics` for Prometheus on a port of its own: what no proxy forwards and no container publishes is not public by
 * accident, and needs no password that has to be kept and changed.
 */
export async function serveMetrics(
  metrics: Metrics,
  place: { host: string; port: number },
): Promise<MetricsServer> {
  metrics.watchProcess();
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
