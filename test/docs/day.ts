import { root } from './page.ts';

/** What the page has a reader type, in its order. */
export type Step =
  | { readonly kind: 'serves' | 'sets' | 'saves'; readonly script: string }
  | {
      readonly kind: 'runs';
      readonly script: string;
      readonly exitCode: number;
      /** Goes on when it waits for approval; its end is compared later. */
      readonly waits: boolean;
    }
  /** What is seen of the step before, or of one that waited. */
  | {
      readonly kind: 'seen';
      readonly of: string | undefined;
      readonly exitCode: number;
      readonly lines: readonly string[];
    };

const MARKED = /<!-- (try|seen)(?:: ([^>]*?))? -->\n\n```(?:sh)?\n([\s\S]*?)```/g;

/** The steps of a page that are marked as tried. */
export function stepsOf(page: string): Step[] {
  return [...page.matchAll(MARKED)].map(([, kind, how = '', body = '']) => {
    const exitCode = Number(/exits (\d+)/.exec(how)?.[1] ?? 0);
    if (kind === 'seen') {
      const of = /of (\S+)/.exec(how)?.[1];
      return { kind, of, exitCode, lines: body.trimEnd().split('\n') };
    }
    const special = (['serves', 'sets', 'saves'] as const).find((one) => one === how);
    if (special !== undefined) return { kind: special, script: body };
    return { kind: 'runs', script: body, exitCode, waits: how === 'waits' };
  });
}

/** Times, durations and what is made up anew each time are alike; all else has to be as it is shown. */
function alike(text: string): string {
  const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
  return text
    .replaceAll(`node ${root}/bin/orgsweep.mjs`, 'orgsweep')
    .replace(/\b20\d\d-\d\d-\d\d(T| )\d\d:\d\d(:\d\d)?( UTC|Z)/g, 'TIME')
    .replace(/\b20\d\d-\d\d-\d\d\b/g, 'DATE')
    .replace(new RegExp(`\\b\\d{1,2} (${months})[a-z]*( 20\\d\\d)?`, 'g'), 'DATE')
    .replace(/\(\d+ days? \d+ h left\)/g, '(LEFT)')
    .replace(/[0-9a-f]{64}/g, 'DIGEST')
    .replace(/(assumed-role\/[\w-]+\/)[\w-]+/g, '$1SESSION');
}

/**
 * The first line that is shown and didn't come, after those before it; undefined where all of them
 * did. A line with `…` stands for any lines.
 */
export function missing(shown: readonly string[], came: string): string | undefined {
  const lines = alike(came)
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
  let at = 0;
  let mayskip = false;
  for (const line of shown) {
    if (line === '…') {
      mayskip = true;
      continue;
    }
    const wanted = alike(line).trimEnd();
    const found = mayskip ? lines.indexOf(wanted, at) : lines[at] === wanted ? at : -1;
    if (found < 0) return line;
    at = found + 1;
    mayskip = false;
  }
  return mayskip || at >= lines.length ? undefined : `nothing after ${shown.at(-1)}`;
}
