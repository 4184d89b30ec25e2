import { formatCount, formatNoun } from '../../core/report/money.ts';
import { EXCLUSION_WORDS, GAP_WORDS } from '../../core/report/words.ts';
import type { Failing } from '../../core/change.ts';
import type { AwsFailure } from '../../core/outcome.ts';
import type { Gap, Summary } from '../../core/summary.ts';
import { type Content, markup, type Markup } from '../markup.ts';
import { type Column, firstRows, tableOf } from '../table.ts';
import { accountOf, isolated, sentenceOf, timeOf } from '../text.ts';
import { section } from './section.ts';

const MOST_GAPS = 300;

const WHERE: readonly Column<Gap>[] = [
  { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
  { title: 'Region', cell: ({ region }) => region ?? 'all', as: 'short' },
  {
    title: 'Why',
    cell: ({ status }) =>
      markup`${status in GAP_WORDS ? GAP_WORDS[status as keyof typeof GAP_WORDS] : ''}
        <code>${status}</code>`,
  },
];

const COLUMNS: readonly Column<Gap>[] = [
  ...WHERE,
  { title: 'What AWS said', cell: failuresInWords },
];

const ACCEPTED: readonly Column<Gap>[] = [
  ...WHERE,
  { title: 'Accepted because', cell: ({ accepted }) => isolated(accepted ?? '') },
];

/** What was in scope and wasn't seen, and what was left out on purpose. */
export function notSeen({ coverage, failingAgain, notLookedAt }: Summary): Markup {
  const { gaps, acceptedGaps } = coverage;
  const cut = { most: MOST_GAPS, rest: 'all are in targets.jsonl.' };
  return section('not-seen', 'What was not seen, and why', [
    gaps.length === 0
      ? markup`<p>Nothing in scope is missing.</p>`
      : firstRows('Not seen completely', COLUMNS, gaps, cut),
    failingTargets(failingAgain),
    acceptedGaps.length === 0
      ? null
      : firstRows('Gaps accepted by the input', ACCEPTED, acceptedGaps, cut),
    excluded(coverage),
    notLookedAt.length === 0
      ? null
      : markup`<p>
          Could need a resource and was not looked at anywhere:
          ${notLookedAt.map((source, i) => [i > 0 ? ', ' : '', isolated(source)])}.
        </p>`,
  ]);
}

function failuresInWords({ failure, otherFailures = [], moreFailures = 0 }: Gap): Content {
  if (otherFailures.length === 0) return failureInWords(failure);
  const more = moreFailures === 0 ? '' : `, ${formatCount(moreFailures)} more`;
  return markup`${failureInWords(failure)} Also failed:
    ${otherFailures.map(
      ({ source, operation, code }, i) =>
        markup`${i > 0 ? ', ' : ''}${isolated(source ?? operation ?? '')} (<code>${isolated(code)}</code>)`,
    )}${more}`;
}

export function failureInWords(failure: AwsFailure | null): Content {
  if (failure === null) return '';
  const { code, message, operation, source } = failure;
  const of = operation ?? source;
  return markup`<code>${isolated(code)}</code> ${of === undefined ? '' : markup`(${isolated(of)})`}
    ${isolated(message)}`;
}

function failingTargets({ targets, listedTargets }: Failing): Content {
  if (targets === 0) return null;
  const columns: readonly Column<Failing['listedTargets'][number]>[] = [
    { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
    { title: 'Region', cell: ({ region }) => region ?? 'all', as: 'short' },
    { title: 'Now', cell: ({ status }) => markup`<code>${status}</code>` },
    { title: 'Since', cell: ({ since }) => timeOf(since) },
    { title: 'Executions', cell: ({ executions }) => formatCount(executions), as: 'figure' },
  ];
  return firstRows('Not seen completely again and again', columns, listedTargets, {
    ...{ most: listedTargets.length, of: targets, rest: 'all are in targets.jsonl.' },
  });
}

function excluded({ excludedByReason, unusableAccounts, regionsNotEnabled }: Summary['coverage']) {
  const counted = Object.entries(excludedByReason) as [keyof typeof EXCLUSION_WORDS, number][];
  if (counted.length === 0) return null;
  const regions = Object.entries(regionsNotEnabled);
  return markup`<details>
    <summary>Excluded on purpose</summary>
    ${tableOf(
      'Excluded on purpose',
      [
        {
          title: 'Why',
          cell: ([reason]) => markup`${EXCLUSION_WORDS[reason]} <code>${reason}</code>`,
        },
        { title: 'Accounts and targets', cell: ([, count]) => formatCount(count), as: 'figure' },
      ],
      counted,
    )}
    ${
      unusableAccounts.length === 0
        ? null
        : markup`<p>
            ${unusableAccounts.slice(0, MOST_GAPS).map(
              ({ accountId, accountName, reason }, i) =>
                markup`${i > 0 ? '; ' : ''}${accountOf(accountId, accountName)}:
                  ${EXCLUSION_WORDS[reason]}`,
            )}.
          </p>`
    }
    ${
      regions.length === 0
        ? null
        : markup`<p>
            Regions not enabled:
            ${sentenceOf(regions.map(([region, accounts]) => `${region} (${formatNoun(accounts, 'account')})`).join(', '))}.
          </p>`
    }
  </details>`;
}
