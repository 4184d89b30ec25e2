import type { Policy } from '../../../core/input/input.ts';
import type { Observations } from '../../../core/model/verdict.ts';
import type { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { ebsVolume } from '../../../kinds/ebs-volume/index.ts';
import { recheckAndAsk } from '../../../kinds/recheck.ts';
import { lookAt } from '../../support/aws/fake-ec2.ts';
import {
  type Answers,
  answering,
  attached,
  DENIED,
  instance,
  metrics,
  volume,
} from '../../support/aws/fake-volumes.ts';
import { aPolicy, daysAgo } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, dayAgo } from '../../support/organizations/volumes.ts';

const HISTORY: Partial<Policy> = { kinds: { 'ebs-volume': { volumeEvidence: 'history' } } };
const LONG: Observations = {
  unattached: { since: daysAgo(200), lastSeen: daysAgo(1), looks: 150 },
};
const SHORT: Observations = { unattached: { since: daysAgo(9), lastSeen: daysAgo(1), looks: 9 } };

/** A second look at one volume, which a plan would remove. */
async function again(
  answers: Answers,
  policy: Partial<Policy> = {},
  given: Partial<EbsVolume> = {},
  seen = LONG,
) {
  const facts = anEbsVolume({ volumeId: 'vol-a', metrics: null, copies: null, ...given });
  const { look, operations } = lookAt(answers, {
    policy: aPolicy(policy),
    history: { entries: {}, observed: { 'ebs-volume:vol-a': seen } },
  });
  const recheck = async () =>
    Promise.resolve({
      ...{ resources: [facts], incomplete: [], counts: {}, foreignReferences: [] },
    });
  const kind = { ...ebsVolume, removal: { recheck } };
  const { resources, incomplete } = await recheckAndAsk(kind, look, ['vol-a']);
  const [one] = resources;
  return { verdict: one?.verdict, facts: one?.facts, incomplete, operations: operations() };
}
/** Another volume is attached all the time; the second look doesn't list it. */
const besides = (lastDay: string | undefined, more: Answers = {}) =>
  answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
    GetMetricData: metrics({ 'vol-c': dayAgo(0), ...(lastDay && { 'vol-a': lastDay }) }),
    ...more,
  });
const STALE = { verdict: 'STALE', reasons: ['VOLUME_UNATTACHED'] };
const OPEN = { verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] };

it('finds its controls by itself, among all that is attached and not only what it looks at', async () => {
  const { verdict, incomplete } = await again(besides(dayAgo(50)));
  expect([verdict, incomplete]).toEqual([STALE, []]);
});

it.each([{}, HISTORY])(
  'a volume that was attached an hour ago, and is detached again, is kept (%j)',
  async (policy) => {
    const { verdict } = await again(besides(dayAgo(0)), policy);
    expect(verdict).toEqual({ verdict: 'KEEP', reasons: ['ATTACHED_LATELY'] });
  },
);

it('our own looks are no evidence where a control is attached, though the look lists none', async () => {
  const seen = await again(besides(undefined), HISTORY);
  expect(seen.operations).toContain('GetMetricData');
  expect(seen.facts).toMatchObject({ metrics: { lastDay: null } });
});

it('where really nothing is attached, the looks count if the policy says so, and else nothing', async () => {
  const alone = answering([volume('vol-a')], [], { GetMetricData: metrics({}) });
  const byLooks = await again(alone, HISTORY);
  expect(byLooks.facts).toMatchObject({ metrics: 'no-control' });
  expect(byLooks.operations).toContain('GetMetricData');
  expect((await again(alone, HISTORY)).verdict).toEqual(STALE);
  const { verdict, operations } = await again(alone);
  expect(verdict).toEqual(OPEN);
  expect(operations).not.toContain('GetMetricData');
});

describe('where each instance is stopped at the hour of the look, and nothing is attached', () => {
  const alone = (lastDay: string) =>
    answering([volume('vol-a')], [], { GetMetricData: metrics({ 'vol-a': lastDay }) });

  it('a volume that is used between the looks is kept: a datapoint needs no control', async () => {
    const { verdict, facts } = await again(alone(dayAgo(1)), HISTORY);
    expect(verdict).toEqual({ verdict: 'KEEP', reasons: ['ATTACHED_LATELY'] });
    expect(facts).toMatchObject({ metrics: { lastDay: dayAgo(1), isUncontrolled: true } });
  });

  it('an old datapoint says nothing of what came after it: the looks have to', async () => {
    expect((await again(alone(dayAgo(100)), HISTORY)).verdict).toEqual(STALE);
    const before = await again(alone(dayAgo(100)), HISTORY, {}, SHORT);
    expect(before.verdict).toEqual({ verdict: 'UNKNOWN', reasons: ['UNATTACHED_SINCE_UNKNOWN'] });
  });

  it('a CloudWatch that does not answer leaves it open', async () => {
    const denied = answering([volume('vol-a')], [], { GetMetricData: () => DENIED });
    const { verdict, incomplete } = await again(denied, HISTORY);
    expect(verdict).toEqual(OPEN);
    expect(incomplete).toMatchObject([{ source: 'volume-metrics' }]);
  });
});

it.each(['DescribeInstances', 'DescribeVolumes'])(
  'where %s is denied, nobody knows whether there is a control: it is not removed',
  async (operation) => {
    const { verdict, incomplete } = await again(
      besides(dayAgo(50), { [operation]: () => DENIED }),
      HISTORY,
    );
    expect(verdict).toEqual(OPEN);
    expect(incomplete).toMatchObject([{ source: 'volume-metrics' }]);
  },
);

it('a CloudWatch that lacks the control proves nothing then either', async () => {
  const silent = { GetMetricData: metrics({}) };
  expect((await again(besides(undefined, silent))).verdict).toEqual(OPEN);
  expect((await again(besides(undefined, silent), HISTORY)).verdict).toEqual(OPEN);
});
