import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nextStepOf } from './next-steps';

const server = path.resolve(__dirname, '../../../../server/src');

/** Whatever the work on a backup can be refused with: by itself, by its job, and by what all requests share. */
const sources = ['backup', 'job', 'refusal.ts'].flatMap((name) =>
  name.endsWith('.ts')
    ? [name]
    : readdirSync(path.join(server, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.test)\.ts$/.test(file))
        .map((file) => path.join(name, file)),
);
const textOf = (file: string) => readFileSync(path.join(server, file), 'utf8');

const notShownHere: Record<string, string> = {
  CONFLICT: 'where an upload has come to, from where it goes on by itself',
  OTHER_UNIT: 'a warning of the plan',
  TOO_COMPLEX: 'of queries for lists inside objects, which no backup makes',
};

function codesOfFiles(): string[] {
  const facts = /interface BackupErrorFacts \{([^}]*(?:\{[^}]*\}[^}]*)*)\n\}/.exec(
    textOf('backup/format/backup-error.ts'),
  );
  return [...(facts?.[1] ?? '').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, code]) => code ?? '');
}

function codesOfRefusals(): string[] {
  return sources.flatMap((file) =>
    [...textOf(file).matchAll(/super\(\s*'([A-Z_]+)'/g)].map(([, code]) => code ?? ''),
  );
}

test('the codes are found where the server has them', () => {
  expect(codesOfFiles()).toEqual(expect.arrayContaining(['EMPTY_FILE', 'WRONG_PASSWORD', 'PLAN_STALE']));
  expect(codesOfRefusals()).toEqual(
    expect.arrayContaining(['FORBIDDEN', 'SERVER_STOPPED', 'CONFIRMATION_REQUIRED', 'NOT_UNDOABLE']),
  );
});

test('every code that a backup can be refused with has its own words in the console', () => {
  const unforeseen = nextStepOf('a code that nobody knows');
  const codes = new Set([...codesOfFiles(), ...codesOfRefusals()]);
  const wordless = [...codes].filter((code) => !(code in notShownHere) && nextStepOf(code) === unforeseen);
  expect(wordless).toEqual([]);
});
