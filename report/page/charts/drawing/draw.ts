import { type Loader, None, parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { FONT_SIZE_PX } from './label.ts';

type LayeredSpec = Extract<TopLevelSpec, { layer: unknown }>;
export type Layer = LayeredSpec['layer'][number];

/** Marks over one another. Strangers' strings may be values of their data, and nothing else. */
export interface Drawing {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly layers: readonly Layer[];
  /** Around the marks, for axes. */
  readonly paddingPx?: { left: number; right: number; top: number; bottom: number };
}

/**
 * An `<svg>` element that is one image to a screen reader. The same drawing gives the same bytes.
 *
 * @param label what a screen reader says of it
 */
export async function draw(drawing: Drawing, label: string): Promise<string> {
  const { spec } = compile(specOf(drawing), { logger: silent });
  const view = new View(parse(spec), { renderer: 'none', loader: refusing, logLevel: None });
  try {
    return asImage(await view.toSVG(), label);
  } finally {
    view.finalize();
  }
}

function specOf({ widthPx, heightPx, layers, paddingPx }: Drawing): LayeredSpec {
  return {
    width: widthPx,
    height: heightPx,
    padding: paddingPx ?? 0,
    // Room is reckoned here: without a font, Vega could only guess at it.
    autosize: { type: 'none' },
    layer: [...layers],
    config: {
      // The image has a label; marks that are read out one by one would be noise.
      aria: false,
      background: null as never,
      font: 'inherit',
      view: { stroke: null },
      text: { fontSize: FONT_SIZE_PX, color: 'currentColor', baseline: 'middle' },
      axis: {
        labelFontSize: FONT_SIZE_PX - 1,
        labelColor: 'currentColor',
        gridColor: 'var(--grid)',
        domainColor: 'var(--grid)',
        tickColor: 'var(--grid)',
      },
    },
  };
}

/**
 * The root's own attributes say what it is. Roles and classes of marks go: they would be read out
 * one by one, and a page's styles aren't meant for them. In texts Vega escapes `<` and `>`, so what
 * looks like a tag is one.
 */
function asImage(svg: string, label: string): string {
  const root = /^<svg [^>]*(width="[^"]*" height="[^"]*" viewBox="[^"]*")>/.exec(svg);
  if (root === null) throw new Error('vega made no <svg> with a viewBox');
  const marks = svg
    .slice(root[0].length)
    .replace(/<[a-z]+ [^<>]*>/g, (tag) => tag.replace(/ (?:role|class|aria-[a-z]+)="[^"]*"/g, ''));
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${escaped(label)}" ${root[1]}>${marks}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const refuse = async (uri: string): Promise<never> => {
  throw new Error(`a chart loads nothing, and was to load ${uri}`);
};

/** Vega can fetch data and images; a report is made of what the execution left behind. */
const refusing: Loader = {
  options: {},
  load: refuse,
  sanitize: refuse,
  http: refuse,
  file: refuse,
} as unknown as Loader;

/** Vega-Lite would warn on the console, which is the CLI's output and a function's log. */
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never;
