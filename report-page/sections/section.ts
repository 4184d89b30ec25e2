import { type Content, markup, type Markup } from '../markup.ts';

export function section(id: string, title: string, content: Content): Markup {
  return markup`<section id="${id}" aria-labelledby="${`${id}-title`}">
    <h2 id="${`${id}-title`}">${title}</h2>
    ${content}
  </section>`;
}
