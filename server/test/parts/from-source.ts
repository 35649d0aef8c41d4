import path from 'node:path';

/** What a process that runs the sources needs, after `--require`. */
export const fromSource = path.join(__dirname, '../../../scripts/from-source.cjs');
