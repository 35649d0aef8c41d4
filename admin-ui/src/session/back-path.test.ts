import { backPath } from './back-path';

test('after signing in one goes back to where one was', () => {
  expect(backPath('/admin/users?x=1')).toBe('/admin/users?x=1');
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'admin', '', undefined, ['/a'], 3])(
  'a way back that may lead out of the console is not taken: %p',
  (back) => {
    expect(backPath(back)).toBe('/');
  },
);
