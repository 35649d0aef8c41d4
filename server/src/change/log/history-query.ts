import { type Db, type SqlValue } from '../../storage/database';
import { type ChangeCause } from '../../unit/unit.entity';
import { type Id, type Kind, type Operation } from '../core/task';

/** The place of one line in the history of its unit. */
export interface HistoryPosition {
  revision: number;
  /** Within the write that made the revision. */
  number: number;
}

/** Which lines of a unit's history are wanted; what is left out leaves nothing out. */
export interface HistoryQuery {
  unitId: Id;
  kind?: Kind;
  objectId?: Id;
  operation?: Operation['op'];
  byUserId?: Id;
  cause?: ChangeCause;
  /** From then on. */
  since?: Date;
  /** Before then. */
  until?: Date;
  /** Behind this line. */
  after?: HistoryPosition;
}

/** The places of at most `limit` lines: the newest write first, the lines of one write in their order. */
export async function historyPositions(
  db: Db,
  query: HistoryQuery,
  limit: number,
): Promise<HistoryPosition[]> {
  const { from, where, parameters } = partsOf(query);
  // Only columns of an index: whole objects are read for the page alone.
  const rows = await db.rows(
    `SELECT entry.revision, entry.number FROM ${from} WHERE ${where}
      ORDER BY entry.revision DESC, entry.number LIMIT ?`,
    [...parameters, limit],
  );
  return rows.map(([revision, number]) => ({ revision: Number(revision), number: Number(number) }));
}

/** How many lines there are, wherever the query begins. */
export async function countHistory(db: Db, { after: _begin, ...query }: HistoryQuery): Promise<number> {
  const { from, where, parameters } = partsOf(query);
  const [[count] = []] = await db.rows(`SELECT COUNT(*) FROM ${from} WHERE ${where}`, parameters);
  return Number(count);
}

/** Everybody who has changed something in a unit, by id. */
export async function historyAuthorIds(db: Db, unitId: Id): Promise<Id[]> {
  const rows = await db.rows(
    'SELECT DISTINCT by_user_id FROM change_set WHERE unit_id = ? AND by_user_id IS NOT NULL',
    [unitId],
  );
  return rows.map(([id]) => id as Id);
}

const writes = 'change_set written ON written.unit_id = entry.unit_id AND written.revision = entry.revision';

function partsOf(query: HistoryQuery): { from: string; where: string; parameters: SqlValue[] } {
  const ofEntry = conditions([
    ['entry.unit_id = ?', query.unitId],
    ['entry.kind = ?', query.kind],
    ['entry.object_id = ?', query.objectId],
    ['entry.operation = ?', query.operation],
  ]);
  const ofWrite = conditions([
    ['written.by_user_id = ?', query.byUserId],
    ['written.cause = ?', query.cause],
    ['written.at >= ?', query.since],
    ['written.at < ?', query.until],
  ]);
  const behind = query.after
    ? [
        {
          // The first part lets databases begin there instead of reading all that is newer.
          sql: 'entry.revision <= ? AND (entry.revision < ? OR (entry.revision = ? AND entry.number > ?))',
          parameters: [query.after.revision, query.after.revision, query.after.revision, query.after.number],
        },
      ]
    : [];
  const all = [...ofEntry, ...ofWrite, ...behind];
  return {
    from: ofWrite.length > 0 ? `change_entry entry JOIN ${writes}` : 'change_entry entry',
    where: all.map(({ sql }) => sql).join(' AND '),
    parameters: all.flatMap(({ parameters }): SqlValue[] => parameters),
  };
}

const conditions = (given: [sql: string, parameter: SqlValue | undefined][]) =>
  given.flatMap(([sql, parameter]) => (parameter === undefined ? [] : [{ sql, parameters: [parameter] }]));
