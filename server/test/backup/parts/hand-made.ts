import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Encrypter } from 'age-encryption';

/** Any bytes, encrypted with the age library: what other programs would make. */
export async function encrypted(plain: Uint8Array, password: string, workFactor = 4): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(workFactor);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** A backup of edited lines: counts and hash in header and footer are put right, unless told otherwise. */
export async function fileOfLines(
  lines: readonly string[],
  password: string,
  { proved = true } = {},
): Promise<Buffer> {
  const text = (proved ? withProof(lines) : lines).join('\n') + '\n';
  return encrypted(gzipSync(text), password);
}

interface Header {
  sections: { name: string; rows: number }[];
  counts: Record<string, number>;
}

/** The same rows with the header and footer that go with them. */
function withProof(lines: readonly string[]): string[] {
  const header = JSON.parse(lines[0]!) as Header;
  const counts: Record<string, number> = {};
  let section = '';
  const body = lines.slice(1, -1).map((line) => {
    if (line.startsWith('{"t":"section",')) {
      section = (JSON.parse(line) as { name: string }).name;
      counts[section] = 0;
    } else if (line.startsWith('{"t":"sectionEnd",')) {
      return JSON.stringify({ t: 'sectionEnd', name: section, rows: counts[section] });
    } else counts[section]!++;
    return line;
  });
  const sections = header.sections.map((one) => ({ ...one, rows: counts[one.name] }));
  const proved = body.map((line) => `${line}\n`).join('');
  const footer = {
    t: 'footer',
    rows: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    bytes: Buffer.byteLength(proved),
    sha256: createHash('sha256').update(proved).digest('hex'),
  };
  return [JSON.stringify({ ...header, sections, counts }), ...body, JSON.stringify(footer)];
}
