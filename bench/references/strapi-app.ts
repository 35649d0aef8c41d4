import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const version = '5.54.0';

const contentType = {
  kind: 'collectionType',
  collectionName: 'entries',
  info: { singularName: 'entry', pluralName: 'entries', displayName: 'Entry' },
  options: { draftAndPublish: false },
  attributes: { key: { type: 'string' }, plugin: { type: 'string' }, value: { type: 'json' } },
};

const secret = (name: string) => `${name} of a benchmark, thirty-two characters or more`;

/** Files of an application with its own SQLite and one collection type. */
const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'strapi-reference',
    version: '0.0.0',
    private: true,
    dependencies: {
      '@strapi/strapi': version,
      'better-sqlite3': '12.11.1',
      react: '^18.0.0',
      'react-dom': '^18.0.0',
      'react-router-dom': '^6.0.0',
      'styled-components': '^6.0.0',
    },
    // It compiles its binding where no ready one can be had.
    allowScripts: { 'better-sqlite3': true, esbuild: true, '@swc/core': true, sharp: true },
    strapi: { uuid: false },
  }),
  'config/database.js': `module.exports = () => ({ connection: { client: 'sqlite', connection: { filename: '.tmp/data.db' }, useNullAsDefault: true } });`,
  'config/server.js': `module.exports = () => ({ host: '127.0.0.1', port: 0, app: { keys: ['${secret('one')}', '${secret('two')}'] } });`,
  'config/admin.js': `module.exports = () => ({
    auth: { secret: '${secret('admin')}' },
    apiToken: { salt: '${secret('token')}' },
    transfer: { token: { salt: '${secret('transfer')}' } },
    secrets: { encryptionKey: '${secret('encryption')}' },
    flags: { nps: false, promoteEE: false },
  });`,
  'config/plugins.js': 'module.exports = () => ({});',
  'config/middlewares.js': `module.exports = ['strapi::logger', 'strapi::errors', 'strapi::security', 'strapi::cors', 'strapi::poweredBy', 'strapi::query', 'strapi::body', 'strapi::session', 'strapi::favicon', 'strapi::public'];`,
  'src/index.js': 'module.exports = { register() {}, bootstrap() {} };',
  'src/api/entry/content-types/entry/schema.json': JSON.stringify(contentType),
  'src/api/entry/controllers/entry.js': `module.exports = require('@strapi/strapi').factories.createCoreController('api::entry.entry');`,
  'src/api/entry/services/entry.js': `module.exports = require('@strapi/strapi').factories.createCoreService('api::entry.entry');`,
  'src/api/entry/routes/entry.js': `module.exports = require('@strapi/strapi').factories.createCoreRouter('api::entry.entry');`,
  'public/uploads/.gitkeep': '',
  'database/migrations/.gitkeep': '',
};

/** Makes and installs the application in a directory; its packages come from npm. */
export function installStrapi(directory: string): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  mkdirSync(path.join(directory, '.tmp'), { recursive: true });
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: directory, stdio: 'ignore' });
}
