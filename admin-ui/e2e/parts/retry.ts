// A browser that shares two cores with servers sometimes misses a beat. What fails twice is wrong; the first failure is told.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
