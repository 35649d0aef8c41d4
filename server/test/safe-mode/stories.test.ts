import { describeOnSwift } from '../parts/swift';
import { stories } from './parts/stories';
import { filesInADirectory, filesOnS3 } from './parts/tested-files';

describe('with files in a directory', () => stories(filesInADirectory));

// Files have nothing to do with the database: once is enough.
const describeOnce = globalThis.testedDatabase === 'sqlite' ? describeOnSwift : describe.skip;
describeOnce('with files on S3', () => stories(filesOnS3));
