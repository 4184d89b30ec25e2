import type { AwsFailure } from '../../../core/outcome/outcome.ts';
import type { Facts } from '../../../local/progress/facts.ts';
import type { ProgressView } from '../../../local/progress/progress-view.ts';
import { RunProgress } from '../../../local/progress/run-progress.ts';
import { keysOf } from '../../../store/keys.ts';
import type { LedgerEntry } from '../../../steps/ledger/ledger-batch.ts';
import {
  ACCOUNT,
  anOutcome,
  aRemovalOutcome,
  KIND,
  NOW,
  OTHER_REGION,
  REGION,
  someCounts,
} from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const keys = keysOf('e1');
const target = { accountId: ACCOUNT, region: REGION };
const other = { accountId: ACCOUNT, region: OTHER_REGION };
const denied: AwsFailure = {
  code: 'Access\u001b[31mDenied',
  message: 'You are\r\nnot \u0007allowed',
};

function aRun() {
  const seen = { entered: [] as string[], failed: [] as string[], facts: {} as Facts };
  const view: ProgressView = {
    expect: () => undefined,
    enter: (phase) => void seen.entered.push(phase),
    update: (facts) => void (seen.facts = facts),
    fail: (line) => void seen.failed.push(line),
    ...{ note: () => undefined, interject: () => undefined, close: () => undefined },
  };
  const progress = new RunProgress(view, 'e1');
  const store = progress.watching(makeMemoryStore());
  const put = async (key: string, value: unknown) => store.put(key, JSON.stringify(value));
  const enter = (state: string) =>
    progress.onProgress({ type: 'StateEntered', stateType: 'Task', state, input: {} });
  const ended = (state: string, output: object) =>
    progress.onProgress({ type: 'TaskEnded', state, input: {}, output });
  return { seen, progress, put, enter, ended };
}

function aBatch(outcomes: LedgerEntry['outcome'][]) {
  const entries = outcomes.map((outcome, index) => ({
    ...{ kind: KIND, resourceId: `snap-${index}`, intentAt: NOW.toISOString() },
    outcome: outcome && { ...outcome, resourceId: `snap-${index}` },
  }));
  return { schemaVersion: 1, executionId: 'e1', ...target, batch: 1, entries };
}

it('names the phases, and passes over states that are none', () => {
  const { seen, enter } = aRun();
  for (const state of ['Prepare', 'AnyAccounts', 'ScanAccounts', 'Plan', 'Summarize', 'Verdict'])
    enter(state);
  expect(seen.entered).toEqual(['prepare', 'look', 'plan', 'sumUp']);
});

it('counts accounts, targets and what is stale in them, as they are written', async () => {
  const { seen, progress, put, ended } = aRun();
  ended('Prepare', { accountCount: 4 });
  progress.onProgress({ type: 'MapStarted', map: 'ScanAccounts', items: 4 });
  ended('ListRegions', { targets: [target, other] });
  ended('RecordFailedAccount', {});
  const verdicts = { STALE: 3, KEEP: 1, UNKNOWN: 0 };
  const outcome = anOutcome({ kinds: { [KIND]: someCounts({ verdicts }) } });
  await put(keys.outcome(target), outcome);
  // Another try of the same target writes it anew.
  await put(keys.outcome(target), outcome);
  progress.onProgress({ type: 'ItemEnded', map: 'ScanAccounts', index: 0, status: 'SUCCEEDED' });
  expect(seen.facts).toMatchObject({
    accounts: { done: 1, all: 4 },
    // Three targets of the two accounts that are listed, of which one has none but itself.
    targets: { done: 1, all: 3, expected: 6 },
    ...{ stale: 3, incomplete: 0 },
  });
});

it('tells a gap once, with the words of AWS and nothing a terminal would act on', async () => {
  const { seen, put } = aRun();
  const gap = anOutcome({ accountName: 'shop', status: 'ACCESS_DENIED', failure: denied });
  await put(keys.outcome(target), gap);
  await put(keys.outcome(target), gap);
  await put(keys.accountOutcome(ACCOUNT), { ...gap, region: null, status: 'ROLE_UNAVAILABLE' });
  const words = 'Access [31mDenied: You are not allowed';
  expect(seen.failed).toEqual([
    `${ACCOUNT} shop ${REGION} ACCESS_DENIED ${words}`,
    `${ACCOUNT} shop all Regions ROLE_UNAVAILABLE ${words}`,
  ]);
  // As the summary does: an account whose Regions couldn't be listed is a target.
  expect(seen.facts).toMatchObject({ incomplete: 2, targets: { done: 2 } });
});

it('is silent about what Ctrl-C kept from being looked at, and counts it', async () => {
  const { seen, put } = aRun();
  const failure = { code: 'Interrupted', message: 'Not started: the run was interrupted.' };
  await put(keys.outcome(target), anOutcome({ status: 'FAILED', failure }));
  expect([seen.failed, seen.facts.incomplete]).toEqual([[], 1]);
});

it('counts removals by batch, and tells each that failed once', async () => {
  const { seen, put, ended } = aRun();
  ended('Plan', { removals: 3, held: 2 });
  const key = keys.ledgerBatch(target, 1);
  const removed = aRemovalOutcome();
  const failed = aRemovalOutcome({ outcome: 'DENIED', failure: { code: 'No', message: 'never' } });
  await put(key, aBatch([removed, null, null]));
  expect(seen.facts).toMatchObject({ removals: { done: 1, all: 3 }, removed: 1, unremoved: 0 });
  await put(key, aBatch([removed, aRemovalOutcome({ outcome: 'STEP_DONE' }), null]));
  expect(seen.facts).toMatchObject({ removals: { done: 2, all: 3 }, removed: 1, stepped: 1 });
  await put(key, aBatch([removed, failed, null]));
  await put(key, aBatch([removed, failed, aRemovalOutcome({ outcome: 'NO_LONGER_STALE' })]));
  expect(seen.facts).toMatchObject({ removals: { done: 3, all: 3 }, removed: 1, unremoved: 1 });
  expect(seen.failed).toEqual([`${ACCOUNT} ${REGION} DENIED snap-1 No: never`]);
  await put(keys.removalFailure(target), { ...target, failure: { code: 'Gone', message: 'away' } });
  expect(seen.failed.at(-1)).toBe(`${ACCOUNT} ${REGION} REMOVAL BROKE OFF Gone: away`);
});

it('writes even what it cannot read itself', async () => {
  const store = makeMemoryStore();
  const { progress } = aRun();
  await progress.watching(store).put(keys.outcome(target), '{');
  expect((await store.get(keys.outcome(target)))?.body).toBe('{');
});
