import { rowSchemas } from '../rows/row-schema';
import { type SectionCounts, sections } from '../rows/section';

export const magic = 'safeboard-backup';
/** The version of the format that this program writes, and the newest that it reads. */
export const formatVersion = 1;
/** The oldest reader that understands what this program writes. */
export const minReader = 1;

/** Where, when and by whom a backup was made. */
export interface BackupFacts {
  backupId: string;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  createdBy: { id: string; name: string };
  note?: string;
  appVersion: string;
  unit: { id: string; name: string; environment: string };
  unitRevision: number;
  counts: SectionCounts;
}

/** The first line of a backup. */
export interface BackupHeader extends BackupFacts {
  formatVersion: number;
  minReader: number;
  /** What a reader must understand, or not read at all. */
  features: string[];
  /** Sections in the order of the file. */
  sections: { name: string; version: number; rows: number }[];
}

/** The header of a backup made by this program. */
export function headerOf(facts: BackupFacts): BackupHeader {
  return {
    formatVersion,
    minReader,
    backupId: facts.backupId,
    createdAt: facts.createdAt,
    createdBy: facts.createdBy,
    note: facts.note,
    appVersion: facts.appVersion,
    unit: facts.unit,
    unitRevision: facts.unitRevision,
    features: [],
    sections: sections.map((name) => ({ name, version: rowSchemas[name].version, rows: facts.counts[name] })),
    counts: Object.fromEntries(sections.map((name) => [name, facts.counts[name]])) as SectionCounts,
  };
}

export function headerLine(header: BackupHeader): string {
  return JSON.stringify({ t: 'header', magic, ...header }) + '\n';
}
