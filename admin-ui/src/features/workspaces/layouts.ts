import { areaNames, layoutNames } from './texts';

/** A named arrangement of areas, with the grid that shows it on a wide screen. */
export interface Layout {
  name: string;
  label: string;
  areas: string[];
  /** Classes of the grid around the areas. */
  grid: string;
  /** Classes of single areas. */
  spans: Record<string, string>;
  /** The areas in rows and columns, as `grid-template-areas` takes them. */
  template: string;
}

export const layouts: readonly Layout[] = [
  { name: 'single', label: layoutNames.single, areas: ['main'], grid: '', spans: {}, template: `'main'` },
  {
    name: 'two-columns',
    label: layoutNames['two-columns'],
    areas: ['main', 'side'],
    grid: 'lg:grid-cols-3',
    spans: { main: 'lg:col-span-2' },
    template: `'main main side'`,
  },
  {
    name: 'three-columns',
    label: layoutNames['three-columns'],
    areas: ['left', 'main', 'right'],
    grid: 'lg:grid-cols-4',
    spans: { main: 'lg:col-span-2' },
    template: `'left main main right'`,
  },
  {
    name: 'top-and-columns',
    label: layoutNames['top-and-columns'],
    areas: ['top', 'left', 'right'],
    grid: 'lg:grid-cols-2 lg:grid-rows-[auto_1fr]',
    spans: { top: 'lg:col-span-2' },
    template: `'top top' 'left right'`,
  },
];

/** The layout of that name; an unknown name shows like the default one. */
export function layoutOf(name: string): Layout {
  return layouts.find((layout) => layout.name === name) ?? (layouts[0] as Layout);
}

/** What people call an area; one that no layout has goes by its own name. */
export function areaLabel(area: string): string {
  return areaNames[area] ?? area;
}
