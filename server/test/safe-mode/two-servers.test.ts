import { describeOnSwift } from '../parts/swift';
import { races } from './parts/races';
import { filesOnS3 } from './parts/tested-files';

// Two processes on one SQLite file are not supported.
const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describeOnSwift : describe.skip;

describeOnServer('on two servers with one database and one bucket', () => races(filesOnS3, 2));
