import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { password, type ServedProduct } from './served-product';

interface JobAnswer {
  id: string;
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  downloadUrl: string | null;
  error: { code: string; message: string } | null;
  validation: { __typename: string; id?: string; message?: string } | null;
}

const jobQuery = `subscription ($id: ID!) { job(id: $id) {
  id state downloadUrl error { code message } validation { __typename ... on BackupPlan { id } ... on BackupRejected { message } } } }`;

/** Exports the unit to a file: from the request to the last byte. */
export async function exportTo(product: ServedProduct, file: string, unitId = product.unitId): Promise<void> {
  const { exportBackup } = await product.graphql<{ exportBackup: { id: string } }>(
    'mutation ($input: ExportBackupInput!) { exportBackup(input: $input) { id } }',
    { input: { unitId, password } },
  );
  const { downloadUrl } = await finished(product, exportBackup.id);
  // Not fetch: its streams would cost more than the file takes to come.
  const [response] = (await once(
    get(new URL(downloadUrl!, product.url), { headers: product.credentials }),
    'response',
  )) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`The export was not given: ${response.statusCode}`);
  await pipeline(response, createWriteStream(file));
}

/** Uploads and validates a file; answers the plan. */
export async function plan(product: ServedProduct, file: string, unitId = product.unitId): Promise<string> {
  const response = await fetch(`${product.url}/api/backup/uploads?unitId=${unitId}`, {
    method: 'POST',
    headers: {
      ...product.credentials,
      'content-type': 'application/octet-stream',
      'content-length': String(statSync(file).size),
    },
    body: Readable.toWeb(createReadStream(file)),
    duplex: 'half',
  });
  const { id: uploadId } = (await response.json()) as { id: string };
  const { validateBackup } = await product.graphql<{ validateBackup: { id: string } }>(
    'mutation ($input: ValidateBackupInput!) { validateBackup(input: $input) { id } }',
    { input: { unitId, uploadId, password } },
  );
  const { validation } = await finished(product, validateBackup.id);
  if (!validation?.id) throw new Error(`The file was rejected: ${validation?.message}`);
  return validation.id;
}

/** Carries out a plan. */
export async function importPlan(product: ServedProduct, planId: string): Promise<void> {
  const { importBackup } = await product.graphql<{ importBackup: { id: string } }>(
    'mutation ($input: ImportBackupInput!) { importBackup(input: $input) { id } }',
    { input: { planId } },
  );
  await finished(product, importBackup.id);
}

async function finished(product: ServedProduct, id: string): Promise<JobAnswer> {
  for await (const { job } of product.follow<{ job: JobAnswer }>(jobQuery, { id })) {
    if (job.state === 'DONE') return job;
    if (job.state === 'FAILED' || job.state === 'CANCELLED')
      throw new Error(`The job ended as ${job.state}: ${JSON.stringify(job.error)}`);
  }
  throw new Error('The job was not followed to its end');
}
