import { type MarkedWork } from '../../../src/checkpoint';
import { tus, tusPart, toUploads } from '../../backup/parts/http';
import { ConfigurationClient } from '../../parts/configuration';
import { type SafeModeClient } from '../../parts/safe-modes';
import {
  exportedFile,
  importFile,
  importPlan,
  planOf,
  planOfUpload,
  undoImport,
} from '../../safe-mode/parts/backups';
import { unless } from './steps';

/** Work that comes by marked places. */
export interface Work {
  /** Asks for it; where it is done already, nothing is done. */
  ask: () => Promise<unknown>;
  /** What can be seen of it. */
  seen: () => Promise<unknown>;
  /** What is seen once it is done. */
  wanted: object;
  /** Its own job, where one job does it and says what came of it. */
  job?: 'IMPORT' | 'UNDO_IMPORT';
  /** Nobody is told where it fails: it is done again by itself. */
  isQuiet?: true;
}

/** The server that works. */
export interface Working {
  tidyUp: () => Promise<void>;
}

interface Live {
  revision: number;
  keys: Record<string, unknown>;
  changes: number;
}

/** Large enough to need room where it is written. */
const large = 'x'.repeat(100_000);

/** What everybody has, and how many changes the history tells. */
export async function live({ configuration }: SafeModeClient): Promise<Live> {
  const { revision, configKeys, history } = await configuration.unit<{
    revision: number;
    configKeys: { nodes: { key: string; value: unknown }[] };
    history: { totalCount: number };
  }>('revision configKeys { nodes { key value } } history { totalCount }');
  const keys = Object.fromEntries(configKeys.nodes.map(({ key, value }) => [key, value]));
  return { revision, keys, changes: history.totalCount };
}

/** Makes all ready for the work, in a unit of the admin's own. */
export const works: Record<MarkedWork, (admin: SafeModeClient, server: Working) => Promise<Work>> = {
  edit: anEdit,
  relay: anEdit,
  async record(admin) {
    const safeMode = await admin.start();
    await admin.in(safeMode).setConfigKey('first', { value: 1 });
    const before = await live(admin);
    const { revision } = await admin.find(safeMode.id);
    return {
      ask: () => admin.in(safeMode).setConfigKey('greeting', { value: large, operationId: 'once' }),
      seen: async () => {
        const { revision: at, taskCount, status } = await admin.find(safeMode.id);
        return { live: await live(admin), at, taskCount, status };
      },
      wanted: { live: before, at: revision + 1, taskCount: 2, status: 'OPEN' },
    };
  },
  async apply(admin) {
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey('greeting', { value: large });
    const { revision } = await admin.find(id);
    const before = await live(admin);
    return {
      ask: () => admin.apply(id, revision),
      seen: async () => ({ live: await live(admin), status: (await admin.find(id)).status }),
      wanted: { live: plus(before, { greeting: large }), status: 'APPLIED' },
    };
  },
  async export(admin) {
    await admin.configuration.setConfigKey('greeting', { value: large });
    return {
      ask: () => exportedFile(admin.configuration),
      seen: () => live(admin),
      wanted: await live(admin),
    };
  },
  async upload({ configuration }) {
    const { server, as, unitId } = configuration;
    const file = await theBackup(configuration);
    const headers = { ...tus, 'Upload-Length': String(file.length) };
    const { id } = await toUploads(server, as, 'POST', `?unitId=${unitId}`, { headers });
    const seen = () => uploadOf(configuration, id!);
    return {
      async ask() {
        const send = async () => {
          const { receivedBytes } = await seen();
          if (receivedBytes < file.length) await sendRest(configuration, id!, file, receivedBytes);
        };
        // What was in doubt has arrived meanwhile: as any client, it looks again how far the upload has come.
        await send().catch((error: unknown) => {
          if ((error as { code?: string }).code !== 'CONFLICT') throw error;
          return send();
        });
        await planOfUpload(configuration, id!);
      },
      seen,
      wanted: { receivedBytes: file.length, rejected: null },
    };
  },
  async import(admin) {
    const file = await aBackup(admin);
    const plan = await planOf(admin.configuration, file);
    const before = await live(admin);
    return {
      ask: unless('PLAN_STALE', () => importPlan(admin.configuration, plan.id)),
      seen: () => live(admin),
      wanted: { ...before, revision: before.revision + 1, keys: backedUp, changes: before.changes + 2 },
      job: 'IMPORT',
    };
  },
  async undoImport(admin) {
    const file = await aBackup(admin);
    const earlier = await live(admin);
    const jobId = await importFile(admin.configuration, file);
    const before = await live(admin);
    return {
      ask: unless('NOT_UNDOABLE', () => undoImport(admin.configuration, jobId)),
      seen: () => live(admin),
      wanted: { ...earlier, revision: before.revision + 1, changes: before.changes + 2 },
      job: 'UNDO_IMPORT',
    };
  },
  async purge(admin, server) {
    await importFile(admin.configuration, await aBackup(admin));
    return clearingAway(admin, server);
  },
  async sweep(admin, server) {
    await exportedFile(admin.configuration);
    return clearingAway(admin, server);
  },
};

async function anEdit(admin: SafeModeClient): Promise<Work> {
  const before = await live(admin);
  return {
    ask: () => admin.configuration.setConfigKey('greeting', { value: large, operationId: 'once' }),
    seen: () => live(admin),
    wanted: plus(before, { greeting: large }),
  };
}

async function clearingAway(admin: SafeModeClient, server: Working): Promise<Work> {
  return { ask: server.tidyUp, isQuiet: true, seen: () => live(admin), wanted: await live(admin) };
}

let backup: Promise<Uint8Array<ArrayBuffer>> | undefined;
const backedUp = { greeting: 'as it was' };

/** One backup for all of them, of a unit of its own. */
function theBackup({ server, as }: ConfigurationClient): Promise<Uint8Array<ArrayBuffer>> {
  backup ??= (async () => {
    const unit = await aUnit(new ConfigurationClient(server, '', as, 'none'));
    await unit.setConfigKey('greeting', { value: backedUp.greeting });
    return exportedFile(unit);
  })();
  return backup;
}

/** A backup, and a unit that has other things. */
async function aBackup(admin: SafeModeClient): Promise<Uint8Array<ArrayBuffer>> {
  await admin.configuration.setConfigKey('since', { value: large });
  return theBackup(admin.configuration);
}

async function sendRest(
  { server, as }: ConfigurationClient,
  id: string,
  file: Uint8Array<ArrayBuffer>,
  offset: number,
): Promise<void> {
  const part = { headers: tusPart(offset), body: file.subarray(offset) };
  const { status, code } = await toUploads(server, as, 'PATCH', `/${id}`, part);
  if (status !== 204) throw Object.assign(new Error(`The part was answered with ${status}`), { code });
}

async function uploadOf(client: ConfigurationClient, id: string) {
  const data = await client.request<{
    backupUpload: { receivedBytes: number; rejected: object | null };
  }>('query ($id: ID!) { backupUpload(id: $id) { receivedBytes rejected { code } } }', { id });
  return data.backupUpload;
}

const plus = ({ revision, keys, changes }: Live, more: Record<string, unknown>): Live => ({
  revision: revision + 1,
  keys: { ...keys, ...more },
  changes: changes + 1,
});

/** A new unit, as who may make units. */
export async function aUnit(founder: ConfigurationClient): Promise<ConfigurationClient> {
  const { createUnit } = await founder.request<{ createUnit: { id: string } }>(
    'mutation ($name: String!) { createUnit(name: $name) { id } }',
    { name: `Unit ${++units}` },
  );
  return new ConfigurationClient(founder.server, createUnit.id, founder.as, 'none');
}

let units = 0;
