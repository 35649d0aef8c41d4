import { parseCookie, stringifySetCookie } from 'cookie';

export const sessionCookieName = 'safeboard_session';

/**
 * The value of the header Set-Cookie for a new session.
 * @param secure whether the browser came over TLS
 */
export const sessionCookie = (token: string, expires: Date, secure: boolean): string =>
  stringifySetCookie({ name: sessionCookieName, value: token, expires, ...attributes(secure) });

/** The value of the header Set-Cookie that makes the browser forget the session. */
export const clearedSessionCookie = (secure: boolean): string =>
  stringifySetCookie({ name: sessionCookieName, value: '', expires: new Date(0), ...attributes(secure) });

/** The session's token in a request's header Cookie. */
export const sessionTokenIn = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : parseCookie(header)[sessionCookieName] || undefined;

const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;
