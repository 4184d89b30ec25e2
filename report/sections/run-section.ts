import { wordsIn } from '../../core/words/words-in.ts';
import { actsAsInWords } from '../../core/model/acts-as.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { approvalInWords } from '../words/approval-words.ts';
import { daysByKind } from './kind-days.ts';
import { changeInShort } from './change-section.ts';
import { capitalized, cut } from '../format/layout.ts';
import { isOnSimulation } from '../commands/commands.ts';
import { LONGEST_FLOORS, floorsInWords } from '../words/floors-words.ts';
import { duration, minute } from '../format/moment.ts';
import { formatNoun } from '../format/money.ts';
import { type Line, point, type Section } from '../parts/section.ts';

const NAMED = 3;

/** What changed since the last run, and what was asked of this one. */
export function runSection(summary: Summary): Section {
  const { input, startedAt, finishedAt, mode, executionId, simulated, approval } = summary;
  const what = `${mode === 'delete' ? 'delete' : 'report only'}${simulated ? ', simulated' : ''}`;
  return {
    title: 'THIS RUN',
    lines: [
      ...changeInShort(summary).map(point),
      point(
        `${executionId}: ${what}, ${minute(startedAt)}, took ${duration(startedAt, finishedAt)}`,
      ),
      ...resumedOf(summary),
      ...actsAs(summary),
      // A plan that was not approved is what the message begins with.
      ...(approval?.removalsAllowed === true ? [point(`${approvalInWords(approval)}.`)] : []),
      point(`Scope: ${scopeInWords(input.scope)}. ${policyInWords(summary)}`),
      ...floorsOf(summary).map(point),
    ],
  };
}

/** What the deployment sets, in a line; and what nobody named and is so because of it. */
function floorsOf(summary: Summary): string[] {
  const { floors, raisedToFloors: raised, skippableSources } = summary;
  const words = floorsInWords(floors, skippableSources, wordsIn(summary));
  if (words === undefined) return [];
  const because = raised.length === 0 ? '' : ` Raised by it: ${listed(raised)}.`;
  return [`Set by the deployment: ${cut(words, LONGEST_FLOORS)}.${because}`];
}

function resumedOf({ resumed }: Summary): Line[] {
  if (resumed === undefined) return [];
  const { at, scannedAt } = resumed;
  return [point(`Scanned until ${minute(scannedAt)}, failed, and was resumed on ${minute(at)}.`)];
}

function actsAs(summary: Summary): Line[] {
  const { actsAs } = summary;
  if (actsAs === null) return [];
  const words = actsAsInWords(actsAs, { simulated: isOnSimulation(summary) });
  return [point(cut(capitalized(words), 150))];
}

function scopeInWords(scope: Summary['input']['scope']): string {
  const asked = [...scope.organizationalUnits, ...scope.accounts];
  const parts =
    scope.retryOf === undefined
      ? [
          asked.length === 0 ? 'all accounts' : listed(asked),
          scope.regions.length === 0 ? 'all enabled Regions' : listed(scope.regions),
        ]
      : [`only what was not complete in ${scope.retryOf}`];
  const without = [...scope.excludeAccounts, ...scope.excludeRegions];
  return `${parts.join(', ')}${without.length === 0 ? '' : `, without ${listed(without)}`}`;
}

function policyInWords(summary: Summary): string {
  const { policy, policyOverrides } = summary.input;
  const overrides = policyOverrides.length;
  const others = overrides === 0 ? '' : `, ${formatNoun(overrides, 'override')}`;
  const tags =
    policy.protectTags.length === 0
      ? ''
      : ` Protected by tag: ${listed(policy.protectTags.map((rule) => cut(rule, 40)))}.`;
  return `${capitalized(daysByKind(summary).join('. '))}${others}.${tags}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
