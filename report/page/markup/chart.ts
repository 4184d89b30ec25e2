import type { Summary } from '../../../core/summary/summary.ts';

/** A picture of one summary, and the same in words and numbers for those who can't see it. */
export interface Chart {
  /** In lower case, with hyphens; no two charts of a page have the same. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences that say what it shows. Has strangers' names in it: escape it. */
  readonly description: string;
  /** One `<svg>` element, to be put into HTML as it is; strangers' text in it is escaped. */
  readonly svg: string;
  /** Below this its text is hard to read: let it scroll rather than shrink. */
  readonly minWidthPx: number;
  /** What the picture shows, in full. Has strangers' names in it: escape them. */
  readonly table: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** null: there is nothing to show. */
export type MakeChart = (summary: Summary) => Promise<Chart | null>;
