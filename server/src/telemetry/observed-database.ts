import { type Database, type Db, type RolledBack } from '../storage/database';
import { type Metrics } from './metrics';
import { traced } from './trace';

type Work = 'read' | 'transaction' | 'snapshot';

/** The database, counted and traced: who waits for a connection, who has one, how long it took. */
export function observedDatabase(database: Database, metrics: Metrics): Database {
  const observed = <T, A>(
    work: Work,
    does: (db: Db) => Promise<A>,
    begin: (does: (db: Db) => Promise<A>) => Promise<T>,
  ) =>
    traced(`database ${work}`, { 'db.system': database.dialect }, async () => {
      const took = metrics.database.startTimer({ work });
      let leave = enter(metrics.databaseWaiting);
      try {
        const answer = await begin(async (db) => {
          // Once more where it is tried again.
          leave();
          leave = enter(metrics.databaseActive);
          return does(db);
        });
        took({ outcome: 'done' });
        return answer;
      } catch (error) {
        took({ outcome: 'failed' });
        throw error;
      } finally {
        leave();
      }
    });
  return {
    dialect: database.dialect,
    read: (work) => observed('read', work, (does) => database.read(does)),
    transaction: <T>(work: (db: Db) => Promise<T | RolledBack<T>>) =>
      observed('transaction', work, (does) => database.transaction<T>(does)),
    snapshot: (work) => observed('snapshot', work, (does) => database.snapshot(does)),
    close: () => database.close(),
  };
}

function enter(gauge: Metrics['databaseActive']): () => void {
  gauge.inc();
  return () => gauge.dec();
}
