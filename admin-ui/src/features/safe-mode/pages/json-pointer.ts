/** The names of a JSON Pointer: `/a~1b/c` is `a/b`, `c`; the empty pointer has none. */
export function pointerNames(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
