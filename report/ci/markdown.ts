import { inert, oneLine } from '../format/layout.ts';

/**
 * As plain text in Markdown as GitHub, GitLab and others read it, whatever strangers wrote: no markup,
 * no HTML, no link, no mention, no cell of a table, no line of its own.
 */
export function plainMarkdown(text: string): string {
  return (
    inert(oneLine(text))
      // A backslash does nothing before a letter, and a mention is one in any place.
      .replaceAll('@', '\uff20')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*_{}[\]#|~!$]/g, '\\$&')
      // What begins a list, a rule or a heading.
      .replace(/^[-+=:]/, '\\$&')
      .replace(/^(\d+)([.)])(?= |$)/, '$1\\$2')
  );
}

/** To be copied: on lines of its own, as it stands. */
export function codeBlock(text: string, indent = ''): string[] {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [fence, line, fence].map((one) => `${indent}${one}`);
}

/** The columns after the first are figures. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const rowOf = (cells: readonly string[]) => `| ${cells.map(plainMarkdown).join(' | ')} |`;
  const rule = heads.map((_, i) => (i === 0 ? '---' : '--:'));
  return [rowOf(heads), `| ${rule.join(' | ')} |`, ...rows.map(rowOf)];
}
