import type { Look } from './browser';

const all: [string, Look][] = [
  ['light', { theme: 'light' }],
  ['dark, 360 px wide', { theme: 'dark', width: 360, height: 740 }],
  ['dark', { theme: 'dark' }],
  ['light, 360 px wide', { theme: 'light', width: 360, height: 740 }],
];

/**
 * How pages are looked at: both themes and both widths, in two looks. Colours hang on the theme alone, and what fits on
 * the width alone. Pictures are made of all four.
 */
export const looks = process.env['SCREENSHOTS'] ? all : all.slice(0, 2);
