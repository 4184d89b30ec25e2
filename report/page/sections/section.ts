import { type Content, markup, Markup } from '../markup/markup.ts';

/** A part of the page that its list of contents names by its heading. */
export class Section extends Markup {
  readonly id: string;
  readonly title: string;
  constructor(id: string, title: string, text: string) {
    super(text);
    this.id = id;
    this.title = title;
  }
}

export function section(id: string, title: string, content: Content): Section {
  const { text } = markup`<section id="${id}" aria-labelledby="${`${id}-title`}">
    <h2 id="${`${id}-title`}">${title}</h2>
    ${content}
  </section>`;
  return new Section(id, title, text);
}
