import { markup, type Markup } from './markup.ts';
import type { ColorName } from './palette.ts';

const LENGTH = 100;
/** The smallest of values is still one to see. */
const LEAST = 0.8;

/** A bar beside figures that say the same: nothing for whoever can't see it. */
export function bar(share: number, color: ColorName): Markup {
  return barOf([{ share, color }]);
}

/** Parts of one bar, one behind the other, with a gap between them. */
export function barOf(
  parts: readonly { readonly share: number; readonly color: ColorName }[],
): Markup {
  let x = 0;
  const rects = parts.map(({ share, color }) => {
    const width = share > 0 ? Math.max(LEAST, Math.min(1, share) * LENGTH) : 0;
    const rect = markup`<rect x="${tenths(x)}" width="${tenths(width)}" height="10" fill="${`var(--${color})`}"/>`;
    x += width + GAP;
    return rect;
  });
  const length = Math.max(LENGTH, x - GAP);
  return markup`<svg class="bar" viewBox="0 0 ${tenths(length)} 10" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}

const GAP = 0.4;

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
