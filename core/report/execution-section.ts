import { actsAsInWords } from '../acts-as.ts';
import type { Summary } from '../summary.ts';
import { cut } from './layout.ts';
import { duration, minute } from './moment.ts';
import { formatNoun } from './money.ts';
import { type Line, mailOnly, point, type Section } from './section.ts';

const NAMED = 5;

/** What was asked for, and when. */
export function executionSection(summary: Summary): Section {
  const { input, startedAt, finishedAt, mode } = summary;
  return {
    title: 'THIS EXECUTION',
    lines: mailOnly([
      point(
        `${summary.executionId}, ${mode === 'delete' ? 'delete' : 'report: nothing is removed'}`,
      ),
      point(`started ${minute(startedAt)}, took ${duration(startedAt, finishedAt)}`),
      ...actsAs(summary),
      point(`scope: ${scopeInWords(input.scope)}`),
      point(`policy: ${policyInWords(input)}`),
      ...protectedBy(input.policy),
    ]),
  };
}

function actsAs({ actsAs, simulated }: Summary): Line[] {
  return actsAs === null ? [] : [point(cut(actsAsInWords(actsAs, { simulated }), 300))];
}

function scopeInWords(scope: Summary['input']['scope']): string {
  const asked = [...scope.organizationalUnits, ...scope.accounts];
  const parts =
    scope.retryOf === undefined
      ? [
          asked.length === 0 ? 'all accounts' : listed(asked),
          scope.regions.length === 0 ? 'all enabled Regions' : listed(scope.regions),
        ]
      : [`only what wasn't complete in ${scope.retryOf}`];
  const without = [...scope.excludeAccounts, ...scope.excludeRegions];
  return `${parts.join(', ')}${without.length === 0 ? '' : `, without ${listed(without)}`}`;
}

function policyInWords({ policy, policyOverrides }: Summary['input']): string {
  const removed = policy.neverRemove
    ? 'never removed'
    : `removed after ${formatNoun(policy.graceDays, 'day')} of grace`;
  const overrides = policyOverrides.length;
  const others = overrides === 0 ? '' : `; other in ${formatNoun(overrides, 'override')}`;
  return `stale from ${formatNoun(policy.minAgeDays, 'day')} of age, ${removed}${others}`;
}

function protectedBy({ protectTags }: Summary['input']['policy']): Line[] {
  if (protectTags.length === 0) return [];
  return [point(`protected by tag: ${listed(protectTags.map((rule) => cut(rule, 80)))}`)];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
