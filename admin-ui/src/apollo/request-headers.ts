/**
 * Headers of requests beside GraphQL: the first makes browsers ask before a foreign page may send it. What such
 * requests do, a safe mode does not record.
 */
export const requestHeaders = { 'Apollo-Require-Preflight': 'true', 'X-Safe-Mode': 'none' } as const;
