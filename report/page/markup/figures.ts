import type { Chart } from './chart.ts';
import { isHarmlessSvg } from './harmless-svg.ts';
import { markup, type Markup, verbatim } from './markup.ts';

/** A chart with its caption. */
export function figureOf({ id, title, description, body, isWide }: Chart): Markup {
  return markup`<figure id="${`chart-${id}`}" class="${isWide === true ? 'wide' : 'narrow'}">
    <figcaption>
      <strong>${title}</strong>
      ${description === null ? null : markup`<span>${description}</span>`}
    </figcaption>
    ${body}
  </figure>`;
}

/**
 * A drawing, as one image to who can't see it.
 *
 * @param label what a screen reader says of it
 */
export function pictureOf(svg: Markup, label: string): Markup {
  return isHarmlessSvg(svg.text)
    ? markup`<div class="picture" role="img" aria-label="${label}">${verbatim(svg.text)}</div>`
    : markup`<p class="note">
        The picture was left out: it had something in it that a picture doesn't need.
      </p>`;
}
