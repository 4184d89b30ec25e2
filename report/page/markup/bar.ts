import { markup, type Markup } from './markup.ts';
import type { ColorName } from './palette.ts';

const LENGTH = 100;

/** A bar beside figures that say the same: nothing for whoever can't see it. */
export function bar(share: number, color: ColorName): Markup {
  const width = String(Math.round(Math.min(1, Math.max(0, share)) * LENGTH * 10) / 10);
  return markup`<svg class="bar" viewBox="0 0 ${LENGTH} 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10" fill="${`var(--${color})`}"/></svg>`;
}
