import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the programs of one private Swift listen, on the loopback address. */
export interface SwiftPorts {
  proxy: number;
  account: number;
  container: number;
  object: number;
  memcached: number;
}

/** The one user of a private Swift, as the settings name it. */
export const swiftUser = { AWS_ACCESS_KEY_ID: 'test:tester', AWS_SECRET_ACCESS_KEY: 'testing' };

const storageKinds = ['account', 'container', 'object'] as const;

/** Writes everything that the programs read: one device without replicas, and one proxy that speaks S3. */
export async function configureSwift(directory: string, ports: SwiftPorts): Promise<void> {
  mkdirSync(path.join(directory, 'devices', 'd1'), { recursive: true });
  mkdirSync(path.join(directory, 'cache'));
  for (const kind of storageKinds) {
    writeFileSync(path.join(directory, `${kind}.conf`), storageConfiguration(directory, kind, ports[kind]));
  }
  writeFileSync(path.join(directory, 'proxy.conf'), proxyConfiguration(directory, ports));
  await Promise.all(storageKinds.map((kind) => makeRing(directory, kind, ports[kind])));
}

/** Settings that all programs share; they stay in the one process that is started. */
const common = (directory: string, port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${directory}
log_level = CRITICAL
`;

const storageConfiguration = (directory: string, kind: string, port: number) => `${common(directory, port)}
devices = ${directory}/devices
mount_check = false
disable_fallocate = true
fallocate_reserve = 0

[pipeline:main]
pipeline = healthcheck ${kind}-server

[filter:healthcheck]
use = egg:swift#healthcheck

[app:${kind}-server]
use = egg:swift#${kind}
`;

const proxyConfiguration = (
  directory: string,
  { proxy, memcached }: SwiftPorts,
) => `${common(directory, proxy)}
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth slo proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:gatekeeper]
use = egg:swift#gatekeeper

[filter:healthcheck]
use = egg:swift#healthcheck

[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${memcached}

[filter:listing_formats]
use = egg:swift#listing_formats

[filter:s3api]
use = egg:swift#s3api
location = us-east-1

[filter:tempauth]
use = egg:swift#tempauth
user_${swiftUser.AWS_ACCESS_KEY_ID.replace(':', '_')} = ${swiftUser.AWS_SECRET_ACCESS_KEY} .admin

[filter:slo]
use = egg:swift#slo
`;

/** The ring says which server has which part of the data: here one has it all. */
async function makeRing(directory: string, kind: string, port: number): Promise<void> {
  const builder = path.join(directory, `${kind}.builder`);
  for (const order of [['create', '1', '1', '0'], ['add', `r1z1-127.0.0.1:${port}/d1`, '1'], ['rebalance']])
    await run('swift-ring-builder', [builder, ...order]);
}
