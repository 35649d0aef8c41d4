import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import {
  asStream,
  collected,
  encryptedByHand,
  factsFor,
  gathered,
  inPieces,
  keyOf,
  type SampleRows,
  someRows,
  sourceOf,
  throughAgeHere,
} from '../../../test/builders/backup-file';
import { inspectAgeHeader } from './age/age-header';
import { openHeader } from './age/age-stream';
import { defaultLimits } from './limits';
import { type BackupProof } from './lines/footer';
import { openBackup, openText } from './reader';
import { RegisterPass } from './register';
import { noCounts } from './rows/section';
import { paddedResidue, paddingUnit } from './stream/padding';
import { ExportNotVerified, verifyExport } from './verify';
import { backupText, writeBackup } from './writer';

const noRows: SampleRows = { plugins: [], workspaces: [], applications: [], profiles: [], configKeys: [] };

async function readRows(file: Uint8Array, password = 'pass') {
  const backup = await openBackup(inPieces(file), await keyOf(file, password), {
    throughAge: throughAgeHere,
  });
  return rowsOf(backup);
}

async function rowsOf(backup: Awaited<ReturnType<typeof openText>>) {
  const rows: SampleRows = { plugins: [], workspaces: [], applications: [], profiles: [], configKeys: [] };
  for (const batch of await collected(backup.batches()))
    (rows[batch.section] as unknown[]).push(...batch.rows);
  return rows;
}

async function decrypted(file: Uint8Array, password: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(password);
  return decrypter.decrypt(file);
}

const textOf = (rows: SampleRows) => gathered(backupText(factsFor(rows), sourceOf(rows)));
const write = (rows: SampleRows, password = 'pass') =>
  gathered(writeBackup(factsFor(rows), sourceOf(rows), { password, workFactor: 1 }));

describe('writing and reading a backup', () => {
  test('what was written is read again, through worker threads', async () => {
    const rows = someRows();
    let proof: BackupProof | undefined;
    const seen: number[] = [];
    const register = new RegisterPass(defaultLimits);
    const file = await gathered(
      register.through(
        writeBackup(factsFor(rows), sourceOf(rows), {
          password: 'pass',
          workFactor: 2,
          onProof: (proven) => (proof = proven),
          onRows: (count) => seen.push(count),
        }),
      ),
    );

    const key = await openHeader(inspectAgeHeader(file, file.length, defaultLimits), 'pass');
    const backup = await openBackup(inPieces(file, 7), key);
    expect(backup.header).toMatchObject({ ...factsFor(rows), features: [], formatVersion: 1 });
    expect(await rowsOf(backup)).toEqual(rows);
    expect(backup.warnings()).toEqual([]);
    expect(seen).toEqual([2, 4, 6, 8, 12]);

    await verifyExport(inPieces(file), key, proof!);
    expect(register.facts()).toMatchObject({ fileBytes: file.length });
  });

  test('a written file that is cut is not verified', async () => {
    const rows = someRows();
    let proof: BackupProof | undefined;
    const file = await gathered(
      writeBackup(factsFor(rows), sourceOf(rows), {
        password: 'pass',
        workFactor: 1,
        onProof: (p) => (proof = p),
      }),
    );
    const key = await keyOf(file);
    const verify = (bytes: Uint8Array, expected: BackupProof) =>
      verifyExport(inPieces(bytes), key, expected, { throughAge: throughAgeHere });
    await verify(file, proof!);
    await expect(verify(file.subarray(0, -1), proof!)).rejects.toThrow(ExportNotVerified);
    await expect(verify(file, { ...proof!, sha256: '0'.repeat(64) })).rejects.toThrow(ExportNotVerified);
  });

  test('a written file with rows out of order is not verified, because nobody could import it', async () => {
    const rows = someRows();
    rows.configKeys.reverse();
    let proof: BackupProof | undefined;
    const file = await gathered(
      writeBackup(factsFor(rows), sourceOf(rows), {
        password: 'pass',
        workFactor: 1,
        onProof: (p) => (proof = p),
      }),
    );
    const verified = verifyExport(inPieces(file), await keyOf(file), proof!, { throughAge: throughAgeHere });
    await expect(verified).rejects.toThrow(ExportNotVerified);
  });

  test('a unit without any objects makes a whole backup', async () => {
    expect(await readRows(await write(noRows))).toEqual(noRows);
  });

  test('only the header line differs between two backups of the same rows', async () => {
    const rows = someRows();
    const later = {
      ...factsFor(rows),
      createdAt: '2027-01-01T00:00:00.000Z',
      backupId: 'other',
      note: undefined,
    };
    const [first, second] = [await textOf(rows), await gathered(backupText(later, sourceOf(rows)))];
    const withoutHeader = (text: Buffer) => text.subarray(text.indexOf('\n'));
    expect(first.equals(second)).toBe(false);
    expect(withoutHeader(first)).toEqual(withoutHeader(second));
  });

  test('inside is one padded gzip member that ordinary gunzip unpacks', async () => {
    for (const size of [0, 1, 5_000, 70_000, 200_000]) {
      const value = Array.from({ length: size }, (_, at) => (at * 7919) % 65_521);
      const rows = { ...noRows, configKeys: [{ key: 'k', value, secret: false }] };
      const member = await decrypted(await write(rows), 'pass');
      expect(member.length % paddingUnit).toBe(paddedResidue);
      expect(gunzipSync(member).equals(await textOf(rows))).toBe(true);
    }
  });

  test('the format has not drifted from the golden file of version 1', async () => {
    const golden = readFileSync(join(__dirname, '../../../test/golden/backup-v1.ndjson'));
    expect((await textOf(someRows())).toString()).toBe(golden.toString());
    expect(await rowsOf(await openText(asStream([golden])))).toEqual(someRows());
  });

  test('text that was encrypted without packing is read, and so is what gzip packed with a file name', async () => {
    const text = await textOf(someRows());
    expect(await readRows(await encryptedByHand(text))).toEqual(someRows());
    const packed = gzipSync(text);
    const named = Buffer.concat([packed.subarray(0, 3), Buffer.from([8]), packed.subarray(4, 10)]);
    const member = Buffer.concat([named, Buffer.from('backup.ndjson\0'), packed.subarray(10)]);
    expect(gunzipSync(member).equals(text)).toBe(true);
    expect(await readRows(await encryptedByHand(member))).toEqual(someRows());
  });

  test('batches end at the asked number of rows and carry line numbers', async () => {
    const configKeys = Array.from({ length: 25 }, (_, at) => ({
      key: `k${String(at).padStart(2, '0')}`,
      value: at,
      secret: false,
    }));
    const rows = { ...noRows, configKeys };
    const backup = await openText(inPieces(await textOf(rows), 50), { batch: { rows: 10, characters: 1e6 } });
    const batches = await collected(backup.batches());
    expect(batches.map((batch) => batch.rows.length)).toEqual([10, 10, 5]);
    // Header, four empty sections of two lines, the start of the section.
    expect(batches[0]!.lines[0]).toBe(11);
    expect(batches[2]!.lines.at(-1)).toBe(35);
  });

  test('a source with other counts than announced is a fault of ours, not a backup', async () => {
    const facts = { ...factsFor(someRows()), counts: noCounts() };
    await expect(gathered(backupText(facts, sourceOf(someRows())))).rejects.toThrow(
      'The source has 2 plugins',
    );
  });

  test('an error of the source comes out as it is, and a taker that stops early leaves nothing hanging', async () => {
    const broken = new Error('database away');
    // eslint-disable-next-line require-yield -- It fails before it has anything to give.
    const failing = (async function* () {
      await Promise.resolve();
      throw broken;
    })();
    const source = { ...sourceOf(someRows()), profiles: failing };
    const writing = writeBackup(factsFor(someRows()), source, { password: 'pass', workFactor: 1 });
    await expect(gathered(writing)).rejects.toBe(broken);

    const stopped = writeBackup(factsFor(someRows()), sourceOf(someRows()), {
      password: 'pass',
      workFactor: 1,
    });
    await stopped.next();
    await stopped.return(undefined);
    expect(await stopped.next()).toEqual({ done: true, value: undefined });
  });
});
