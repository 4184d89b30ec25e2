import { renderRestores } from '../../../report/terminal/restore-text.ts';
import { deciderInWords } from '../../../report/words/approval-words.ts';
import { harmless } from '../../../report/format/layout.ts';
import { explain, type Mentions } from '../../../report/explain/explain.ts';
import { renderExplanation } from '../../../report/explain/text.ts';
import {
  brokenRemovalsText,
  failedRemovalText,
  gapText,
} from '../../../local/progress/failure-text.ts';
import { printEnding } from '../../../local/terminal/print-ending.ts';
import { fakeTerminal } from '../../local/fake-terminal.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  aRemovalOutcome,
  NOW,
  REGION,
} from '../../support/summaries/builders.ts';

/** What a stranger may write: moves the cursor, colours, turns the direction, begins a line. */
const HOSTILE =
  'pay\u001b[2J\u001b[31m\u202eroll\u2066\u0085\u009b1A\r\nCOMPLETE: all well\u2028\u0007\u200f';
/** Nothing of it may get to a terminal; line feeds are ours alone. */
const ACTED_ON =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const failure = { code: HOSTILE, message: HOSTILE, operation: HOSTILE, requestId: HOSTILE };

function explanationOf(accountName: string): string {
  const finding = aFinding({ tags: { [HOSTILE]: HOSTILE } });
  const mentions: Mentions = {
    executionId: 'e1',
    mode: 'report',
    status: 'PARTIAL',
    startedAt: NOW.toISOString(),
    ...{ findings: [finding], planned: [], held: [], removals: [], restores: [], measured: [] },
    ...{ approval: null, unreadable: [HOSTILE], planFor: () => null },
  };
  const target = anOutcome({ accountName, status: 'ACCESS_DENIED', failure });
  const told = explain(finding, {
    mentions: [
      { ...mentions, removals: [aRemovalOutcome({ ...finding, outcome: 'FAILED', failure })] },
    ],
    targets: new Map([['e1', target]]),
    stale: null,
    words: {},
  });
  return renderExplanation(told, {
    ...{ now: NOW, inWords: () => ['It is stale.'], words: {}, commandFor: () => null },
  });
}

function endingOf(text: string, error: string): string {
  const { terminal, written } = fakeTerminal();
  printEnding(terminal, { json: false, summary: undefined, text, error, files: 'x' });
  return written.stdout + written.stderr;
}

const PRINTED: readonly (readonly [string, () => string])[] = [
  ['explain', () => explanationOf(HOSTILE)],
  [
    'restore',
    () =>
      renderRestores(
        'e1',
        [
          {
            resourceId: HOSTILE,
            place: { accountId: ACCOUNT, region: REGION },
            result: 'FAILED',
            failure,
          },
        ],
        [HOSTILE],
      ),
  ],
  ['a gap', () => gapText(anOutcome({ accountName: HOSTILE, status: 'ACCESS_DENIED', failure }))],
  ['a failed removal', () => failedRemovalText(aRemovalOutcome({ outcome: 'FAILED', failure }))],
  [
    'removals that broke off',
    () => brokenRemovalsText({ accountId: ACCOUNT, region: REGION, failure }),
  ],
  ['who decided', () => deciderInWords({ by: { caller: HOSTILE, verified: false } })],
  ['the ending of a run', () => endingOf('COMPLETE\n\n  all well\n', HOSTILE)],
  ["the text of a hub's bucket", () => endingOf(`COMPLETE\n  ${HOSTILE}\n`, 'x')],
];

it.each(PRINTED)('%s has nothing in it that a terminal acts on', (_where, print) =>
  expect(print()).not.toMatch(ACTED_ON),
);

it.each(PRINTED.slice(0, -1))('%s lets nobody else begin a line', (_where, print) =>
  expect(
    print()
      .split('\n')
      .filter((line) => line.startsWith('COMPLETE:')),
  ).toEqual([]),
);

it('shows in explain where an account name begins and ends', () => {
  const name = 'shop (999988887777) in us-east-1. It is gone';
  const text = explanationOf(name).replace(/\s+/g, ' ');
  expect(text).toContain(`of account ${ACCOUNT} ("shop (999988887777) in us-east-1. It is gone")`);
  expect(explanationOf('shop-prod')).toContain(`${ACCOUNT} (shop-prod) in`);
  expect(explanationOf('x'.repeat(5_000)).length).toBeLessThan(2_500);
});

it('takes from a text what a terminal acts on, and nothing else', () => {
  const text = 'COMPLETE\n\n  "shop" 漢字 👍 · 1,204\n';
  expect(harmless(text)).toBe(text);
  expect(harmless('a\u001b[2Jb\u202ec\r\nd')).toBe('a [2Jb c \nd');
});
