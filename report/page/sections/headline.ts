import { deletedOf } from '../../format/noun.ts';
import { outcomeInWords } from '../../sections/headline.ts';
import { formatCount, formatNoun } from '../../format/money.ts';
import { STATUS_WORD } from '../../words/words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { worthInHead } from '../../sections/worth-in-head.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { isolated, sentenceOf, timeOf } from '../markup/text.ts';

/** The word, how much was scanned, and what can be had: whoever reads no further knows that. */
export function headline(summary: Summary): Markup {
  const { executionId, mode, status } = summary;
  return markup`<header>
    <p class="over">
      orgsweep ${mode} <span>${isolated(executionId)}</span>
      ${timeOf(summary.finishedAt)}${summary.simulated ? markup` <span>simulated organization</span>` : null}
    </p>
    <h1>
      <span class="status ${status === 'COMPLETE' ? 'good' : 'bad'}">${STATUS_WORD[status]}</span>
      ${isolated(outcomeInWords(summary))}
    </h1>
    <p class="worth">${sentenceOf(worthInHead(summary).join(' '))}</p>
    <p class="lead">${lead(summary)}</p>
    ${alarm(summary)} ${brokenSetsAlarm(summary)}
  </header>`;
}

/** In which mode, and what was left out of what the line above counts. */
function lead({ mode, coverage }: Summary): Content {
  const { acceptedGaps, excluded } = coverage;
  return [
    mode === 'delete' ? 'A delete run.' : 'Report only: nothing was deleted.',
    ' An account-Region is one Region of one account.',
    ...(acceptedGaps.length === 0 ? [] : [` Accepted gaps: ${formatCount(acceptedGaps.length)}.`]),
    ...(excluded === 0 ? [] : [` Excluded: ${formatCount(excluded)}.`]),
  ];
}

function brokenSetsAlarm(summary: Summary): Content {
  const { removedOfBrokenSets: removed } = summary.removals;
  if (removed.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${deletedOf(removed.length, summary)} belonged to a
    crash-consistent set of which another part stays:
    ${removed.slice(0, 10).map(({ resourceId, accountId, region }) => markup`<code class="id">${isolated(resourceId)}</code> in ${accountId} ${region}; `)}
  </p>`;
}

function alarm({ removals: { notSeenInRecycleBin: lost } }: Summary): Content {
  if (lost.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${formatNoun(lost.length, 'deleted resource')} did not appear in the
    Recycle Bin, though a rule should keep it. Deleting was stopped there:
    ${lost.slice(0, 10).map(({ resourceId, accountId, region }) => markup`<code class="id">${isolated(resourceId)}</code> in ${accountId} ${region}; `)}
  </p>`;
}
