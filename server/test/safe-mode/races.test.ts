import { races } from './parts/races';
import { filesInADirectory } from './parts/tested-files';

describe('on one server', () => races(filesInADirectory, 1));
