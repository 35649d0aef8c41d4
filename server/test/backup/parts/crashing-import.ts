/**
 * A server process that carries out an import and kills itself at a marked point: `node -r scripts/from-source.cjs … <place
 * as JSON> <checkpoint> <plan>`.
 */
import 'reflect-metadata';
import path from 'node:path';
import { defaultLimits } from '../../../src/backup/format/limits';
import { backupWork } from '../../../src/backup/backup-work';
import { defaultRetention } from '../../../src/backup/retention';
import { type Actor } from '../../../src/access/actor';
import { createTopics } from '../../../src/messages/topics';
import { DirectoryStore } from '../../../src/storage/directory-store';
import { openDatabase } from '../../../src/storage/open-database';
import { Sealer } from '../../../src/storage/sealer';

interface Order {
  dataDir: string;
  databaseUrl?: string;
  serverKey: string;
  checkpoint: string;
  planId: string;
  unitId: string;
  userId: string;
  jobLease: number;
}

async function main(order: Order): Promise<void> {
  const database = await openDatabase(order);
  const work = backupWork({
    database,
    objects: new DirectoryStore(path.join(order.dataDir, 'files')),
    sealer: new Sealer(order.serverKey),
    topics: createTopics(),
    now: () => new Date(),
    appVersion: '0.1.0',
    settings: {
      environment: 'dev',
      backupEnabled: true,
      scryptWorkFactor: 10,
      retention: defaultRetention,
      limits: { ...defaultLimits, uploadBytes: 1e9 },
    },
    reportFault: (error) => {
      process.stderr.write(`${String(error)}\n`);
      return '';
    },
    checkpoint: (name) => {
      if (name === order.checkpoint) process.kill(process.pid, 'SIGKILL');
    },
    jobLease: order.jobLease,
  });
  const admin: Actor = {
    userId: order.userId,
    email: 'ada@example.org',
    name: 'Ada',
    organisationAdmin: false,
    roles: new Map([[order.unitId, 'ADMIN']]),
    via: { kind: 'session', id: 'session' },
  };
  const job = await work.imports.begin(admin, { planId: order.planId });
  await work.jobs.ended(job.id);
  await work.stop();
  await database.close();
}

void main(JSON.parse(process.argv[2]!) as Order);
