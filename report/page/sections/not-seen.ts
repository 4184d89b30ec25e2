import { type GapsOfCause, gapGroups } from '../../gaps/gap-groups.ts';
import { gapsToAccept } from '../../gaps/gaps-to-accept.ts';
import {
  accountsInWords,
  causeInWords,
  gapsCounted,
  groupInWords,
  needsCount,
} from '../../gaps/gap-words.ts';
import { byKindInWords, scannedInWords } from '../../gaps/gaps-section.ts';
import { notCheckedByKind } from '../../gaps/not-checked.ts';
import { ownAccountInWords } from '../../commands/own-account.ts';
import { formatCount, formatNoun } from '../../format/money.ts';
import { EXCLUSION_WORDS } from '../../words/target-words.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import type { AcceptedGap } from '../../../core/input/input.ts';
import type { Failing } from '../../../core/summary/failing-again.ts';
import type { Gap, Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { type Column, firstRows, tableOf } from '../markup/table.ts';
import { accountOf, isolated, sentenceOf, timeOf } from '../markup/text.ts';
import { failuresInWords, failuresOfCause } from './failures.ts';
import { type Section, section } from './section.ts';

const MOST_GAPS = 100;
const MOST_ACCOUNTS = 20;
const NAMED_CAUSES = 6;
const NAMED_GROUPS = 3;
const NAMED_ACCOUNTS = 3;
/** Some thousand accounts: a page stays light, and the file has it all. */
const LONGEST_JSON = 20_000;

const IN_TARGETS = { most: MOST_GAPS, rest: 'all are in targets.jsonl.' };

/** What was in scope and wasn't scanned, by cause, and what was left out on purpose. */
export function notSeen(summary: Summary): Section {
  const { coverage, failingAgain } = summary;
  const { gaps } = coverage;
  return section('not-seen', 'What was not scanned', [
    markup`<p>${[scannedInWords(coverage), ...ownAccountInWords(summary), ...byKindInWords(summary)].join(' ')}</p>`,
    gaps.length === 0 ? null : byCause(gapGroups(gaps), wordsIn(summary)),
    gaps.length === 0
      ? null
      : folded(
          `Each of them: ${gapsCounted(gaps)}`,
          firstRows('Not scanned', [...WHERE, WHY, WHAT_AWS_SAID], gaps, IN_TARGETS),
        ),
    toAccept(summary),
    failingTargets(failingAgain),
    acceptedGaps(coverage.acceptedGaps),
    excluded(coverage),
    notChecked(summary),
  ]);
}

/** What is checked nowhere, folded, by kind: much of it is the same from run to run. */
function notChecked(summary: Summary): Content {
  const groups = notCheckedByKind(summary);
  if (groups.length === 0) return null;
  const count = groups.flatMap(({ spots }) => spots).length;
  return folded(`Not checked anywhere, and could need a resource: ${formatCount(count)}`, [
    groups.map(
      ({ of, spots }) =>
        markup`<p><strong>${of}</strong></p>
          <ul>
            ${spots.map((spot) => markup`<li>${isolated(spot)}</li>`)}
          </ul>`,
    ),
  ]);
}

function folded(summary: string, content: Content): Markup {
  return markup`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** Those with most places; the others are folded. */
function byCause(causes: readonly GapsOfCause[], words: WordsByKind): Content {
  const others = causes.slice(NAMED_CAUSES);
  const rest = `${formatNoun(others.length, 'other cause')}: ${gapsCounted(others.flatMap(({ gaps }) => gaps))}`;
  return [
    listOf(causes.slice(0, NAMED_CAUSES), words),
    others.length === 0 ? null : folded(rest, listOf(others, words)),
  ];
}

function listOf(causes: readonly GapsOfCause[], words: WordsByKind): Markup {
  return markup`<ul>
    ${causes.map(
      (of) =>
        markup`<li>
          <strong>${sentenceOf(placesOf(of))}</strong>: ${sentenceOf(causeInWords(of, words))}${countOf(of)}.
          <code>${of.cause}</code><br />
          <small>${namesOf(of)}AWS said: ${failuresOfCause(of)}</small>
        </li>`,
    )}
  </ul>`;
}

/** "sa-east-1 in 30 accounts" */
function placesOf({ groups }: GapsOfCause): string {
  const more = groups.slice(NAMED_GROUPS).flatMap(({ gaps }) => gaps);
  return [
    ...groups.slice(0, NAMED_GROUPS).map(groupInWords),
    ...(more.length > 0 ? [`${gapsCounted(more)} more`] : []),
  ].join(', ');
}

function countOf(of: GapsOfCause): string {
  return needsCount(of) ? `, ${gapsCounted(of.gaps)} in all` : '';
}

/** The first accounts by name, where the places don't name them. */
function namesOf({ groups, accounts: count }: GapsOfCause): Content {
  if (groups.every(({ accounts }) => accounts.length === 1)) return null;
  const all = groups.flatMap(({ accounts }) => accounts);
  const names = new Map(all.map((account) => [account.accountId, account]));
  const first = [...names.values()].slice(0, NAMED_ACCOUNTS);
  const more = count - first.length;
  const rest = more > 0 ? `, ${formatCount(more)} more` : '';
  return markup`Accounts: ${sentenceOf(accountsInWords(first, NAMED_ACCOUNTS))}${rest}.<br /> `;
}

const WHERE: readonly Column<Gap>[] = [
  { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
  { title: 'Region', cell: ({ region }) => region ?? 'all', as: 'short' },
];
const WHY: Column<Gap> = { title: 'Why', cell: ({ status }) => markup`<code>${status}</code>` };
const WHAT_AWS_SAID: Column<Gap> = { title: 'What AWS said', cell: failuresInWords };

/** To be pasted: exactly these gaps, and nothing that was scanned. */
function toAccept(summary: Summary): Content {
  const told = gapsToAccept(summary);
  if (told === null) return null;
  const json = oneEntryALine(told.entries);
  return folded(
    `To accept those that are wanted: ${gapsCounted(told.gaps)}`,
    json.length > LONGEST_JSON
      ? markup`<p>Add <code>accepted.json</code>, beside this page, to the input of the run. Give each entry your own reason.</p>`
      : markup`<p>Add this to the input of the run. Give each entry your own reason.</p>
          <p><code class="command">${json}</code></p>`,
  );
}

function oneEntryALine(entries: readonly AcceptedGap[]): string {
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
  return `{"scope":{"accepted":[\n${lines}\n]}}`;
}

function acceptedGaps(gaps: readonly Gap[]): Content {
  if (gaps.length === 0) return null;
  const why: Column<Gap> = {
    title: 'Accepted because',
    cell: ({ accepted }) => isolated(accepted ?? ''),
  };
  return folded(
    `Accepted gaps: ${formatCount(gaps.length)}`,
    firstRows('Accepted gaps', [...WHERE, WHY, why], gaps, IN_TARGETS),
  );
}

function failingTargets({ targets, listedTargets }: Failing): Content {
  if (targets === 0) return null;
  const columns: readonly Column<Failing['listedTargets'][number]>[] = [
    { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
    { title: 'Region', cell: ({ region }) => region ?? 'all', as: 'short' },
    { title: 'Now', cell: ({ status }) => markup`<code>${status}</code>` },
    { title: 'Since', cell: ({ since }) => timeOf(since) },
    { title: 'Runs', cell: ({ executions }) => formatCount(executions), as: 'figure' },
  ];
  return folded(
    `Repeatedly not scanned: ${formatCount(targets)}`,
    firstRows('Repeatedly not scanned', columns, listedTargets, {
      ...{ most: MOST_GAPS, of: targets, rest: 'all are in targets.jsonl.' },
    }),
  );
}

function excluded({
  excluded: count,
  excludedByReason,
  unusableAccounts,
  regionsNotEnabled,
}: Summary['coverage']): Content {
  const counted = Object.entries(excludedByReason) as [keyof typeof EXCLUSION_WORDS, number][];
  if (counted.length === 0) return null;
  const regions = Object.entries(regionsNotEnabled).map(
    ([region, accounts]) => `${region} (${formatNoun(accounts, 'account')})`,
  );
  const columns: readonly Column<(typeof counted)[number]>[] = [
    {
      title: 'Why',
      cell: ([reason]) => markup`${EXCLUSION_WORDS[reason].listed} <code>${reason}</code>`,
    },
    {
      title: 'Accounts and account-Regions',
      cell: ([, ofReason]) => formatCount(ofReason),
      as: 'figure',
    },
  ];
  return folded(`Excluded on purpose: ${formatCount(count)}`, [
    tableOf('Excluded on purpose', columns, counted),
    unusable(unusableAccounts),
    regions.length === 0
      ? null
      : markup`<p>
          Regions not enabled: ${sentenceOf(regions.join(', '))}. What may be there is not known.
        </p>`,
  ]);
}

function unusable(accounts: Summary['coverage']['unusableAccounts']): Content {
  if (accounts.length === 0) return null;
  const more = accounts.length - MOST_ACCOUNTS;
  return markup`<p>
    ${accounts.slice(0, MOST_ACCOUNTS).map(
      ({ accountId, accountName, reason }, i) =>
        markup`${i > 0 ? ', ' : ''}${accountOf(accountId, accountName)}
          (${EXCLUSION_WORDS[reason].listed})`,
    )}${more > 0 ? `, ${formatCount(more)} more in targets.jsonl` : ''}.
  </p>`;
}
