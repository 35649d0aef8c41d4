import { FirstTables1764000000000 } from './1764000000000-first-tables';
import { SafeModes1764200000000 } from './1764200000000-safe-modes';

/** In the order in which they run. A migration that was released is never edited again. */
export const migrations = [FirstTables1764000000000, SafeModes1764200000000];
