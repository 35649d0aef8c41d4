import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';

/** A backup whose rows somebody has edited with other tools; its footer proves them, as that of a real one would. */
export async function editedBackup(
  file: string,
  password: string,
  edit: (rows: string) => string,
): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(password);
  const lines = gunzipSync(await decrypter.decrypt(await readFile(file)))
    .toString()
    .trimEnd()
    .split('\n');
  const [header = '', footer = ''] = [lines[0], lines.at(-1)];
  const rows = edit(`${lines.slice(1, -1).join('\n')}\n`);
  const proof = {
    ...(JSON.parse(footer) as object),
    bytes: Buffer.byteLength(rows),
    sha256: createHash('sha256').update(rows).digest('hex'),
  };
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(10);
  return Buffer.from(await encrypter.encrypt(gzipSync(`${header}\n${rows}${JSON.stringify(proof)}\n`)));
}
