/** `npm run seed -- --large`: makes the unit that was seeded a very large one. */
import path from 'node:path';
import { fillLargeUnit } from './large-unit';

const { DATA_DIR, DATABASE_URL, SERVER_KEY, ADMIN_EMAIL, ADMIN_PASSWORD } = process.env;

fillLargeUnit({
  dataDir: path.resolve(DATA_DIR || 'data'),
  databaseUrl: DATABASE_URL || undefined,
  admin: { email: ADMIN_EMAIL || 'admin@example.org', password: ADMIN_PASSWORD || 'safeboard' },
  settings: SERVER_KEY ? { SERVER_KEY } : {},
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
