import type { Chart } from '../../report/page/markup/chart.ts';

/** What a person reads in the tables of a chart, row by row: heads first, without empty ones. */
export function rowsIn(chart: Chart | null): string[][] {
  return [...(chart?.body.text ?? '').matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => textOf(cell)),
  );
}

/** The links of a chart, by their text. */
export function linksIn(chart: Chart | null): Record<string, string> {
  const links = (chart?.body.text ?? '').matchAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs);
  return Object.fromEntries(
    [...links].map(([, href = '', text = '']) => [textOf(text), href.replaceAll('&amp;', '&')]),
  );
}

/** Without its elements, on one line. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .trim();
}
