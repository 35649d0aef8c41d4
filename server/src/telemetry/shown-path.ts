/** Paths that may be logged and counted as they are. */
const known = new Set(['/graphql', '/healthz', '/readyz', '/api/backup/uploads', '/api/backup/exports']);
const withId = ['/api/backup/uploads', '/api/backup/exports'];

/**
 * The route that a path belongs to: one of a handful of texts, so that neither the token of an invitation nor anything
 * else that stands in an address gets into the log.
 */
export function shownPath(path: string): string {
  if (known.has(path)) return path;
  const place = withId.find((prefix) => path.startsWith(`${prefix}/`));
  if (place) return `${place}/:id`;
  return path.startsWith('/assets/') ? '/assets/*' : '/*';
}
