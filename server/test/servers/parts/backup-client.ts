import { setTimeout as pause } from 'node:timers/promises';
import { toUploads } from '../../backup/parts/http';
import { type Credentials, credentialHeaders, type ServedApi } from '../../parts/running-server';

const password = 'four words of mine';

interface JobAnswer {
  state: string;
  stage: string | null;
  downloadUrl: string | null;
  error: { code: string; message: string } | null;
  validation: { id: string } | null;
}

const jobFields = 'state stage downloadUrl error { code message } validation { ... on BackupPlan { id } }';

/** Backups of one unit as its admin makes them, each step through any server. */
export class BackupClient {
  constructor(
    readonly server: ServedApi,
    private readonly unitId: string,
    private readonly as: Credentials,
  ) {}

  /** The same admin at another server. */
  at(server: ServedApi): BackupClient {
    return new BackupClient(server, this.unitId, this.as);
  }

  /** Answers the id of the job. */
  beginExport(): Promise<string> {
    return this.begin('exportBackup', 'ExportBackupInput', { unitId: this.unitId, password });
  }

  /** Answers the id of the job. */
  beginValidation(uploadId: string): Promise<string> {
    return this.begin('validateBackup', 'ValidateBackupInput', { unitId: this.unitId, uploadId, password });
  }

  /** Answers the id of the job. */
  beginImport(planId: string): Promise<string> {
    return this.begin('importBackup', 'ImportBackupInput', { planId });
  }

  async job(id: string): Promise<JobAnswer> {
    const { data } = await this.server.graphql<{ job: JobAnswer }>(
      `query ($id: ID!) { job(id: $id) { ${jobFields} } }`,
      { id },
      this.as,
    );
    return data.job;
  }

  /** The job once it is as the condition says. */
  async jobOnce(id: string, condition: (job: JobAnswer) => boolean): Promise<JobAnswer> {
    for (;;) {
      const job = await this.job(id);
      if (condition(job)) return job;
      await pause(50);
    }
  }

  /** The job once it has ended. */
  ended(id: string): Promise<JobAnswer> {
    return this.jobOnce(id, ({ state }) => !['QUEUED', 'RUNNING'].includes(state));
  }

  /** What the job of an export has made, as this server gives it out. */
  async download(jobId: string): Promise<Buffer> {
    const { downloadUrl } = await this.job(jobId);
    const response = await fetch(`${this.server.url}${downloadUrl}`, { headers: credentialHeaders(this.as) });
    if (!response.ok) throw new Error(`The download was answered with ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Sends the whole file and answers the id of the plan that its validation makes. */
  async plan(file: Buffer): Promise<string> {
    const { id } = await toUploads(this.server, this.as, 'POST', `?unitId=${this.unitId}`, { body: file });
    return (await this.ended(await this.beginValidation(id!))).validation!.id;
  }

  private async begin(mutation: string, type: string, input: object): Promise<string> {
    const { data, errors } = await this.server.graphql<{ job: { id: string } }>(
      `mutation ($input: ${type}!) { job: ${mutation}(input: $input) { id } }`,
      { input },
      this.as,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.job.id;
  }
}
