import { type FindOptionsSelect, In, IsNull, MoreThan, Not } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { descriptors } from '../../configuration/descriptors';
import { openSecrets, sealSecrets } from '../../configuration/secrets';
import { insertRows } from '../../storage/bulk-rows';
import { chunks, type Db, placeholders, type SqlValue } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { type ChangeCause } from '../../unit/unit.entity';
import { ChangeEntryEntity, ChangeSetEntity } from './change-log.entity';
import { historyPositions, type HistoryPosition, type HistoryQuery } from './history-query';
import { type FieldChange, fieldChanges } from '../presentation/field-change';
import { type Change, type ConfigurationObject, type Id, type Kind } from '../core/task';

/** Of an entry with the whole objects. Quoted, for some are words of SQL. */
const entryColumns = [
  'unit_id',
  'revision',
  'number',
  'kind',
  'object_id',
  'object_name',
  'operation',
  'before',
  'after',
].map((column) => `\`${column}\``);

/** Of an entry without the objects. */
const lineColumns: FindOptionsSelect<ChangeEntryEntity> = {
  unitId: true,
  revision: true,
  number: true,
  kind: true,
  objectId: true,
  objectName: true,
  operation: true,
};

/** Places in one statement: SQLite takes a thousand alternatives. */
const placesInStatement = 250;

/** Ids in one statement: what the largest safe mode asks for fits in. */
const idsInStatement = 2_000;

/** One write: who made which revision, why. */
export interface ChangeSet {
  unitId: Id;
  revision: number;
  cause: ChangeCause;
  byUserId: Id | null;
  at: Date;
  /** The import or undo that made it. */
  jobId?: Id;
}

/** One line of the history: what became of one object. */
export interface HistoryLine extends ChangeSet, HistoryPosition {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  kind: Kind;
  objectId: Id;
  objectName: string;
}

/** A line with what differs. */
export interface HistoryEntry extends HistoryLine {
  changes: FieldChange[];
}

/** The newest change of one object. */
export interface LastChange {
  /** What it was called then. */
  objectName: string;
  byUserId: Id | null;
  at: Date;
  cause: ChangeCause;
}

/** The change log: every object before and after each write, secrets sealed. */
export class ChangeLogStore {
  constructor(private readonly sealer: Sealer) {}

  /** Logs a write within its transaction. */
  async append(db: Db, set: ChangeSet, changes: readonly Change[]): Promise<void> {
    await db.manager.insert(ChangeSetEntity, { id: uuid(), ...set, jobId: set.jobId ?? null });
    await insertRows(db, 'change_entry', entryColumns, this.rowsOf(set, changes));
  }

  /**
   * The objects as they were at a revision, of those that changed since; the others are as they are now. A value of
   * `undefined` means that the object did not exist then. To be believed if `reachesBackTo` says so afterwards.
   */
  async statesAt(
    db: Db,
    unitId: Id,
    revision: number,
    kind: Kind,
    ids: readonly Id[],
  ): Promise<Map<Id, ConfigurationObject | undefined>> {
    const states = new Map<Id, ConfigurationObject | undefined>();
    for (const some of chunks([...new Set(ids)], idsInStatement)) {
      // Only the first change of each since then: there may be thousands, with the whole object in every one.
      const first = (await db.rows(
        `SELECT object_id, MIN(revision) FROM change_entry
          WHERE unit_id = ? AND kind = ? AND object_id IN (${placeholders(some.length)}) AND revision > ?
          GROUP BY object_id`,
        [unitId, kind, ...some, revision],
      )) as [Id, number][];
      for (const [objectId, changedAt] of first) {
        const place = { unitId, revision: changedAt, kind, objectId };
        const entry = await db.manager.findOneBy(ChangeEntryEntity, place);
        // What is forgotten meanwhile `reachesBackTo` tells of.
        if (entry) states.set(objectId, this.opened(kind, entry.before, entry.after));
      }
    }
    return states;
  }

  /** Whether everything that came after a revision is still there. */
  reachesBackTo({ manager }: Db, unitId: Id, revision: number): Promise<boolean> {
    return manager.existsBy(ChangeSetEntity, { unitId, revision });
  }

  /**
   * The last change of each of these objects, live or not: an edit, an import, an undo or a safe mode. What no revision
   * that is kept has changed is left out.
   */
  async lastChanges(db: Db, unitId: Id, kind: Kind, ids: readonly Id[]): Promise<Map<Id, LastChange>> {
    const last = new Map<Id, LastChange>();
    for (const some of chunks([...new Set(ids)], idsInStatement)) {
      const rows = await db.rows(
        // With the order, the index answers for one entry in one step; a maximum makes MariaDB read all of them.
        `SELECT entry.object_id, entry.object_name, entry.revision FROM change_entry entry
          WHERE entry.unit_id = ? AND entry.kind = ? AND entry.object_id IN (${placeholders(some.length)})
            AND entry.revision = (SELECT newest.revision FROM change_entry newest
                  WHERE newest.unit_id = entry.unit_id AND newest.kind = entry.kind AND newest.object_id = entry.object_id
                  ORDER BY newest.revision DESC LIMIT 1)`,
        [unitId, kind, ...some],
      );
      const revisions = [...new Set(rows.map(([, , revision]) => Number(revision)))];
      const sets = await db.manager.findBy(ChangeSetEntity, { unitId, revision: In(revisions) });
      const byRevision = new Map(sets.map((set) => [set.revision, set]));
      for (const [id, objectName, revision] of rows) {
        const set = byRevision.get(Number(revision));
        if (!set) continue;
        const { byUserId, at, cause } = set;
        last.set(id as Id, { objectName: objectName as string, byUserId, at, cause });
      }
    }
    return last;
  }

  /** Whether a backup was imported after a revision. */
  async replacedSince({ manager }: Db, unitId: Id, revision: number): Promise<boolean> {
    return manager.existsBy(ChangeSetEntity, {
      unitId,
      revision: MoreThan(revision),
      jobId: Not(IsNull()),
    });
  }

  /** At most `limit` lines, the newest write first. Whole objects are not read. */
  async history(db: Db, query: HistoryQuery, limit: number): Promise<HistoryLine[]> {
    const positions = await historyPositions(db, query, limit);
    return this.lines(db, query.unitId, positions, lineColumns, lineOf);
  }

  /** The lines at these places, with what differs; places without a line are left out. */
  entries(db: Db, unitId: Id, positions: readonly HistoryPosition[]): Promise<HistoryEntry[]> {
    return this.lines(db, unitId, positions, undefined, (entry, set) => this.entryOf(entry, set));
  }

  /** What one write changed, whole objects with secrets in clear; nothing where it is not, or not all, kept any more. */
  async changesAt({ manager }: Db, unitId: Id, revision: number): Promise<Change[] | undefined> {
    const entries = await manager.find(ChangeEntryEntity, {
      where: { unitId, revision },
      order: { number: 'ASC' },
    });
    // The first one goes first.
    if (entries[0]?.number !== 0) return undefined;
    return entries.map(({ kind, objectId: id, before, after }) => ({
      kind,
      id,
      before: this.opened(kind, before, after),
      after: this.opened(kind, after, before),
    }));
  }

  /** The lines of one write. */
  async linesAt({ manager }: Db, unitId: Id, revision: number): Promise<HistoryEntry[]> {
    const set = await manager.findOneBy(ChangeSetEntity, { unitId, revision });
    if (!set) return [];
    const entries = await manager.find(ChangeEntryEntity, {
      where: { unitId, revision },
      order: { number: 'ASC' },
    });
    return entries.map((entry) => this.entryOf(entry, set));
  }

  private async lines<T>(
    { manager }: Db,
    unitId: Id,
    positions: readonly HistoryPosition[],
    select: FindOptionsSelect<ChangeEntryEntity> | undefined,
    make: (entry: ChangeEntryEntity, set: ChangeSetEntity) => T,
  ): Promise<T[]> {
    const found: ChangeEntryEntity[] = [];
    for (const some of chunks(positions, placesInStatement)) {
      const where = some.map(({ revision, number }) => ({ unitId, revision, number }));
      found.push(...(await manager.find(ChangeEntryEntity, { select, where })));
    }
    const revisions = [...new Set(positions.map(({ revision }) => revision))];
    const sets = await manager.findBy(ChangeSetEntity, { unitId, revision: In(revisions) });
    const byPlace = new Map(found.map((entry) => [placeOf(entry), entry]));
    const byRevision = new Map(sets.map((set) => [set.revision, set]));
    return positions.flatMap((position) => {
      const entry = byPlace.get(placeOf(position));
      const set = byRevision.get(position.revision);
      return entry && set ? [make(entry, set)] : [];
    });
  }

  private *rowsOf(set: ChangeSet, changes: readonly Change[]): Generator<SqlValue[]> {
    for (const [number, change] of changes.entries()) yield this.rowOf(set, change, number);
  }

  private rowOf(set: ChangeSet, { kind, id, before, after }: Change, number: number): SqlValue[] {
    const name = descriptors[kind].displayName((after ?? before)!);
    const operation = !before ? 'CREATE' : after ? 'UPDATE' : 'DELETE';
    const states = [this.sealed(kind, before, after), this.sealed(kind, after, before)];
    return [set.unitId, set.revision, number, kind, id, name, operation, ...states];
  }

  private entryOf(entry: ChangeEntryEntity, set: ChangeSetEntity): HistoryEntry {
    const { kind, fields } = entry;
    return {
      ...lineOf(entry, set),
      changes: fields
        ? (JSON.parse(fields) as FieldChange[])
        : fieldChanges(
            descriptors[kind],
            this.opened(kind, entry.before, entry.after),
            this.opened(kind, entry.after, entry.before),
          ),
    };
  }

  /** What is a secret on either side of a change is sealed on both: a value that becomes one must not stay in clear. */
  private sealed(
    kind: Kind,
    value: ConfigurationObject | undefined,
    otherSide: ConfigurationObject | undefined,
  ): string | null {
    return value ? JSON.stringify(sealSecrets(kind, value, this.sealer, otherSide)) : null;
  }

  private opened(kind: Kind, text: string | null, otherSide: string | null): ConfigurationObject | undefined {
    return text === null
      ? undefined
      : openSecrets(kind, parsed(text), this.sealer, otherSide === null ? undefined : parsed(otherSide));
  }
}

const parsed = (text: string) => JSON.parse(text) as ConfigurationObject;

const placeOf = ({ revision, number }: HistoryPosition) => `${revision}.${number}`;

const lineOf = (entry: ChangeEntryEntity, set: ChangeSetEntity): HistoryLine => ({
  unitId: entry.unitId,
  revision: entry.revision,
  number: entry.number,
  cause: set.cause,
  byUserId: set.byUserId,
  at: set.at,
  jobId: set.jobId ?? undefined,
  operation: entry.operation,
  kind: entry.kind,
  objectId: entry.objectId,
  objectName: entry.objectName,
});
