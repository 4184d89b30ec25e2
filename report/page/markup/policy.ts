import { createHash } from 'node:crypto';

/**
 * What the page may do: run the one script and take the one style it was made with. It loads,
 * sends and embeds nothing, and its script can't turn text into markup.
 */
export function contentPolicy(of: { readonly script: string; readonly style: string }): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(of.script)}`,
    `style-src ${hashOf(of.style)}`,
    // For the icon: an empty one, so that no browser asks a server for it.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
