import { markup, type Markup } from '../markup/markup.ts';
import type { Section } from '../sections/section.ts';

/** The sections by their headings; it stays at hand while the page is scrolled. */
export function contents(parts: readonly Section[]): Markup {
  return markup`<nav aria-label="On this page">
    <ul>
      ${parts.map(({ id, title }) => markup`<li><a href="${`#${id}`}">${title}</a></li> `)}
    </ul>
  </nav>`;
}
