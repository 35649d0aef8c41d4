import { createRequire } from 'node:module';
import path from 'node:path';

const load = createRequire(__filename);

/** A module of the compiled server, which is what runs in production; only the types come from the sources. */
export const compiled = <T>(file: string): T => load(path.join(__dirname, '../../server/dist', file)) as T;
