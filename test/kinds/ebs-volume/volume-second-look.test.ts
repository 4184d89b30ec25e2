import type { Policy } from '../../../core/input/input.ts';
import type { Observations } from '../../../core/model/verdict.ts';
import type { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { ebsVolume } from '../../../kinds/ebs-volume/index.ts';
import { recheckAndAsk } from '../../../kinds/question.ts';
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

/** A second look at one volume, which a plan would remove. */
async function again(
  answers: Answers,
  policy: Partial<Policy> = {},
  given: Partial<EbsVolume> = {},
) {
  const facts = anEbsVolume({ volumeId: 'vol-a', metrics: null, copies: null, ...given });
  const { look, operations } = lookAt(answers, {
    policy: aPolicy(policy),
    history: { entries: {}, observed: { 'ebs-volume:vol-a': LONG } },
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
  const alone = answering([volume('vol-a')]);
  expect((await again(alone, HISTORY)).facts).toMatchObject({ metrics: 'no-control' });
  expect((await again(alone, HISTORY)).verdict).toEqual(STALE);
  const { verdict, operations } = await again(alone);
  expect(verdict).toEqual(OPEN);
  expect(operations).not.toContain('GetMetricData');
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
