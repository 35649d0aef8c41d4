import { setTimeout as pause } from 'node:timers/promises';
import { type ConfigurationClient } from '../../parts/configuration';
import { credentialHeaders } from '../../parts/running-server';

const password = 'four words of mine';

export interface PlanAnswer {
  id: string;
  affectedSafeModes: { id: string; name: string; taskCount: number }[];
}

interface JobAnswer {
  id: string;
  state: string;
  downloadUrl: string | null;
  error: { code: string; message: string } | null;
  validation: PlanAnswer | null;
}

const jobFields = `id state downloadUrl error { code message }
  validation { ... on BackupPlan { id affectedSafeModes { id name taskCount } } }`;

/** A job that did not end as DONE. */
export class JobFailed extends Error {
  readonly code: string | undefined;

  constructor({ state, error }: JobAnswer) {
    super(`The job ended as ${state}: ${error?.message}`);
    this.code = error?.code;
  }
}

/** The whole configuration of a unit as a file. */
export async function exportedFile(unit: ConfigurationClient): Promise<Uint8Array<ArrayBuffer>> {
  const { unitId } = unit;
  const job = await ended(unit, 'exportBackup', 'ExportBackupInput', { unitId, password });
  const response = await fetch(`${unit.server.url}${job.downloadUrl}`, {
    headers: credentialHeaders(unit.as),
  });
  return new Uint8Array(await response.arrayBuffer());
}

/** What importing the file into the unit would do. */
export async function planOf(unit: ConfigurationClient, file: Uint8Array<ArrayBuffer>): Promise<PlanAnswer> {
  const { unitId } = unit;
  const response = await fetch(`${unit.server.url}/api/backup/uploads?unitId=${unitId}`, {
    method: 'POST',
    headers: { ...credentialHeaders(unit.as), 'Apollo-Require-Preflight': 'true' },
    body: file,
  });
  const { id } = (await response.json()) as { id: string };
  return planOfUpload(unit, id);
}

/** The same for a file that has been sent. */
export async function planOfUpload(unit: ConfigurationClient, uploadId: string): Promise<PlanAnswer> {
  const { unitId } = unit;
  const job = await ended(unit, 'validateBackup', 'ValidateBackupInput', { unitId, uploadId, password });
  return job.validation!;
}

/** Puts the content of the file in the place of what the unit has; answers the id of the job. */
export async function importFile(unit: ConfigurationClient, file: Uint8Array<ArrayBuffer>): Promise<string> {
  const { id: planId } = await planOf(unit, file);
  return importPlan(unit, planId);
}

/** Carries out a plan; answers the id of the job. */
export async function importPlan(unit: ConfigurationClient, planId: string): Promise<string> {
  const { name: confirmUnitName } = await unit.unit<{ name: string }>('name');
  return (await ended(unit, 'importBackup', 'ImportBackupInput', { planId, confirmUnitName })).id;
}

/** Goes back to what the import replaced. */
export async function undoImport(unit: ConfigurationClient, jobId: string): Promise<void> {
  const mutation = `mutation ($id: ID!) { job: undoImport(jobId: $id) { ${jobFields} } }`;
  await done(unit, (await unit.request<{ job: JobAnswer }>(mutation, { id: jobId })).job);
}

/** The job that the mutation begins, once it is done; fails the test for any other end. */
async function ended(
  unit: ConfigurationClient,
  mutation: string,
  inputType: string,
  input: object,
): Promise<JobAnswer> {
  const { job } = await unit.request<{ job: JobAnswer }>(
    `mutation ($input: ${inputType}!) { job: ${mutation}(input: $input) { ${jobFields} } }`,
    { input },
  );
  return done(unit, job);
}

async function done(unit: ConfigurationClient, begun: JobAnswer): Promise<JobAnswer> {
  let job = begun;
  while (job.state === 'QUEUED' || job.state === 'RUNNING') {
    await pause(20);
    const query = `query ($id: ID!) { job(id: $id) { ${jobFields} } }`;
    job = (await unit.request<{ job: JobAnswer }>(query, { id: job.id })).job;
  }
  if (job.state !== 'DONE') throw new JobFailed(job);
  return job;
}
