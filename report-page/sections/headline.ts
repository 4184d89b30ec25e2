import { outcomeInWords } from '../../core/report/headline.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from '../../core/report/money.ts';
import { undoInWords } from '../../core/report/recycle-bin-words.ts';
import { STATUS_WORD } from '../../core/report/words.ts';
import { sawNothing, uncountedInWords } from '../../core/report/uncounted.ts';
import type { Summary } from '../../core/summary.ts';
import { type Content, markup, type Markup } from '../markup.ts';
import { isolated, sentenceOf, timeOf } from '../text.ts';

/** The word, what it means, and how much was seen: whoever reads no further knows that. */
export function headline(summary: Summary): Markup {
  const { executionId, mode, status } = summary;
  return markup`<header>
    <p class="over">orgsweep ${mode} <span>${isolated(executionId)}</span></p>
    <h1>
      <span class="status ${status === 'COMPLETE' ? 'good' : 'bad'}">${STATUS_WORD[status]}</span>
      ${isolated(outcomeInWords(summary))}
    </h1>
    <p class="lead">${lead(summary)}</p>
    ${alarm(summary)} ${brokenSetsAlarm(summary)} ${keyFigures(summary)}
  </header>`;
}

/** When, in which mode, and what was left out of what the line above counts. */
function lead({ mode, finishedAt, coverage }: Summary): Content {
  const { acceptedGaps, excluded } = coverage;
  const besides = [
    ...(acceptedGaps.length === 0
      ? []
      : [`${formatNoun(acceptedGaps.length, 'gap')} accepted by the input`]),
    ...(excluded === 0 ? [] : [`${formatCount(excluded)} left out on purpose`]),
  ].join(', ');
  return markup`${mode === 'delete' ? 'A delete execution' : 'A report, which removes nothing'},
    finished ${timeOf(finishedAt)}. A target is one Region of one
    account${besides === '' ? '' : `; ${besides}`}.`;
}

function brokenSetsAlarm({ removals: { removedOfBrokenSets: removed } }: Summary): Content {
  if (removed.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${formatNoun(removed.length, 'removed snapshot')} belonged to a
    crash-consistent set of which another part stays:
    ${removed.slice(0, 10).map(({ resourceId, accountId, region }) => markup`<code class="id">${isolated(resourceId)}</code> in ${accountId} ${region}; `)}
  </p>`;
}

function alarm({ removals: { notSeenInRecycleBin: lost } }: Summary): Content {
  if (lost.length === 0) return null;
  return markup`<p class="alarm">
    <strong>Alarm:</strong> ${formatNoun(lost.length, 'removed resource')} did not appear in the
    Recycle Bin, though a rule should keep it. Removal was stopped there:
    ${lost.slice(0, 10).map(({ resourceId, accountId, region }) => markup`<code class="id">${isolated(resourceId)}</code> in ${accountId} ${region}; `)}
  </p>`;
}

function keyFigures(summary: Summary): Markup {
  const { counts, plan, removals, mode } = summary;
  const { STALE, UNKNOWN } = counts.verdicts;
  const cost = counts.staleMonthlyCostUsdUpTo;
  const hasNoPrice = counts.unpricedGiB > 0 && cost === 0;
  const done =
    mode === 'delete'
      ? figure('Removed', formatCount(removals.byOutcome.REMOVED), [
          `of ${formatNoun(removals.planned, 'planned removal')}, ${formatSize(removals.removedGiB)}`,
          removals.byOutcome.REMOVED === 0 || summary.simulated ? '' : undoInWords(removals),
        ])
      : figure('Could be removed now', plan === null ? 'no plan' : formatCount(plan.removals), [
          plan === null ? '' : formatSize(plan.removalsGiB),
        ]);
  return markup`<dl class="figures">
    ${mode === 'delete' ? done : null}
    ${figure(
      mode === 'delete' ? 'Stale when looked at' : 'Stale',
      sawNothing(summary) ? 'not known' : formatCount(STALE),
      [
        `of ${formatNoun(counts.resources, 'resource')} looked at`,
        UNKNOWN === 0 ? '' : `${formatCount(UNKNOWN)} unknown, kept`,
        uncountedInWords(summary.coverage),
      ],
    )}
    ${figure('Stale size', formatSize(counts.staleGiB), ['what shares data counted once'])}
    ${figure('Cost a month, up to', hasNoPrice ? 'no price known' : formatUsdUpTo(cost), [
      counts.staleUnsharedMonthlyCostUsdUpTo > cost
        ? `each volume counted once; at most ${formatUsdUpTo(counts.staleUnsharedMonthlyCostUsdUpTo)} if nothing were shared`
        : '',
      counts.unpricedGiB > 0 && !hasNoPrice
        ? `${formatSize(counts.unpricedGiB)} without a known price not in it`
        : '',
    ])}
    ${mode === 'delete' ? null : done}
    ${figure('Held back', plan === null ? 'no plan' : formatCount(plan.held), [
      plan === null || plan.held === 0 ? '' : 'stale, and not to be removed yet',
    ])}
  </dl>`;
}

function figure(name: string, value: string, notes: readonly string[]): Markup {
  return markup`<div>
    <dt>${name}</dt>
    <dd>
      <b>${value}</b>${notes
        .filter((note) => note !== '')
        .map((note) => markup`<span>${sentenceOf(note)}</span>`)}
    </dd>
  </div>`;
}
