import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';
import { contentOf } from './parts/desk';

let server: TestServer;
let admin: Credentials;
let unitId: string;
beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
});
afterAll(() => server.stop());

const password = 'four words of mine';

interface Job {
  id: string;
  state: string;
  progress: number;
  fileName: string | null;
  bytes: number | null;
  downloadUrl: string | null;
  undoableUntil: string | null;
  error: { code: string; message: string } | null;
  validation: { __typename: string; id: string; [field: string]: unknown } | null;
}

const jobFields = `id state progress fileName bytes downloadUrl undoableUntil error { code message }
  validation { __typename
    ... on BackupPlan { id header warnings { code } counts { ...all } added { ...all } removed { ...all } changed { ...all } same { ...all }
      unitRevision entries { type id name change fields { path from to masked } } }
    ... on BackupRejected { code message problemCount problems { section line name field message } } }`;
const allCounts = 'fragment all on BackupCounts { plugins workspaces applications profiles configKeys }';

async function begun(mutation: string, variables: object): Promise<Job> {
  const { data, errors } = await server.graphql<{ job: Job }>(`${mutation} ${allCounts}`, variables, admin);
  if (errors) throw new Error(JSON.stringify(errors));
  for (let job = data.job; ;) {
    if (!['QUEUED', 'RUNNING'].includes(job.state)) return job;
    await pause(50);
    const answer = await server.graphql<{ job: Job }>(
      `query ($id: ID!) { job(id: $id) { ${jobFields} } } ${allCounts}`,
      { id: job.id },
      admin,
    );
    job = answer.data.job;
  }
}

const exported = () =>
  begun(`mutation ($input: ExportBackupInput!) { job: exportBackup(input: $input) { ${jobFields} } }`, {
    input: { unitId, password, note: 'by script' },
  });

async function download({ downloadUrl }: Job, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}${downloadUrl}`, { headers: { ...credentialHeaders(admin), ...headers } });
}

async function setConfigKey(key: string, value: unknown): Promise<void> {
  const { errors } = await server.graphql(
    'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }',
    { input: { unitId, key, value } },
    admin,
  );
  expect(errors).toBeUndefined();
}

test('a script exports, uploads, validates, imports and undoes over the API', async () => {
  await setConfigKey('greeting', 'Hello');
  const job = await exported();
  expect(job).toMatchObject({ state: 'DONE', progress: 1, error: null });
  expect(job.fileName).toMatch(/^Newsroom-\d{8}T\d{6}Z\.backup\.age$/);

  const response = await download(job);
  const file = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-length')).toBe(String(job.bytes));
  expect(response.headers.get('content-disposition')).toContain(job.fileName);
  expect(file).toHaveLength(job.bytes!);

  await setConfigKey('greeting', 'Changed');
  const uploaded = await fetch(`${server.url}/api/backup/uploads?unitId=${unitId}`, {
    method: 'POST',
    headers: { ...credentialHeaders(admin), 'Apollo-Require-Preflight': 'true' },
    body: new Uint8Array(file),
  });
  expect(uploaded.status).toBe(201);
  const { id: uploadId } = (await uploaded.json()) as { id: string };

  const validated = await begun(
    `mutation ($input: ValidateBackupInput!) { job: validateBackup(input: $input) { ${jobFields} } }`,
    { input: { unitId, uploadId, password } },
  );
  expect(validated.validation).toMatchObject({
    __typename: 'BackupPlan',
    header: { note: 'by script', unit: { id: unitId } },
    warnings: [],
    counts: { configKeys: 1 },
    changed: { configKeys: 1, plugins: 0 },
    entries: [
      {
        type: 'CONFIG_KEY',
        id: 'greeting',
        change: 'CHANGED',
        fields: [{ path: '/value', from: 'Changed', to: 'Hello', masked: false }],
      },
    ],
  });

  const importInput = { planId: validated.validation!.id, idempotencyKey: 'once' };
  const importMutation = `mutation ($input: ImportBackupInput!) { job: importBackup(input: $input) { ${jobFields} } }`;
  const imported = await begun(importMutation, { input: importInput });
  expect(imported).toMatchObject({ state: 'DONE', undoableUntil: expect.any(String) as string });
  expect((await begun(importMutation, { input: importInput })).id).toBe(imported.id);
  const again = Buffer.from(await (await download(await exported())).arrayBuffer());
  expect(await contentOf(again)).toEqual(await contentOf(file));

  const undone = await begun(`mutation ($id: ID!) { job: undoImport(jobId: $id) { ${jobFields} } }`, {
    id: imported.id,
  });
  expect(undone).toMatchObject({ state: 'DONE', validation: null });
  const { data } = await server.graphql<{ unit: object }>(
    `query ($id: ID!) { unit(id: $id) { revision configKey(key: "greeting") { value }
       history(first: 2) { nodes { cause operation target { id } changes { path from to } } }
       jobs(first: 1) { kind startedBy { name } unit { name } } } }`,
    { id: unitId },
    admin,
  );
  expect(data.unit).toMatchObject({
    configKey: { value: 'Changed' },
    history: {
      nodes: [
        {
          cause: 'UNDO',
          target: { id: 'greeting' },
          changes: [{ path: '/value', from: 'Hello', to: 'Changed' }],
        },
        {
          cause: 'IMPORT',
          target: { id: 'greeting' },
          changes: [{ path: '/value', from: 'Changed', to: 'Hello' }],
        },
      ],
    },
    jobs: [{ kind: 'UNDO_IMPORT', unit: { name: 'Newsroom' } }],
  });
});

test('who follows a job hears its present state at once, its progress, and that it has ended', async () => {
  const { data } = await server.graphql<{ exportBackup: { id: string } }>(
    'mutation ($input: ExportBackupInput!) { exportBackup(input: $input) { id } }',
    { input: { unitId, password } },
    admin,
  );
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: credentialHeaders(admin) });
      }
    },
    retryAttempts: 0,
  });
  const query = 'subscription ($id: ID!) { job(id: $id) { state progress stage } }';
  const heard: { state: string; progress: number }[] = [];
  for await (const answer of client.iterate<{ job: { state: string; progress: number } }>({
    query,
    variables: { id: data.exportBackup.id },
  })) {
    expect(answer.errors).toBeUndefined();
    heard.push(answer.data!.job);
  }
  await client.dispose();
  expect(heard.at(-1)).toMatchObject({ state: 'DONE', progress: 1 });
  expect(heard.length).toBeGreaterThan(2);
  const progress = heard.map((job) => job.progress);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
});
