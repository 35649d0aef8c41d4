import { TestServer } from '../parts/running-server';

/** What every answer says to browsers, whatever it answers. */
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ PUBLIC_URL: 'https://board.example', ENVIRONMENT: 'prod' });
});
afterAll(() => server.stop());

const paths = ['/healthz', '/readyz', '/graphql', '/api/backup/exports/none'];

test.each(paths)('%s: only our scripts run, nobody frames us, and no type is guessed', async (path) => {
  const { headers } = await fetch(server.url + path);
  const policy = new Map(
    headers
      .get('content-security-policy')!
      .split(';')
      .map((directive): [string, string] => {
        const [name = '', ...sources] = directive.trim().split(' ');
        return [name, sources.join(' ')];
      }),
  );
  expect(policy.get('default-src')).toBe("'self'");
  expect(policy.get('script-src')).toBe("'self'");
  // Whatever runs in a page by mistake can send nothing to anybody else, over a WebSocket neither.
  expect(policy.get('connect-src')).toBe("'self'");
  expect(policy.get('object-src')).toBe("'none'");
  expect(policy.get('frame-ancestors')).toBe("'none'");
  expect(policy.get('base-uri')).toBe("'self'");
  expect(policy.get('form-action')).toBe("'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test.each(['/api/nothing', '/api/backup/uploads'])(
  '%s: what is not there runs nothing at all',
  async (path) => {
    const { headers } = await fetch(server.url + path);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('a server that is reached without TLS promises none', async () => {
  const plain = await TestServer.start();
  const { headers } = await fetch(`${plain.url}/healthz`);
  expect(headers.get('strict-transport-security')).toBeNull();
  await plain.stop();
});

test('in production the schema is not told, and a mistake is not helped with its names', async () => {
  const { errors } = await server.graphql('{ __schema { types { name } } }');
  expect(errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  const { errors: typo } = await server.graphql('{ viewr { id } }');
  expect(JSON.stringify(typo)).not.toContain('viewer');
});
