import fc from 'fast-check';
import {
  unreadableDatesOfAll,
  UnreadableDatesCount,
} from '../../../core/outcome/unreadable-dates.ts';
import { ACCOUNT, aFinding, OTHER_ACCOUNT, REGION } from '../../support/summaries/builders.ts';

const tag = { key: 'orgsweep:keep-until', meant: 'orgsweep:keep-until', exact: true };
const dated = (resourceId: string, value: string, until: string | null) =>
  aFinding({
    resourceId,
    evidence: { protection: [{ ...tag, value, until, over: false }] },
  });

it('counts what nobody can read, with the same examples in every order', () => {
  const findings = [
    dated('snap-4', 'tomorrow', null),
    dated('snap-1', '31.12.2026', null),
    dated('snap-2', '', null),
    dated('snap-3', 'x', null),
    dated('snap-0', '2026-12-31', '2026-12-31'),
    aFinding({ resourceId: 'snap-00' }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) => {
      const count = new UnreadableDatesCount();
      for (const finding of shuffled) count.add(finding);
      expect(count.total).toEqual({
        resources: 4,
        examples: [
          { resourceId: 'snap-1', value: '31.12.2026' },
          { resourceId: 'snap-2', value: '' },
          { resourceId: 'snap-3', value: 'x' },
        ],
      });
    }),
  );
});

it('is nothing where every date can be read', () => {
  const count = new UnreadableDatesCount();
  count.add(dated('snap-0', '2026-12-31', '2026-12-31'));
  expect(count.total).toBeUndefined();
});

it('names five of all targets', () => {
  const examples = ['a', 'b', 'c'].map((resourceId) => ({ resourceId, value: 'x' }));
  const unreadableDates = { resources: 4, examples };
  const targets = [
    { accountId: OTHER_ACCOUNT, region: REGION, unreadableDates },
    { accountId: ACCOUNT, region: REGION, unreadableDates },
    { accountId: ACCOUNT, region: null },
  ];
  const all = unreadableDatesOfAll(targets);
  expect(all.resources).toBe(8);
  expect(all.examples.map(({ accountId, resourceId }) => [accountId, resourceId])).toEqual([
    [ACCOUNT, 'a'],
    [ACCOUNT, 'b'],
    [ACCOUNT, 'c'],
    [OTHER_ACCOUNT, 'a'],
    [OTHER_ACCOUNT, 'b'],
  ]);
  expect(unreadableDatesOfAll(targets.toReversed())).toEqual(all);
});
