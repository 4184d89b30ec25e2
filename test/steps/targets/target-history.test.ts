import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { historyKeys } from '../../../store/keys.ts';
import {
  historyToWrite,
  takeIntoHistory,
  writeHistory,
} from '../../../steps/targets/target-history.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  KIND,
  NOW,
  REGION,
  someCounts,
  someLimits,
  RULES,
} from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const target = { accountId: ACCOUNT, region: REGION };
const kinds = { [KIND]: someCounts({ resources: 1 }) };

async function entriesAfter(given: Partial<TargetOutcome>) {
  const store = makeMemoryStore();
  const taken = await takeIntoHistory(store, {
    ...{ target, outcome: anOutcome({ ...target, kinds, ...given }), written: undefined },
    ...{
      told: { uses: new Map(), notFreed: new Map(), notSeen: () => [] },
      limits: someLimits(),
      rules: RULES,
      now: NOW,
      takenInAt: NOW,
    },
    findings: [aFinding()],
  });
  await writeHistory(store, historyToWrite(target, taken)!, async () => taken);
  const { body = '' } = (await store.get(historyKeys.staleSince(target))) ?? {};
  return Object.keys((JSON.parse(body) as { entries: object }).entries);
}

const looks = (status: TargetOutcome['status']) => ({ looks: { [KIND]: { status } } });

it('a staleness begins where its kind was seen to its end, whatever became of another kind', async () => {
  expect(await entriesAfter({ status: 'THROTTLED', ...looks('COMPLETE') })).toHaveLength(1);
  expect(await entriesAfter({ status: 'COMPLETE' })).toHaveLength(1);
});

it('no staleness begins where its kind was not seen to its end', async () => {
  expect(await entriesAfter({ status: 'THROTTLED', ...looks('THROTTLED') })).toEqual([]);
  expect(await entriesAfter({ status: 'THROTTLED' })).toEqual([]);
});
