import { closeOpened, forgetOpened } from './browser';

// A browser that shares two cores with servers sometimes misses a beat. What fails twice is wrong; the first failure is told.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

// A page that stays open answers to whatever later tests change.
beforeEach(forgetOpened);
afterEach(closeOpened);
