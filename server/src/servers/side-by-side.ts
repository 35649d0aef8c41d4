import { type Dialect } from '../storage/database';
import { type ServerProcessEntity } from './server-process.entity';

type Server = Pick<ServerProcessEntity, 'host' | 'pid' | 'messages'>;

/** Why a server must not run beside another one; nothing where it may. */
export function whyNotBeside(other: Server, self: Server, dialect: Dialect): string | undefined {
  if (dialect === 'sqlite')
    return 'SQLite is for one server: use MariaDB or MySQL (DATABASE_URL) for several.';
  if (self.messages === 'NONE' && other.messages === 'NONE') {
    return 'Neither of them has a REDIS_URL: several servers need the same Redis to tell each other what happens.';
  }
  if (self.messages === 'NONE') return 'It has a REDIS_URL, and this one has none: set the same.';
  if (other.messages === 'NONE') return 'It has no REDIS_URL, and this one has: stop it first.';
  return undefined;
}

/** Two servers with a Redis each hear nothing of each other. */
export const otherRedis = 'Its REDIS_URL leads to another Redis: all servers need the same.';

/** This server would not hear of another one on the same database, or cannot share it. */
export class CannotRunBeside extends Error {
  constructor({ host, pid }: Server, why: string) {
    super(`Another server runs on this database (${host}, process ${pid}). ${why}`);
  }
}
