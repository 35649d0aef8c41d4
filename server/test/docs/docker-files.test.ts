import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readSettings, settingDescriptions } from '../../src/settings';

/** What docker/ says fits the server, as far as that can be told without an engine. */
const read = (name: string) => readFileSync(path.resolve(__dirname, '../../../docker', name), 'utf8');

interface Service {
  environment?: Record<string, string | number>;
  depends_on?: Record<string, unknown> | string[];
}
const composeText = read('compose.yaml');
const { services } = parse(composeText, { merge: true }) as { services: Record<string, Service> };
const servers = Object.keys(services).filter((name) => name.startsWith('server-'));
const known = new Set(settingDescriptions().map(({ name }) => name));

/** The example of an environment file, with a value for each secret. */
const example = Object.fromEntries(
  [...read('env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [
    name!,
    value === '' && !['BACKUP_ENABLED', 'SERVER_KEY_OTHER'].includes(name!) ? 'ab'.repeat(32) : value!,
  ]),
);
const filledIn = (value: string | number) =>
  String(value).replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => example[name] ?? '');

test('there are two servers, and all that they are given are settings that they accept', () => {
  expect(servers).toHaveLength(2);
  for (const name of servers) {
    const environment = services[name]!.environment!;
    expect(Object.keys(environment).filter((setting) => !known.has(setting))).toEqual([]);
    const given = Object.fromEntries(
      Object.entries(environment).map(([setting, value]) => [setting, filledIn(value)]),
    );
    expect(readSettings(given)).toMatchObject({ environment: 'prod', backupEnabled: false, trustProxy: 1 });
  }
});

test('the example of the environment names what is asked for, and nothing else', () => {
  const asked = [...composeText.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);
  expect(new Set(Object.keys(example))).toEqual(new Set(asked));
});

test('what services wait for is there', () => {
  for (const { depends_on: others = [] } of Object.values(services)) {
    const names = Array.isArray(others) ? others : Object.keys(others);
    expect(names.filter((name) => !(name in services))).toEqual([]);
  }
});

test('the image sets settings only', () => {
  const [, line] = /^ENV (.+)$/m.exec(read('Dockerfile'))!;
  const names = line!.split(' ').map((assignment) => assignment.split('=')[0]!);
  expect(names.filter((name) => name !== 'NODE_ENV' && !known.has(name))).toEqual([]);
});

test('the proxy knows every server, and lets through what they take', () => {
  const proxy = read('nginx.conf');
  const addressed = [...proxy.matchAll(/^\s*server (server-\d+):(\d+)/gm)].map(([, name, port]) => [
    name,
    port,
  ]);
  expect(addressed).toEqual(servers.map((name) => [name, '4000']));
  const largest = [...proxy.matchAll(/client_max_body_size (\d+)m/g)].map(
    ([, size]) => Number(size) * 1024 ** 2,
  );
  expect(Math.max(...largest)).toBeGreaterThanOrEqual(readSettings({}).limits.uploadBytes);
});
