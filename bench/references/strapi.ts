import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { peakMemory } from '../measure/process';
import { entriesOf } from '../product/content';

export const strapiKey = 'a password for benchmarks';

/** How long a command took, and the most memory of its process. */
export interface CommandRun {
  milliseconds: number;
  peakBytes: number;
}

/** An installed application: see strapi-app.ts. */
export class Strapi {
  constructor(private readonly directory: string) {}

  /** Loads the application, which makes its tables, and does next to nothing: what every command costs. */
  boot(): Promise<CommandRun> {
    return this.command('configuration:dump', '--file', path.join(this.directory, '.tmp/configuration.json'));
  }

  /** @param file without the ending, to which Strapi adds its own */
  export(file: string): Promise<CommandRun> {
    return this.command('export', '--key', strapiKey, '--file', file);
  }

  import(file: string): Promise<CommandRun> {
    return this.command('import', '--key', strapiKey, '--force', '--file', `${file}.tar.gz.enc`);
  }

  /** Puts so many entries straight into the table; the application must have made it by a first start. */
  fill(count: number): void {
    const database = new BetterSqlite(path.join(this.directory, '.tmp/data.db'));
    const insert = database.prepare(
      'INSERT INTO entries (document_id, key, plugin, value, created_at, updated_at, published_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const now = Date.now();
    database.transaction(() => {
      for (const [key, value] of entriesOf(count))
        insert.run(key.replace(/\W/g, '').padStart(24, '0'), key, 'org.example.plugin', value, now, now, now);
    })();
    database.close();
  }

  private async command(...line: string[]): Promise<CommandRun> {
    const start = performance.now();
    const program = path.join(this.directory, 'node_modules/@strapi/strapi/bin/strapi.js');
    const child = spawn(process.execPath, [program, ...line], {
      cwd: this.directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
    });
    let peakBytes = 0;
    const watch = setInterval(() => (peakBytes = Math.max(peakBytes, peakOf(child.pid!))), 100);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearInterval(watch);
    if (code !== 0) throw new Error(`strapi ${line[0]} ended with ${code}`);
    return { milliseconds: performance.now() - start, peakBytes };
  }
}

/** Nothing once the process has ended. */
function peakOf(pid: number): number {
  try {
    return peakMemory(pid);
  } catch {
    return 0;
  }
}
