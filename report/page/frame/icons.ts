import type { SummaryStatus } from '../../../core/summary/summary.ts';
import { markup, type Markup } from '../markup/markup.ts';

/** What a run came to, at a glance. Each has a shape of its own, so that colour says nothing alone. */
export type Sign = 'good' | 'warn' | 'bad' | 'wait';

const SHAPES: Readonly<Record<Sign, Markup>> = {
  good: markup`<circle cx="12" cy="12" r="11"/><path class="ink" d="M6.5 12.5l3.5 3.5 7.5-8"/>`,
  warn: markup`<path d="M12 1.5L23.5 22H.5z"/><path class="ink" d="M12 9v6M12 18v.5"/>`,
  bad: markup`<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z"/><path class="ink" d="M8 8l8 8M16 8l-8 8"/>`,
  wait: markup`<circle cx="12" cy="12" r="11"/><path class="ink" d="M12 5.5V12l4.5 3"/>`,
};

export const SIGN_OF: Readonly<Record<SummaryStatus, Sign>> = {
  COMPLETE: 'good',
  PARTIAL: 'warn',
  REMOVALS_INCOMPLETE: 'warn',
  NOT_APPROVED: 'wait',
  PLAN_REFUSED: 'bad',
  FAILED: 'bad',
};

/** Nothing for whoever can't see it: a word stands beside it. */
export function icon(sign: Sign): Markup {
  return markup`<svg class="icon ${sign}" viewBox="0 0 24 24" aria-hidden="true">${SHAPES[sign]}</svg>`;
}

const BARS = markup`<path d="M6 8h20v4H6zM9 15h14v4H9zM13 22h6v4h-6z" fill="#fff"/>`;
const MARK = markup`<rect width="32" height="32" rx="7" fill="#0b57a4"/>${BARS}`;

/** From much to little: what orgsweep is known by. */
export const mark = markup`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">${MARK}</svg>`;

/** The same for a browser's tab. Without one, a browser asks a server for it. */
export const MARK_ADDRESS = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${MARK.text}</svg>`,
)}`;
