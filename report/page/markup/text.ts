import { minute } from '../../format/moment.ts';
import { type Content, markup, type Markup } from './markup.ts';

/** AWS has 256 characters for a tag's value; an error's message may be of any length. */
const LONGEST_TEXT = 2000;

/** A stranger's text at a length that a page bears. */
export function shorten(text: string, length = LONGEST_TEXT): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}… (cut here)`;
}

/** A stranger's text by itself: its writing direction, overrides too, ends where it ends. */
export function isolated(text: string): Markup {
  return markup`<bdi>${shorten(text)}</bdi>`;
}

/** Regions, ids and dates: a line that ended within one would make two of it. */
const UNBROKEN = /\b([a-z]{2}(?:-[a-z]+)+-\d|[a-z]+-[0-9a-f]{8,17}|\d{12}|\d{4}-\d\d-\d\d)\b/;

/** What a mail puts between back-ticks. */
const CODE = /`([a-z][^`]*)`/;

/** A sentence, isolated; no line ends within a Region, an id or a date, and commands are set apart. */
export function sentenceOf(text: string): Markup {
  const parts = shorten(text).split(CODE);
  return markup`<bdi>${parts.map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : unbroken(part)))}</bdi>`;
}

function unbroken(text: string): Content {
  const parts = text.split(UNBROKEN);
  return parts.map((part, i) =>
    i % 2 === 1 ? markup`<span class="unbroken">${part}</span>` : part,
  );
}

/** An account, by the name that people know it by. */
export function accountOf(accountId: string, name: string | null): Markup {
  return name === null || name === ''
    ? markup`<code class="id">${accountId}</code>`
    : markup`${isolated(name)} <code class="id">${accountId}</code>`;
}

/** 2026-11-21 06:00 UTC */
export function timeOf(timestamp: string): Markup {
  return markup`<time datetime="${timestamp}">${minute(timestamp)}</time>`;
}
