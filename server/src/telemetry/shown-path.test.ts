import { shownPath } from './shown-path';

test.each([
  ['/graphql', '/graphql'],
  ['/api/backup/uploads', '/api/backup/uploads'],
  ['/api/backup/exports/0191e0a0-0000-7000-8000-000000000000', '/api/backup/exports/:id'],
  ['/invitation/a-secret-token', '/*'],
  ['/graphql/a-secret-token', '/*'],
  ['/assets/index-abc.js', '/assets/*'],
])('%s is shown as %s', (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});
