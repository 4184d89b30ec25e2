import type { ResourceRef } from '../../../core/model/ids.ts';
import { isSimulated } from '../../commands/simulated.ts';
import { deletedOf } from '../../format/noun.ts';
import { outcomeInWords } from '../../sections/headline.ts';
import { capitalized } from '../../format/layout.ts';
import { formatCount, formatNoun } from '../../format/money.ts';
import { STATUS_WORD } from '../../words/words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { isolated, sentenceOf, timeOf } from '../markup/text.ts';
import { icon, mark, SIGN_OF, type Sign } from './icons.ts';
import { keyFigures, keyFiguresToShow } from './key-figures.ts';
import { nameOfWhose, whoseInSmall } from './whose.ts';
import { toAsk, worthSentence } from './worth-sentence.ts';

/** What the page says before anything is scrolled: whose, when, how it ended, and what it is worth. */
export function band(summary: Summary, trend: Content = null): Markup {
  const { first, rest } = worthSentence(summary);
  const { status } = summary;
  return markup`<header class="band">
    ${masthead(summary)}
    ${statusLine(SIGN_OF[status], STATUS_WORD[status], isolated(`${capitalized(outcomeInWords(summary))}.`))}
    <h1>${sentenceOf(first)}</h1>
    <p class="lead">${sentenceOf([...toAsk(summary), ...rest, ...leftOut(summary)].join(' '))}</p>
    ${alarm(summary)} ${brokenSetsAlarm(summary)}
    <div class="at-a-glance">${keyFiguresToShow(keyFigures(summary))}${trend}</div>
  </header>`;
}

/** What is in none of the figures, and that a report did nothing. */
function leftOut(summary: Summary): string[] {
  const { mode, coverage } = summary;
  const { acceptedGaps, excluded } = coverage;
  return [
    ...(summary.trend.length < 2 ? [withoutTrend(summary)] : []),
    ...(acceptedGaps.length === 0 ? [] : [`Accepted gaps: ${formatCount(acceptedGaps.length)}.`]),
    ...(excluded === 0 ? [] : [`Excluded: ${formatCount(excluded)}.`]),
    ...(mode === 'report' ? ['Report only: nothing was deleted.'] : []),
  ];
}

/** What could not be read may be there. */
function withoutTrend({ pastFailure, clock, change }: Summary): string {
  if (pastFailure !== null) return 'No trend: earlier runs could not be read.';
  if (clock !== null) return 'No trend: the clock was wrong.';
  return change.previousExecutionId === null
    ? 'No trend yet: this is the first run of this scope.'
    : 'No trend yet.';
}

/** The mark, whose page it is, of when, and whether any of it is real. */
export function masthead(summary: Summary): Markup {
  const { executionId, finishedAt, mode } = summary;
  return markup`<div class="masthead">
    ${mark}<strong class="product">orgsweep</strong>
    <span class="whose">${isolated(nameOfWhose(summary) ?? 'All accounts')}
      <small>${isolated(whoseInSmall(summary))}</small></span>
    <span class="when">${timeOf(finishedAt)} <small>${mode} run ${isolated(executionId)}</small>
      ${previous(summary)}</span>
    ${isSimulated(summary) ? markup`<span class="badge">simulated</span>` : null}
  </div>`;
}

/** Where executions lie beside each other, as they do in a folder and in a bucket. */
function previous({ change: { previousExecutionId: id } }: Summary): Content {
  if (id === null) return null;
  return markup`<small><a href="${`../${encodeURIComponent(id)}/report.html`}">previous run</a></small>`;
}

export function statusLine(sign: Sign, word: string, words: Content): Markup {
  return markup`<p class="status">
    ${icon(sign)} <strong class="${sign}">${word}</strong> <span>${words}</span>
  </p>`;
}

function brokenSetsAlarm(summary: Summary): Content {
  const { removedOfBrokenSets: removed } = summary.removals;
  if (removed.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${deletedOf(removed.length, summary)} belonged to a
    crash-consistent set of which another part stays:
    ${firstOf(removed)}
  </p>`;
}

function alarm({ removals: { notSeenInRecycleBin: lost } }: Summary): Content {
  if (lost.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${formatNoun(lost.length, 'deleted resource')} did not appear in the
    Recycle Bin, though a rule should keep it. Deleting was stopped there:
    ${firstOf(lost)}
  </p>`;
}

function firstOf(resources: readonly Omit<ResourceRef, 'kind'>[]): Content {
  return resources
    .slice(0, 10)
    .map(
      ({ resourceId, accountId, region }) =>
        markup`<code class="id">${isolated(resourceId)}</code> in ${accountId} ${region}; `,
    );
}
