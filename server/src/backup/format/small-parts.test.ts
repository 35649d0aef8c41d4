import { type JsonObject } from '../../change/core/json';
import { DerivationBusy, DerivationQueue } from './age/derivation-queue';
import { backupErrorText } from './backup-error';
import { encryptionForm, openingForms, passwordProblem } from './password';
import { type Converters } from './rows/converters';
import { rowReader } from './rows/read-row';
import { rowLine } from './rows/row-line';
import { rowSchemas } from './rows/row-schema';
import { compareUtf8 } from './rows/utf8-order';
import { nestsDeeperThan } from './stream/nesting';

describe('passwords', () => {
  test('four characters are enough, counted as code points after NFC, blanks included', () => {
    expect(passwordProblem('abc')).toContain('at least 4');
    expect(passwordProblem('abcd')).toBeUndefined();
    expect(passwordProblem('  a ')).toBeUndefined();
    expect(passwordProblem('\u{1f600}\u{1f600}')).toContain('at least 4');
    expect(passwordProblem('u\u0308u\u0308')).toContain('at least 4');
    expect(passwordProblem('\u{1f600}'.repeat(4))).toBeUndefined();
  });

  test('1,024 bytes are the most, counted after NFC', () => {
    expect(passwordProblem('x'.repeat(1_024))).toBeUndefined();
    expect(passwordProblem('x'.repeat(1_025))).toContain('at most 1024 bytes');
    expect(passwordProblem('u\u0308'.repeat(512))).toBeUndefined();
  });

  test('NFC encrypts and is tried first, the raw form after it where it differs', () => {
    expect(encryptionForm('u\u0308ber')).toBe('\u00fcber');
    expect(openingForms('u\u0308ber')).toEqual(['\u00fcber', 'u\u0308ber']);
    expect(openingForms('plain')).toEqual(['plain']);
  });
});

describe('the queue of key derivations', () => {
  test('one runs at a time, in turn, and more than the queue holds are refused', async () => {
    const queue = new DerivationQueue(2);
    const order: string[] = [];
    const over = await queue.turn();
    const waiting = ['first', 'second'].map(async (name) => {
      const next = await queue.turn();
      order.push(name);
      next();
    });
    await expect(queue.turn()).rejects.toThrow(DerivationBusy);
    expect(order).toEqual([]);
    over();
    over();
    await Promise.all(waiting);
    expect(order).toEqual(['first', 'second']);
    (await queue.turn())();
  });

  test('a turn that is over twice frees one place only', async () => {
    const queue = new DerivationQueue(1);
    const first = await queue.turn();
    first();
    const second = await queue.turn();
    first();
    let isThirdIn = false;
    const third = queue.turn().then(() => (isThirdIn = true));
    await Promise.resolve();
    expect(isThirdIn).toBe(false);
    second();
    await third;
  });
});

describe('the order of rows', () => {
  test('is that of UTF-8 bytes for every mix of characters', () => {
    const samples = [
      '',
      'a',
      'ab',
      'B',
      'é',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{10ffff}',
      'a\u{10000}',
      'a\uffff',
    ];
    for (const a of samples)
      for (const b of samples)
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
  });
});

describe('rows of older versions', () => {
  const converters: Converters = {
    profiles: {
      1: (row) => ({ ...row, roles: (row['roles'] as string).split(' ') }),
      2: (row) => ({ ...row, name: `${row['name'] as string}!` }),
    },
  };
  const schema = { ...rowSchemas.profiles, version: 3 };
  const old: JsonObject = { id: 'a', name: 'x', roles: 'USER ADMIN', workspaces: [] };

  test('go through every converter from their version on', () => {
    const row = rowReader('profiles', 1, schema, converters)(old).row;
    expect(row).toEqual({ id: 'a', name: 'x!', roles: ['USER', 'ADMIN'], workspaces: [] });
    expect(rowReader('profiles', 3, schema, converters)(old).problems).toEqual([
      { field: 'roles', problem: 'must be a list' },
    ]);
  });

  test('a version without a converter is a fault of ours', () => {
    expect(() => rowReader('profiles', 1, { ...schema, version: 4 }, converters)).toThrow('version 3');
  });
});

describe('lines of rows', () => {
  test('have their fields in the order of the format, absent ones left out', () => {
    const line = rowLine('workspaces', {
      shared: true,
      layout: 'single',
      name: 'x',
      id: 'a',
      owner: undefined,
    });
    expect(line).toBe('{"t":"row","v":{"id":"a","name":"x","layout":"single","shared":true}}\n');
  });
});

describe('nesting', () => {
  test('counts brackets outside of strings only', () => {
    expect(nestsDeeperThan('[[[]]]', 3)).toBe(false);
    expect(nestsDeeperThan('[[[]]]', 2)).toBe(true);
    expect(nestsDeeperThan('[[],[],{"a":[]}]', 3)).toBe(false);
    expect(nestsDeeperThan(String.raw`["[[[[\"[[[", "\\", []]`, 2)).toBe(false);
    expect(nestsDeeperThan(String.raw`["\\\"[[[[[[`, 1)).toBe(false);
    expect(nestsDeeperThan(String.raw`["\\", [[`, 2)).toBe(true);
  });
});

describe('texts', () => {
  test('every code has a text of its own that says what to do', () => {
    const texts = [
      backupErrorText('EMPTY_FILE', {}),
      backupErrorText('NOT_A_BACKUP', { looksLike: 'JSON' }),
      backupErrorText('TRUNCATED', {}),
      backupErrorText('DAMAGED', { part: 'payload' }),
      backupErrorText('WRONG_PASSWORD', {}),
      backupErrorText('KDF_TOO_COSTLY', { found: 22, maximum: 18 }),
      backupErrorText('NEWER_VERSION', { version: '2.0.0', needs: 'the feature "x"' }),
      backupErrorText('INCOMPLETE_BACKUP', { missing: 'it ends without a footer' }),
      backupErrorText('INVALID_CONTENT', { problems: [], problemCount: 1 }),
      backupErrorText('TOO_LARGE', { limit: 'rows', found: 6, maximum: 5 }),
      backupErrorText('OTHER_UNIT', { unitName: 'News', environment: 'stage' }),
      backupErrorText('UPLOAD_EXPIRED', {}),
      backupErrorText('UPLOAD_CHANGED', {}),
      backupErrorText('PLAN_STALE', {}),
    ];
    expect(new Set(texts).size).toBe(14);
    for (const text of texts) expect(text.split(/[.:;] /).length).toBeGreaterThan(1);
  });
});
