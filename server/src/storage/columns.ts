import { Column, PrimaryColumn } from 'typeorm';

interface Named {
  name?: string;
  nullable?: boolean;
}

/** UUIDv7 minted by the server, as text. */
export const IdColumn = (options: Named = {}) => Column('varchar', { length: 36, ...options });
export const PrimaryIdColumn = ({ name }: { name?: string } = {}) =>
  PrimaryColumn('varchar', { length: 36, name });

/** Text of any length: `text` on SQLite, `longtext` on MySQL, where `text` ends at 64 KB (see the migrations). */
export const TextColumn = (options: Named = {}) => Column('text', options);

/** A point in time, UTC, to the millisecond. */
export const TimeColumn = (options: Named = {}) => Column({ type: 'datetime', precision: 3, ...options });
