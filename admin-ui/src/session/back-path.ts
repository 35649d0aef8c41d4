/** Where to go after signing in: only paths of this console, never another site. */
export function backPath(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/';
}
