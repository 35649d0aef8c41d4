import { FirstTables1764000000000 } from './1764000000000-first-tables';
import { SafeModes1764200000000 } from './1764200000000-safe-modes';
import { Holds1764500000000 } from './1764500000000-holds';
import { ServerProcesses1764600000000 } from './1764600000000-server-processes';

/** In the order in which they run. A migration that was released is never edited again. */
export const migrations = [
  FirstTables1764000000000,
  SafeModes1764200000000,
  Holds1764500000000,
  ServerProcesses1764600000000,
];

/**
 * The time of the last migration that took away, or gave another meaning to, what earlier versions use. Servers that do
 * not know it must not run on the database: see docs/decisions/expand-then-contract.md.
 */
export const oldestCompatible = 1764000000000;
