import { COLOR_NAMES, PALETTE_CSS, PALETTES } from '../../../../report/page/markup/palette.ts';

type Rgb = readonly [number, number, number];

/** What the eye gets, each from 0 to 1. */
function linear(color: string): Rgb {
  const channel = (from: number) => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** As WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = ([r, g, bl]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  const [dark, bright] = [luminance(linear(a)), luminance(linear(b))].toSorted((x, y) => x - y);
  return (bright! + 0.05) / (dark! + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const SIGHTS: Readonly<Record<string, readonly Rgb[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far apart two colours are in OKLab, times 100, to such eyes. */
function distance(a: string, b: string, sight: readonly Rgb[]): number {
  const [x, y] = [a, b].map((color) => {
    const rgb = linear(color);
    return oklab(sight.map((row) => dot(row, rgb)) as unknown as Rgb);
  });
  return 100 * Math.hypot(...x!.map((value, i) => value - y![i]!));
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function oklab(rgb: Rgb): Rgb {
  const lms = [
    dot([0.4122214708, 0.5363325363, 0.0514459929], rgb),
    dot([0.2119034982, 0.6806995451, 0.1073969566], rgb),
    dot([0.0883024619, 0.2817188376, 0.6299787005], rgb),
  ].map((value) => Math.cbrt(value)) as unknown as Rgb;
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ];
}

/** Those that stand side by side, or one upon the other, in some chart. */
const NEIGHBOURS = [
  ['c-complete', 'c-partly'],
  ['c-partly', 'c-gap'],
  ['c-partly', 'c-accepted'],
  ['c-partly', 'c-excluded'],
  ['c-complete', 'c-gap'],
  ['c-gap', 'c-accepted'],
  ['c-complete', 'c-accepted'],
  ['c-accepted', 'c-excluded'],
  ['c-complete', 'c-excluded'],
  ['c-gap', 'c-excluded'],
  ['c-stale', 'c-kept'],
  ['c-stale', 'c-removed'],
  ['c-stale', 'c-unknown'],
] as const;

describe.each(Object.entries(PALETTES))('%s', (_, palette) => {
  const marks = COLOR_NAMES.filter((name) => /^c-/.test(name));

  it.each(marks)('--%s stands out from the page', (name) => {
    expect(contrast(palette[name], palette.page)).toBeGreaterThanOrEqual(3);
  });

  it('has text that can be read, on the page and on each heat', () => {
    expect(contrast(palette.text, palette.page)).toBeGreaterThanOrEqual(4.5);
    for (const heat of [1, 2, 3, 4, 5] as const)
      expect([heat, contrast(palette[`on-heat-${heat}`], palette[`heat-${heat}`]) >= 4.5]).toEqual([
        heat,
        true,
      ]);
  });

  it('has heats that go one way, for eyes and printers without colours', () => {
    const contrasts = ([1, 2, 3, 4, 5] as const).map((heat) =>
      contrast(palette[`heat-${heat}`], palette.page),
    );
    for (const [i, one] of contrasts.slice(1).entries())
      expect(one / contrasts[i]!).toBeGreaterThan(1.2);
  });

  it.each(Object.keys(SIGHTS))('has neighbours that differ to eyes with %s', (sight) => {
    for (const [a, b] of NEIGHBOURS)
      expect([a, b, distance(palette[a], palette[b], SIGHTS[sight]!) > 9]).toEqual([a, b, true]);
  });
});

it('gives the page all colours, for light, dark and print', () => {
  expect(PALETTE_CSS.split('\n')).toHaveLength(3);
  for (const rule of PALETTE_CSS.split('\n'))
    expect([...rule.matchAll(/--([a-z0-9-]+):#/g)].map(([, name]) => name)).toEqual([
      ...COLOR_NAMES,
    ]);
});
