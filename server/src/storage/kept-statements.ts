import { LRUCache } from 'lru-cache';
import { type SqliteConnection, type SqliteStatement } from './data-source';

/** Statements of one connection that are kept prepared. */
const most = 200;
/** Longer ones insert many rows at once: preparing is little of that, and keeping them takes memory. */
const longest = 4_000;

/**
 * Lets a connection prepare each statement once: as many of ours are short and many alike, preparing them takes longer
 * than running them. A kept statement must be left as it was prepared, and not be iterated.
 */
export function keepStatements(connection: SqliteConnection): void {
  const kept = new LRUCache<string, SqliteStatement>({ max: most });
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = prepare(sql);
    if (sql.length <= longest) kept.set(sql, statement);
    return statement;
  };
}
