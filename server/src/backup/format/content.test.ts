import { createHash } from 'node:crypto';
import { type JsonObject } from '../../change/core/json';
import {
  asStream,
  collected,
  factsFor,
  gathered,
  inPieces,
  someRows,
  sourceOf,
} from '../../../test/builders/backup-file';
import { BackupError } from './backup-error';
import { defaultLimits } from './limits';
import { openText, type ReadingOptions } from './reader';
import { type Rows, type Section, sections } from './rows/section';
import { backupText } from './writer';

type Line = JsonObject | string;

/** The lines of the sample after the header, without its footer. */
async function sampleLines(rows = someRows()): Promise<{ header: JsonObject; body: JsonObject[] }> {
  const text = (await gathered(backupText(factsFor(rows), sourceOf(rows)))).toString();
  const [header, ...body] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);
  return { header: header!, body: body.slice(0, -1) };
}

/** The text of these lines, with the footer and the counts that belong to them. */
function textOf(header: JsonObject, body: Line[]): string {
  const counts = Object.fromEntries(sections.map((name) => [name, 0]));
  const announced = { ...header };
  let open = '';
  const lines = body.map((line) => {
    if (typeof line !== 'string' && line['t'] === 'section') open = line['name'] as string;
    else if ((typeof line === 'string' || line['t'] === 'row') && open in counts) counts[open]! += 1;
    if (typeof line !== 'string' && line['t'] === 'sectionEnd') {
      open = '';
      return JSON.stringify({ ...line, rows: counts[line['name'] as string] ?? 0 }) + '\n';
    }
    return (typeof line === 'string' ? line : JSON.stringify(line)) + '\n';
  });
  const content = lines.join('');
  announced['counts'] = counts;
  announced['sections'] = (header['sections'] as JsonObject[]).map((section) => ({
    ...section,
    rows: counts[section['name'] as string] ?? 0,
  }));
  const footer = {
    t: 'footer',
    rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  };
  return JSON.stringify(announced) + '\n' + content + JSON.stringify(footer) + '\n';
}

async function read(text: string | Buffer, options: ReadingOptions = {}) {
  const backup = await openText(inPieces(Buffer.from(text), 1_000), options);
  const batches = await collected(backup.batches());
  return { backup, batches };
}

async function refusal(text: string | Buffer, options: ReadingOptions = {}): Promise<BackupError> {
  const error: unknown = await read(text, options).catch((thrown: unknown) => thrown);
  if (error instanceof BackupError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

/** The problems of a sample in which one section has other rows. */
async function problemsWith<S extends Section>(
  section: S,
  rows: JsonObject[] | Rows[S][],
  options?: ReadingOptions,
) {
  const { header, body } = await sampleLines();
  const start = body.findIndex((line) => line['t'] === 'section' && line['name'] === section);
  const end = body.findIndex((line) => line['t'] === 'sectionEnd' && line['name'] === section);
  const lines = (rows as JsonObject[]).map((v) => ({ t: 'row', v }));
  const error = await refusal(
    textOf(header, [...body.slice(0, start + 1), ...lines, ...body.slice(end)]),
    options,
  );
  if (!error.is('INVALID_CONTENT')) throw error;
  return error.facts.problems;
}

const configKey = (key: string, more: JsonObject = {}): JsonObject => ({
  key,
  value: 1,
  secret: false,
  ...more,
});

describe('what a backup holds', () => {
  test('the text that these tests put together is read', async () => {
    const { header, body } = await sampleLines();
    expect((await read(textOf(header, body))).batches).toHaveLength(5);
  });

  test('rows out of order and rows twice are problems, by the order of UTF-8 bytes', async () => {
    const problems = await problemsWith(
      'configKeys',
      ['a', 'c', 'b', 'b', '\u{1f600}', '\u{ff5e}'].map((key) => configKey(key)),
    );
    expect(problems.map(({ name, field, problem }) => [name, field, problem])).toEqual([
      ['b', 'key', 'is not greater than in the row before'],
      ['b', 'key', 'is the same as in the row before'],
      ['\u{ff5e}', 'key', 'is not greater than in the row before'],
    ]);
  });

  test('each wrong field is a problem with section, line, name and field', async () => {
    const problems = await problemsWith('configKeys', [
      configKey('a'),
      { key: 'b', value: 1, secret: 'no' },
      { key: 'c' },
    ]);
    expect(problems).toEqual([
      { section: 'configKeys', line: 20, name: 'b', field: 'secret', problem: 'must be true or false' },
      { section: 'configKeys', line: 21, name: 'c', field: 'value', problem: 'is missing' },
      { section: 'configKeys', line: 21, name: 'c', field: 'secret', problem: 'is missing' },
    ]);
  });

  test.each<[string, Section, JsonObject, string]>([
    ['an id with a blank', 'profiles', { id: 'a b', name: 'x', roles: [], workspaces: [] }, 'id'],
    [
      'an id of 37 characters',
      'profiles',
      { id: 'x'.repeat(37), name: 'x', roles: [], workspaces: [] },
      'id',
    ],
    [
      'a name that is half a character',
      'profiles',
      { id: 'a', name: '\ud800', roles: [], workspaces: [] },
      'name',
    ],
    ['a role twice', 'profiles', { id: 'a', name: 'x', roles: ['USER', 'USER'], workspaces: [] }, 'roles'],
    ['roles that are no list', 'profiles', { id: 'a', name: 'x', roles: 'USER', workspaces: [] }, 'roles'],
    [
      'a position that is no number',
      'applications',
      {
        id: 'a',
        workspaceId: '0191-own',
        pluginId: '0190-wire',
        area: 'main',
        position: 0.5,
        configuration: {},
      },
      'position',
    ],
    [
      'an icon that is null',
      'workspaces',
      { id: '0191-own', name: 'x', icon: null, layout: 'single', shared: true },
      'icon',
    ],
  ])('%s is a problem of its field', async (_, section, row, field) => {
    expect((await problemsWith(section, [row]))[0]).toMatchObject({ section, field });
  });

  test('two profiles whose names differ only in case, and two plugins with one bundle, are problems', async () => {
    const profile = (id: string, name: string) => ({ id, name, roles: [], workspaces: [] });
    const twice = 'is the same as that of an earlier row';
    expect(await problemsWith('profiles', [profile('a', 'Straße'), profile('b', 'STRASSE')])).toMatchObject([
      { name: 'STRASSE', field: 'name', problem: twice },
    ]);
    const [clock, wire] = someRows().plugins;
    expect(await problemsWith('plugins', [clock!, { ...wire!, bundle: clock!.bundle }])).toMatchObject([
      { field: 'bundle', problem: twice },
    ]);
  });

  test('references that lead nowhere are problems; a mapping may point ahead', async () => {
    const [clock, wire] = someRows().plugins;
    const lost = { ...wire!, mappings: { x: { pluginId: 'gone', name: 'n' } } };
    expect(await problemsWith('plugins', [clock!, lost])).toMatchObject([
      {
        section: 'plugins',
        name: wire!.bundle,
        field: 'mappings/x',
        problem: expect.stringContaining('gone') as string,
      },
    ]);
    const [application] = someRows().applications;
    const problems = await problemsWith('applications', [
      { ...application!, workspaceId: 'w', pluginId: 'p' },
    ]);
    expect(problems.map(({ field }) => field)).toEqual(['workspaceId', 'pluginId']);
    expect(
      await problemsWith('profiles', [{ id: 'a', name: 'x', roles: [], workspaces: ['w'] }]),
    ).toMatchObject([
      { field: 'workspaces', problem: 'refers to the workspace w, which is not in the backup' },
    ]);
  });

  test('what ordinary validation says of an object is a problem of its row', async () => {
    const { header, body } = await sampleLines();
    const error = await refusal(textOf(header, body), {
      faults: (given) =>
        given.section === 'configKeys' && given.row.key === 'feed'
          ? [{ field: 'value/url', problem: 'is down' }]
          : [],
    });
    expect(error.facts).toMatchObject({
      problems: [{ name: 'feed', field: 'value/url', problem: 'is down' }],
      problemCount: 1,
    });
  });

  test('of many problems the first hundred are listed and all are counted', async () => {
    const { header, body } = await sampleLines();
    const rows = Array.from({ length: 250 }, () => ({ t: 'row', v: {} }));
    const error = await refusal(textOf(header, [...body.slice(0, -1), ...rows, body.at(-1)!]));
    if (!error.is('INVALID_CONTENT')) throw error;
    expect([error.facts.problems.length, error.facts.problemCount]).toEqual([100, 750]);
    expect(error.message).toContain('750 problems were found');
  });

  test('a row that is no JSON, no object or no UTF-8 is a problem, and reading goes on', async () => {
    const { header, body } = await sampleLines();
    const lines = [
      ...body.slice(0, -1),
      '{"t":"row"',
      '[]',
      '{"t":"row"}',
      '{"t":"row","v":{}',
      body.at(-1)!,
    ];
    const error = await refusal(textOf(header, lines));
    if (!error.is('INVALID_CONTENT')) throw error;
    expect(error.facts.problems.map(({ problem }) => problem)).toEqual([
      'is not JSON',
      'is not a JSON object',
      'is a row without "v"',
      'is not JSON',
    ]);
    const text = textOf(header, [...body.slice(0, -1), 'BROKEN', body.at(-1)!]);
    const bytes = Buffer.from(text.replace('BROKEN', '\u00ff\u00fe'), 'latin1');
    // Changing bytes after the fact breaks the footer, and an unproved text says so first.
    expect((await refusal(bytes)).code).toBe('INCOMPLETE_BACKUP');
  });

  test('unknown fields are left out with one warning each, and __proto__ is only an unknown field', async () => {
    const { header, body } = await sampleLines();
    const hostile =
      '{"t":"row","v":{"key":"zz1","value":{"__proto__":{"x":1}},"secret":false,"__proto__":{"admin":true},"more":1}}';
    const another = '{"t":"row","v":{"key":"zz2","value":1,"secret":false,"more":2,"constructor":3}}';
    const rows = someRows({ configKeys: [] });
    const empty = await sampleLines(rows);
    const { backup, batches } = await read(
      textOf(header, [...empty.body.slice(0, -1), hostile, another, body.at(-1)!]),
    );
    expect(backup.warnings().map(({ field, line }) => [field, line])).toEqual([
      ['__proto__', 19],
      ['more', 19],
      ['constructor', 20],
    ]);
    const row = batches.at(-1)!.rows[0] as Rows['configKeys'];
    expect(Object.keys(row)).toEqual(['key', 'value', 'secret']);
    expect('admin' in row).toBe(false);
    expect(JSON.stringify(row.value)).toBe('{"__proto__":{"x":1}}');
    expect(({} as JsonObject)['admin']).toBeUndefined();
  });

  test('__proto__ as a permission or mapping stays an ordinary key', async () => {
    const { header, body } = await sampleLines();
    const text = textOf(header, body).split('\n');
    const plugin =
      '{"t":"row","v":{"id":"0190-a","bundle":"b","manifest":{},"enabled":true,"configuration":{},"permissions":{"__proto__":["ADMIN"]},"mappings":{"__proto__":{"pluginId":"0190-clock","name":"n","__proto__":1}}}}';
    expect(text[2]).toContain('0190-clock');
    const { batches } = await read(textOf(header, [body[0]!, plugin, ...body.slice(1)]));
    const row = batches[0]!.rows[0] as Rows['plugins'];
    expect(JSON.stringify([row.permissions, row.mappings])).toBe(
      '[{"__proto__":["ADMIN"]},{"__proto__":{"pluginId":"0190-clock","name":"n"}}]',
    );
    expect(Array.isArray(Object.getPrototypeOf(row.permissions))).toBe(false);
  });
});

describe('the order of lines', () => {
  test('sections swapped, begun twice, ended twice or rows outside are problems that end the reading', async () => {
    const { header, body } = await sampleLines();
    const row = { t: 'row', v: configKey('k') };
    const swapped = [...body.slice(4, 8), ...body.slice(0, 4), ...body.slice(8)];
    const cases: [Line[], string][] = [
      [swapped, 'begins a section out of order'],
      [[body[0]!, ...body], 'begins a section out of order'],
      [[...body, body.at(-1)!], 'ends a section that is not open'],
      [[row, ...body], 'is a row outside of any section'],
      [[...body, row], 'is a row outside of any section'],
      [['nonsense', ...body], 'is not JSON'],
      [[header, ...body], 'is a second header'],
      [[{ kind: 'row' }, ...body], 'has no kind ("t")'],
    ];
    for (const [lines, problem] of cases) {
      const error = await refusal(textOf(header, lines));
      expect([error.code, error.facts]).toMatchObject(['INVALID_CONTENT', { problems: [{ problem }] }]);
    }
  });

  test('anything after the footer is a problem, in whatever pieces it comes', async () => {
    const { header, body } = await sampleLines();
    const text = textOf(header, body);
    for (const pieces of [[text + '{}\n'], [text, '{}\n'], [text, '\n'], [text, text], [text, 'x']]) {
      const reading = openText(asStream(pieces.map((piece) => Buffer.from(piece)))).then((b) =>
        collected(b.batches()),
      );
      await expect(reading).rejects.toMatchObject({
        code: 'INVALID_CONTENT',
        facts: { problems: [{ problem: 'follows after the end of the backup', line: 25 }] },
      });
    }
  });

  test('a text that stops anywhere before its footer is whole is incomplete, also at the ends of lines', async () => {
    const { header, body } = await sampleLines();
    const text = textOf(header, body);
    const afterHeader = text.indexOf('\n') + 1;
    for (let end = afterHeader; end < text.length - 1; end += 13) {
      const { code } = await refusal(text.slice(0, end));
      expect([end, ['INCOMPLETE_BACKUP', 'INVALID_CONTENT'].includes(code)]).toEqual([end, true]);
    }
    for (let end = text.indexOf('\n', afterHeader); end < text.length - 1; end = text.indexOf('\n', end + 1))
      expect([end, (await refusal(text.slice(0, end + 1))).code]).toEqual([end, 'INCOMPLETE_BACKUP']);
  });

  test('a section or rows that were taken out make the backup incomplete', async () => {
    const { header, body } = await sampleLines();
    expect((await refusal(textOf(header, body.slice(0, -6)))).message).toContain(
      'the section configKeys is missing',
    );
    const text = textOf(header, body);
    const withoutRow = text.replace(/\{"t":"row","v":\{"key":"banner".*\n/, '');
    expect(withoutRow).not.toBe(text);
    expect((await refusal(withoutRow)).message).toContain('3 configKeys are there');
  });

  test('a footer with another count, size or hash makes the backup incomplete, and says what differs', async () => {
    const { header, body } = await sampleLines();
    const text = textOf(header, body);
    const changes: [RegExp, string, string][] = [
      [/"rows":12,/, '"rows":13,', '13 rows'],
      [/"bytes":\d/, '"bytes":9', 'bytes'],
      [/"sha256":"\w{8}/, '"sha256":"00000000', 'hash'],
      [/("footer".*"profiles":)2/, '$13', '3 profiles'],
      [/"sha256".*/, '"sha256":1}', 'not a whole footer'],
      [/Good morning/, 'Good evening', 'hash'],
    ];
    for (const [part, replacement, words] of changes) {
      const error = await refusal(text.replace(part, replacement));
      expect(error.code).toBe('INCOMPLETE_BACKUP');
      expect(error.message).toContain(words);
    }
  });
});

describe('versions', () => {
  test.each<[string, JsonObject, string]>([
    ['a newer reader', { minReader: 2 }, 'format version 2'],
    ['an unknown feature', { features: ['split'] }, 'the feature "split"'],
    ['an unknown section', { sections: [{ name: 'themes', version: 1, rows: 0 }] }, 'the section "themes"'],
    ['newer rows', { sections: [{ name: 'profiles', version: 2, rows: 0 }] }, 'profiles of version 2'],
    ['a newer reader and another shape', { minReader: 3, unit: 'Newsroom' }, 'format version 3'],
  ])('%s is named, with the version that wrote the file', async (_, change, words) => {
    const { header, body } = await sampleLines();
    const error = await refusal(
      JSON.stringify({ ...header, appVersion: '9.1.0', ...change }) + '\n' + JSON.stringify(body[0]),
    );
    expect(error.code).toBe('NEWER_VERSION');
    expect(error.message).toContain('Safeboard 9.1.0');
    expect(error.message).toContain(words);
  });

  test('lines and sections of an unknown kind after the header are of a newer version, too', async () => {
    const { header, body } = await sampleLines();
    const lines: Line[] = [{ t: 'index' }, { t: 'section', name: 'themes' }];
    for (const line of lines)
      expect((await refusal(textOf(header, [line, ...body]))).code).toBe('NEWER_VERSION');
  });

  test('a newer format that this reader understands is read', async () => {
    const { header, body } = await sampleLines();
    const { backup } = await read(textOf({ ...header, formatVersion: 5, colour: 'red' }, body));
    expect(backup.header.formatVersion).toBe(5);
  });

  test('a header with a wrong shape is invalid content on line 1', async () => {
    const { header, body } = await sampleLines();
    for (const change of [{ unit: 'x' }, { createdAt: 'today' }, { counts: {} }, { sections: [] }])
      expect(
        (await refusal(JSON.stringify({ ...header, ...change }) + '\n' + JSON.stringify(body[0]))).facts,
      ).toMatchObject({
        problems: expect.arrayContaining([expect.objectContaining({ line: 1 })]) as object,
      });
  });

  test('the limits of depth and line length hold inside rows', async () => {
    const { header, body } = await sampleLines();
    const nested = (depth: number) =>
      `{"t":"row","v":{"key":"zz","value":${'['.repeat(depth)}${']'.repeat(depth)},"secret":false}}`;
    const withRow = (line: string) =>
      textOf(header, [
        ...body.slice(0, -1).filter((l) => !JSON.stringify(l).includes('"key"')),
        line,
        body.at(-1)!,
      ]);
    expect((await read(withRow(nested(64)))).batches).toHaveLength(5);
    expect((await refusal(withRow(nested(65)))).facts).toMatchObject({ limit: 'jsonDepth', maximum: 64 });
    expect((await refusal(withRow('['.repeat(3_000_000)))).facts).toMatchObject({ limit: 'jsonDepth' });
    const long = await refusal(withRow(JSON.stringify('x'.repeat(9_000_000))));
    expect(long.facts).toMatchObject({ limit: 'lineBytes', maximum: defaultLimits.lineBytes });
    expect((long.facts as { found: number }).found).toBeLessThan(8_500_000);
  });
});
