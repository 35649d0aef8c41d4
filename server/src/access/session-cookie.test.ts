import { clearedSessionCookie, sessionCookie, sessionTokenIn } from './session-cookie';

const expires = new Date('2026-05-01T00:00:00.000Z');

test('the cookie is for this server only, out of reach of scripts, and secure behind TLS', () => {
  expect(sessionCookie('token', expires, true)).toBe(
    'safeboard_session=token; Path=/; Expires=Fri, 01 May 2026 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
  );
  expect(sessionCookie('token', expires, false)).not.toContain('Secure');
});

test('the cleared cookie is the same one, empty and past', () => {
  expect(clearedSessionCookie(true)).toBe(
    'safeboard_session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
  );
});

test('the token is found among other cookies, and nothing where there is none', () => {
  expect(sessionTokenIn('a=1; safeboard_session=token; b=2')).toBe('token');
  for (const header of [undefined, '', 'safeboard_session=', 'a=1', 'safeboard_session', ';;=;'])
    expect(sessionTokenIn(header)).toBeUndefined();
});
