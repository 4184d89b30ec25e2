/**
 * Charts name colours only as CSS variables; the page defines them, with these values. Marks
 * have a contrast of at least 3:1 with the page, text 4.5:1, and those that stand side by side
 * differ for colour-blind eyes too (test/report/page/markup/palette.test.ts).
 *
 * @internal A test goes through all of them.
 */
export const COLOR_NAMES = [
  'page',
  'text',
  'grid',
  'c-stale',
  'c-kept',
  'c-unknown',
  'c-complete',
  'c-partly',
  'c-gap',
  'c-accepted',
  'c-excluded',
  'c-removed',
  'heat-1',
  'heat-2',
  'heat-3',
  'heat-4',
  'heat-5',
  'on-heat-1',
  'on-heat-2',
  'on-heat-3',
  'on-heat-4',
  'on-heat-5',
] as const;
export type ColorName = (typeof COLOR_NAMES)[number];
type Palette = Readonly<Record<ColorName, string>>;

const LIGHT: Palette = {
  page: '#ffffff',
  text: '#1b1f24',
  grid: '#d5d9df',
  'c-stale': '#c2500c',
  'c-kept': '#2867b2',
  'c-unknown': '#6b7280',
  'c-complete': '#2a9d8f',
  'c-partly': '#3d4ed0',
  'c-gap': '#7a0f3a',
  'c-accepted': '#b5790a',
  'c-excluded': '#5b6472',
  'c-removed': '#3f3d9e',
  'heat-1': '#fdeee2',
  'heat-2': '#f9cba7',
  'heat-3': '#f0935a',
  'heat-4': '#bd4a10',
  'heat-5': '#701f08',
  'on-heat-1': '#1b1f24',
  'on-heat-2': '#1b1f24',
  'on-heat-3': '#14171b',
  'on-heat-4': '#ffffff',
  'on-heat-5': '#ffffff',
};

/** The heat goes the other way round: what is much stands out from the page. */
const DARK: Palette = {
  page: '#14171c',
  text: '#e6e9ee',
  grid: '#3a414c',
  'c-stale': '#f0894a',
  'c-kept': '#6aa5ea',
  'c-unknown': '#9aa3b0',
  'c-complete': '#46c8b0',
  'c-partly': '#8a63f5',
  'c-gap': '#d8437c',
  'c-accepted': '#f2c14e',
  'c-excluded': '#dfe3e8',
  'c-removed': '#a89cf7',
  'heat-1': '#2e241f',
  'heat-2': '#54321f',
  'heat-3': '#8a4620',
  'heat-4': '#e0813f',
  'heat-5': '#fdd3a5',
  'on-heat-1': '#e6e9ee',
  'on-heat-2': '#f2f4f7',
  'on-heat-3': '#ffffff',
  'on-heat-4': '#14171c',
  'on-heat-5': '#14171c',
};

/** Printers may leave out what is behind a text: it is black, and so is readable without. */
const PRINT: Palette = {
  ...LIGHT,
  text: '#000000',
  'heat-1': '#ffffff',
  'heat-2': '#fbe2cf',
  'heat-3': '#f8c79d',
  'heat-4': '#f2a468',
  'heat-5': '#e57f33',
  'on-heat-1': '#000000',
  'on-heat-2': '#000000',
  'on-heat-3': '#000000',
  'on-heat-4': '#000000',
  'on-heat-5': '#000000',
};

/** @internal A test measures the contrasts. */
export const PALETTES = { light: LIGHT, dark: DARK, print: PRINT };

/** For the page's style sheet: light, dark where the system is, and print always on white. */
export const PALETTE_CSS = [
  `:root{color-scheme:light dark;${declarations(PALETTES.light)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${declarations(PALETTES.dark)}}}`,
  `@media print{:root{color-scheme:light;${declarations(PALETTES.print)}}}`,
].join('\n');

function declarations(palette: Palette): string {
  return COLOR_NAMES.map((name) => `--${name}:${palette[name]}`).join(';');
}
