import fc from 'fast-check';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import { DAY_MS } from '../../../core/model/age.ts';
import { Verdict } from '../../../core/model/verdict.ts';
import { assess } from '../../../kinds/ami/assess.ts';
import { Ami } from '../../../kinds/ami/facts.ts';
import { AMI_WORDS } from '../../../kinds/ami/words/words.ts';
import { reasonOf } from '../../../report/words/reason-words.ts';
import { anAmi } from '../../support/organizations/amis.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';

/** Nearly always harmless, so that stale AMIs are common. */
const seldom = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));
const days = (max: number) => fc.integer({ min: 0, max });

const ami = fc
  .record({
    state: seldom('available', 'disabled', 'pending', 'failed', 'error', 'invalid', 'new-state'),
    imageType: seldom('machine', 'kernel', 'unknown'),
    rootDeviceType: seldom('ebs', 'instance-store', 'unknown'),
    createdAt: fc.oneof({ weight: 9, arbitrary: days(5000).map(daysAgo) }, fc.constant(null)),
    lastLaunchedAt: fc.oneof(
      { weight: 9, arbitrary: days(600).map(daysAgo) },
      { weight: 9, arbitrary: fc.constant(null) },
      fc.constant('unreadable' as const),
    ),
    isPublic: seldom(false, true),
    publicSsmParameter: seldom<string | null>(null, '/aws/service/x'),
    deregistrationProtection: seldom<string | null>(
      'disabled',
      null,
      'enabled',
      'disabled after x',
    ),
    productCodes: seldom<string[]>([], ['x']),
    ownerAlias: seldom<string | null>(null, 'aws-backup-vault'),
    sharedWith: seldom<string[] | null>([], null, ['444455556666'], ['all']),
    tags: seldom<Record<string, string>>(
      { Name: 'x' },
      { 'aws:backup:x': '' },
      { 'orgsweep:protect': '' },
    ),
    family: fc.constantFrom<Ami['family']>(
      null,
      { id: 'web-#', size: 3, newer: [] },
      { id: 'web-#', size: 3, newer: ['ami-2'] },
    ),
    usedBy: seldom<Ami['usedBy']>({}, { instances: ['i-1'] }, { 'launch-templates': ['lt-1'] }),
    incompleteReferences: seldom<Ami['incompleteReferences']>([], ['ssm-parameters']),
  })
  .map((given) => Ami.parse(anAmi(given)));
const policy = fc
  .record({
    minAgeDays: fc.constantFrom(0, 30, 90),
    minUnusedDays: fc.constantFrom(1, 180, 400),
    keepNewestPerName: fc.constantFrom(0, 1, 2),
  })
  .map(({ minAgeDays, ...own }) =>
    policyOfKind({ ...aPolicy({ minAgeDays }), kinds: { ami: own } }, 'ami'),
  );

it('is a verdict, the same each time, whose every reason has words under it', () => {
  fc.assert(
    fc.property(ami, policy, (facts, by) => {
      const verdict = Verdict.parse(assess(facts, by, NOW));
      expect(assess(facts, by, NOW)).toEqual(verdict);
      for (const reason of verdict.reasons)
        expect(reasonOf(AMI_WORDS, reason).verdict).toBe(verdict.verdict);
    }),
  );
});

it('nothing that has any sign of need is ever stale', () => {
  let stale = 0;
  fc.assert(
    fc.property(ami, policy, (facts, by) => {
      if (assess(facts, by, NOW).verdict !== 'STALE') return;
      stale += 1;
      const { isPublic, productCodes, ownerAlias, usedBy, tags, incompleteReferences } = facts;
      expect([isPublic, productCodes, ownerAlias, usedBy, incompleteReferences]).toEqual([
        ...[false, [], null, {}, []],
      ]);
      expect(Object.keys(tags)).toEqual(['Name']);
      expect(facts.sharedWith ?? []).toEqual([]);
      expect(['disabled', null]).toContain(facts.deregistrationProtection);
      expect(facts.createdAt).not.toBeNull();
    }),
    { numRuns: 1_000 },
  );
  expect(stale).toBeGreaterThan(50);
});

it('one that could be launched is only stale by a record of launches that goes back far enough', () => {
  fc.assert(
    fc.property(ami, policy, (facts, by) => {
      const { reasons } = assess(facts, by, NOW);
      const { lastLaunchedAt, createdAt, family } = facts;
      const { minUnusedDays, keepNewestPerName } = by.own as Record<string, number>;
      if (reasons.includes('AMI_NEVER_LAUNCHED')) {
        expect(lastLaunchedAt).toBeNull();
        expect(Date.parse(createdAt ?? '')).toBeGreaterThan(Date.parse('2017-04-30'));
      }
      if (reasons.includes('AMI_NOT_LAUNCHED_SINCE'))
        expect(NOW.getTime() - Date.parse(lastLaunchedAt ?? '')).toBeGreaterThanOrEqual(
          (minUnusedDays ?? 0) * DAY_MS,
        );
      if (reasons.some((reason) => /^AMI_N/.test(reason)))
        expect(family === null || family.newer.length >= (keepNewestPerName ?? 1)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it('more signs of use never make it stale', () => {
  fc.assert(
    fc.property(ami, policy, (facts, by) => {
      const more: Partial<Ami>[] = [
        { lastLaunchedAt: daysAgo(0) },
        { usedBy: { ...facts.usedBy, instances: ['i-1'] } },
        { sharedWith: ['444455556666'] },
        { incompleteReferences: ['instances'] },
        { tags: { ...facts.tags, 'orgsweep:protect': '' } },
      ];
      for (const one of more) {
        const { verdict } = assess({ ...facts, ...one }, by, NOW);
        const isOnlyLaunched =
          'lastLaunchedAt' in one && /^(failed|error|invalid)$/.test(facts.state);
        if (!isOnlyLaunched) expect(verdict).not.toBe('STALE');
      }
    }),
  );
});
