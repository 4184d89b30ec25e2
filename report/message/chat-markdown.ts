import { inert, oneLine } from '../format/layout.ts';

/**
 * As plain text in Slack and in Teams, whatever strangers wrote: nobody is pinged, nothing becomes a
 * link, and nothing changes how the rest is shown. Slack knows no escape but these entities, so what
 * else it or Teams acts on is replaced by a character that looks like it.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function plain(text: string): string {
  return inert(oneLine(text))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('*', '\u2217')
    .replaceAll('~', '\u223c')
    .replaceAll('`', "'")
    .replaceAll('](', '] (')
    .replace(/@(?=(channel|here|everyone|group)\b)/gi, '\uff20')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\uff3f');
}

/** To be copied. */
export function code(text: string): string {
  return `\`${inCode(oneLine(text))}\``;
}

/** Inside a fence columns stay aligned; one in the text would end it. */
export function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

/** In Slack an entity is one in code, too. */
export function inCode(text: string): string {
  return text
    .replaceAll('`', "'")
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Bold in Slack, italic in Teams: emphasis in both. */
export function emphasized(text: string): string {
  return `*${plain(text)}*`;
}

/** At most so many characters, never with half an entity at the end. */
export function cutMarkdown(text: string, most: number, note = '…'): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - note.length).replace(/&[a-z]{0,4}$|[\ud800-\udbff]$/, '');
  return `${kept}${note}`;
}
