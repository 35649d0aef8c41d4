/** Named arrangements of areas. The first area takes in what has lost its own. */
export const layouts: Readonly<Record<string, readonly [string, ...string[]]>> = {
  single: ['main'],
  'two-columns': ['main', 'side'],
  'three-columns': ['left', 'main', 'right'],
  'top-and-columns': ['top', 'left', 'right'],
};

export const defaultLayout = 'single';

/** The areas of a layout, or `undefined` when there is no such layout. */
export function areasOf(layout: unknown): readonly [string, ...string[]] | undefined {
  return typeof layout === 'string' && Object.hasOwn(layouts, layout) ? layouts[layout] : undefined;
}
