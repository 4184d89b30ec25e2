import type { Content, Markup } from './markup.ts';

/** A picture of one summary: a table with bars or shaded cells, or a drawing and its figures. */
export interface Chart {
  /** In lower case, with hyphens; no two charts of a page have the same. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences that say what it shows. */
  readonly description: Content;
  readonly body: Markup;
  /** Wants the whole width of the page. */
  readonly isWide?: true;
  /** Is read once, and not worked with: it belongs to the appendix. */
  readonly isAside?: true;
}
