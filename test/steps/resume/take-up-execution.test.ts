import { digestOfText } from '../../../core/plan/digest.ts';
import { Floors } from '../../../core/floors/floors.ts';
import type { PastExecution } from '../../../core/scope/past-execution.ts';
import { KINDS } from '../../../kinds/registry.ts';
import type { PrepareDeps } from '../../../steps/deps.ts';
import type { Expected } from '../../../steps/expected.ts';
import { sealed } from '../../../store/fenced-store.ts';
import { keysOf } from '../../../store/keys.ts';
import { bodyOf } from '../../../store/stored-json.ts';
import { prepareExecution } from '../../../steps/prepare/prepare-execution.ts';
import { takeUpExecution } from '../../../steps/resume/take-up-execution.ts';
import { aPolicy, aScope, KIND, NOW, someLimits } from '../../support/summaries/builders.ts';
import { everySeal } from '../../support/stores/every-seal.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const TIME = { ownAt: NOW.toISOString(), awsAt: NOW.toISOString() };
const NO_FLOORS = Floors.parse({ requireUndo: false });

interface Case {
  floors?: Floors;
  protectTags?: string[];
  deletionEnabled?: boolean;
  /** What Step Functions remembers of those that took it up. */
  others?: Record<string, Partial<PastExecution>>;
}

/** A delete execution whose Plan failed an hour ago. */
async function place({
  floors = NO_FLOORS,
  protectTags = [],
  deletionEnabled = true,
  others = {},
}: Case = {}) {
  const store = makeMemoryStore();
  const clock = makeManualClock(NOW);
  const keys = keysOf('old');
  const expected: Expected = {
    ...{ executionId: 'old', startedAt: NOW.toISOString(), mode: 'delete', scope: aScope() },
    ...{ kinds: [KIND], remove: [KIND], policy: aPolicy(), policies: {}, policyOverrides: [] },
    ...{ limits: someLimits(), approval: 'none', basedOn: null, serviceRegions: {} },
    ...{ accounts: [], outcomes: [] },
  };
  const body = sealed(await everySeal('old'), keys.expected, bodyOf(expected));
  await store.put(keys.expected, body);
  const prepared = {
    ...{ executionId: 'old', accountCount: 0, expectedDigest: digestOfText(body) },
    ...{ mode: 'delete', approval: 'none' },
  };
  const hourAgo = new Date(NOW.getTime() - 3_600_000);
  const failed: PastExecution = {
    ...{ executionId: 'old', status: 'FAILED', error: 'ExecutionFailed' },
    ...{ startedAt: hourAgo, stoppedAt: NOW },
    entered: ['GoOnAt', 'Plan'].map((name) => ({ name, at: hourAgo, input: prepared })),
  };
  const deps = {
    ...{ store, clock, kinds: KINDS, sealOf: everySeal, awsTime: { latest: () => TIME } },
    settings: { deletionEnabled, protectTags, floors },
    pastExecution: async (executionId: string) => {
      if (executionId === 'old') return failed;
      const other = others[executionId];
      return other && { ...failed, executionId, ...other };
    },
  } as unknown as PrepareDeps;
  const takeUp = async (by: string, mode: 'report' | 'delete' = 'delete', resume = 'old') =>
    takeUpExecution(deps, by, { mode, resume });
  return { deps, store, takeUp, takenUpKey: keys.takenUp, prepared };
}

it('goes on at Plan with what Prepare gave, and says when that was scanned', async () => {
  const { takeUp, prepared } = await place();
  const hourAgo = new Date(NOW.getTime() - 3_600_000).toISOString();
  expect(await takeUp('new')).toMatchObject({
    ...prepared,
    goOnAt: 'PLAN',
    resumed: { by: 'new', at: NOW.toISOString(), startedAt: hourAgo, scannedAt: hourAgo },
  });
});

it('gives the same again to a Prepare that is tried again', async () => {
  const { takeUp } = await place();
  expect(await takeUp('new')).toEqual(await takeUp('new'));
});

it('is done by one at a time: who is second is told of the first', async () => {
  const running = { second: { status: 'RUNNING' as const, entered: [] } };
  const { takeUp } = await place({ others: running });
  await takeUp('second');
  await expect(takeUp('third')).rejects.toThrow('second took it up; of that: it still runs');
});

it('is done by one of two that begin at the same moment', async () => {
  const { takeUp } = await place({
    others: { a: { status: 'RUNNING', entered: [] }, b: { status: 'RUNNING', entered: [] } },
  });
  const both = await Promise.allSettled([takeUp('a'), takeUp('b')]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

it('goes by the older one where the newer one was never prepared', async () => {
  const { takeUp } = await place({ others: { second: { entered: [] } } });
  await takeUp('second');
  expect(await takeUp('third')).toMatchObject({ goOnAt: 'PLAN', resumed: { by: 'third' } });
});

// DescribeExecution may not know yet what began a second ago.
it('is refused while Step Functions does not know who took it up before', async () => {
  const { takeUp } = await place();
  await takeUp('second');
  await expect(takeUp('third')).rejects.toThrow(
    'second took it up, and Step Functions does not tell how that stands; try again in some minutes',
  );
});

it('is refused in an execution whose definition is of before an upgrade, and would scan or delete', async () => {
  const { deps } = await place();
  const asked = { executionId: 'new', input: { resume: 'old', mode: 'delete' } };
  await expect(prepareExecution(deps, asked)).rejects.toThrow(
    'its state machine was of an earlier version of orgsweep',
  );
  const goesOn = await prepareExecution(deps, { ...asked, hasGoOnAt: true });
  expect(goesOn).toMatchObject({ executionId: 'old', goOnAt: 'PLAN' });
});

it('believes no note of it that somebody wrote', async () => {
  const { takeUp, store, takenUpKey } = await place();
  const note = { schemaVersion: 1, executionId: 'old', by: [] };
  await store.put(takenUpKey, bodyOf({ ...note, seal: 'a'.repeat(64) }));
  await expect(takeUp('new')).rejects.toThrow('somebody changed it');
});

it.each<[string, Case, string]>([
  ['the floors were raised', { floors: { ...NO_FLOORS, graceDays: 365 } }, 'deletion.floors'],
  ['people have to approve now', { floors: { ...NO_FLOORS, approval: 'required' } }, 'floors'],
  ['there is a new protect tag', { protectTags: ['keep'] }, 'the protect tag "keep"'],
  ['deletion is not enabled any more', { deletionEnabled: false }, 'deletion is not enabled'],
])('is refused where %s', async (_, given, words) => {
  const { takeUp, store, takenUpKey } = await place(given);
  await expect(takeUp('new')).rejects.toThrow(words);
  expect(await store.get(takenUpKey)).toBeUndefined();
});

it('is refused where what was expected is not there, or was changed', async () => {
  const { takeUp, store } = await place();
  await store.put(keysOf('old').expected, '{}\n');
  await expect(takeUp('new')).rejects.toThrow('somebody changed it; start anew');
});

it('is refused for what Step Functions does not know', async () => {
  const { takeUp } = await place();
  await expect(takeUp('new', 'delete', 'none')).rejects.toThrow(
    'input.resume: "none" – accepted: an execution of this hub, of the last 90 days; there is none',
  );
});
