import { KEEP_UNTIL_TAG, PROTECT_TAG } from '../../core/tags/protection.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { cut } from '../format/layout.ts';
import { formatCount } from '../format/money.ts';
import type { NextStep } from '../parts/step.ts';
import { countOf } from '../format/noun.ts';

const NEARLY_ALL_PERCENT = 90;
/** Of fewer, a tag on all of them may well be meant. */
const FEWEST_RESOURCES = 20;
const MOST_NAMED = 6;

/** A tag that everything has protects everything, and a clean report is all that it looks like. */
export function stepsForProtection(summary: Summary): NextStep[] {
  const { counts, input } = summary;
  const { PROTECTED_BY_TAG: kept = 0 } = counts.reasons;
  if (counts.resources < FEWEST_RESOURCES) return [];
  if (kept * 100 < counts.resources * NEARLY_ALL_PERCENT) return [];
  const rules = [input.policy, ...input.policyOverrides.map(({ policy }) => policy)].flatMap(
    ({ protectTags = [] }) => protectTags,
  );
  const tags = [PROTECT_TAG, KEEP_UNTIL_TAG, ...new Set(rules)];
  const named = tags.slice(0, MOST_NAMED).map((rule) => cut(rule, 80));
  const more = tags.length - named.length;
  return [
    {
      title: 'Nearly everything is protected',
      what: `Check that tags are meant to protect ${formatCount(kept)} of ${countOf(counts.resources, summary)} (PROTECTED_BY_TAG).`,
      why: `While they do, orgsweep finds none of these unused. What protects: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    },
  ];
}
