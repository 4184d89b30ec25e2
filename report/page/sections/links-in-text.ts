import { findingsLink } from '../findings/filter-link.ts';
import { type Content, markup } from '../markup/markup.ts';
import { sentenceOf } from '../markup/text.ts';

/** What a message calls a part of the page: where that is, and its heading. */
const PLACES: Readonly<Record<string, readonly [href: string, title: string]>> = {
  Findings: ['#findings', 'Findings'],
  Advice: ['#advice', 'Advice'],
  Deletions: ['#removals', 'Deletions'],
  Removals: ['#removals', 'Deletions'],
};
const REFERENCE = /((?:Findings|Advice|Deletions|Removals) on the page(?:, reason [A-Z][A-Z_]+)?)/;

/** A sentence of a message as the page has it: what it refers to is here, and a link away. */
export function withLinks(text: string): Content {
  return text.split(REFERENCE).map((piece, i) => {
    if (i % 2 === 0) return piece === '' ? null : sentenceOf(piece);
    const [, place = '', reason] = /^(\w+) on the page(?:, reason (\w+))?$/.exec(piece) ?? [];
    const [section = '#findings', title = 'Findings'] = PLACES[place] ?? [];
    const href = reason === undefined ? section : findingsLink({ reason });
    return markup`<a href="${href}">${title}</a>${reason === undefined ? null : markup`, reason <code>${reason}</code>`}`;
  });
}
