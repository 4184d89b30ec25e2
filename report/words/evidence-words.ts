import { capitalized, cut } from '../format/layout.ts';
import type { Finding, NotSeen } from '../../core/model/verdict.ts';
import type { KindWords } from '../../core/words/kind-words.ts';
import { formatCount } from '../format/money.ts';
import { listed } from '../format/quoted.ts';
import { verdictInWords } from './reason-words.ts';
import { EXCLUSION_WORDS, GAP_WORDS } from './target-words.ts';

const LENGTH = 200;
const MOST_SOURCES = 30;
/** Told in sentences, of any kind. */
const TOLD_ELSEWHERE: readonly string[] = ['asks', 'notSeenElsewhere'];

/** A finding whose kind has no sentences: its verdict, and its evidence field by field. */
export function evidenceInWords(finding: Finding, own: KindWords | undefined): readonly string[] {
  const seen = { ...finding.evidence, notLookedAt: skippedByPolicy(finding.evidence) };
  const fields = Object.entries(seen).flatMap(([key, value]) => {
    if (TOLD_ELSEWHERE.includes(key)) return [];
    const said = valueInWords(value);
    return said === '' ? [] : [`${capitalized(cut(keyInWords(key), LENGTH))}: ${said}.`];
  });
  return [verdictInWords(finding, own), ...fields];
}

/** `fullSizeGiB` is told as "full size GiB". */
function keyInWords(key: string): string {
  return key
    .replace(/([a-z])(GiB$|[A-Z])/g, '$1 $2')
    .replace(/ (?!GiB)[A-Z][a-z]*/g, (word) => word.toLowerCase());
}

/** Lists with semicolons, objects as key and value; empty: it says nothing. */
function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueInWords).filter(Boolean).join('; ');
  if (typeof value !== 'object') return cut(String(value), LENGTH);
  return Object.entries(value)
    .map(([key, inner]) => [cut(key, LENGTH), valueInWords(inner)])
    .filter(([, said]) => said !== '')
    .map((pair) => pair.join(' '))
    .join(', ');
}

type NotLookedAt = Partial<
  Pick<Finding['evidence'], 'notLookedAt' | 'notSeenElsewhere' | 'unanswered'>
>;

/**
 * What the policy says not to look at. `notLookedAt` also has what nobody answered and what wasn't seen
 * elsewhere, as its grace waits for those too: they have sentences of their own.
 */
function skippedByPolicy({
  notLookedAt = [],
  notSeenElsewhere = [],
  unanswered = [],
}: NotLookedAt) {
  const others = new Set([...unanswered, ...notSeenElsewhere.map(({ source }) => source)]);
  return notLookedAt.filter((name) => !others.has(name));
}

/** "Not looked at, as the policy says: spot-fleets." */
export function skippedInWords(
  { evidence }: Pick<Finding, 'evidence'>,
  nameOf: (source: string) => string,
): string[] {
  const skipped = skippedByPolicy(evidence);
  if (skipped.length === 0) return [];
  return [`Not checked, as the policy says: ${listed(skipped.map(nameOf), MOST_SOURCES)}.`];
}

const WHY: Readonly<Record<string, { readonly listed: string }>> = {
  ...GAP_WORDS,
  ...EXCLUSION_WORDS,
  NOT_READ: { listed: 'not read there' },
  NOT_LISTED: { listed: 'AWS does not name that Region there' },
};

/** What wasn't seen elsewhere that could refer to it, a sentence for each source. */
export function notSeenInWords({ evidence }: Pick<Finding, 'evidence'>): string[] {
  return (evidence.notSeenElsewhere ?? []).map(inWords);
}

function inWords({ source, places, at }: NotSeen): string {
  const begins = `Whether something elsewhere refers to it (${source}) isn't known`;
  if (places === null) return `${begins}: only this account was scanned.`;
  const named = at.map(({ accountId, region, why }) => {
    const where = region === null ? accountId : `${accountId} in ${region}`;
    return `${where} (${WHY[why]?.listed ?? why})`;
  });
  const others = places - at.length;
  const more = others > 0 ? [`${formatCount(others)} more`] : [];
  return `${begins}. Not seen: ${[...named, ...more].join(', ')}.`;
}
