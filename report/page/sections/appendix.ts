import { type Content, markup } from '../markup/markup.ts';
import { Section, section } from './section.ts';

/** What few need and nobody should miss: each part is folded, and open on paper. */
export function appendix(parts: readonly Content[]): Content {
  const given = parts.filter((part) => part instanceof Section);
  return given.length === 0 ? null : section('appendix', 'Appendix', given);
}

/**
 * A part of the appendix, with a heading that a link leads to.
 *
 * @param isOpen where it tells of something that went wrong
 */
export function part(id: string, title: string, content: Content, isOpen = false): Section {
  const heading = markup`<summary><h3>${title}</h3></summary>`;
  const { text } = markup`<div class="part" id="${id}">
    ${
      isOpen
        ? markup`<details open>
            ${heading} ${content}
          </details>`
        : markup`<details>
            ${heading} ${content}
          </details>`
    }
  </div>`;
  return new Section(id, title, text);
}
