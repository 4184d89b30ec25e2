import fc from 'fast-check';
import { TargetStatus } from '../../../core/outcome/outcome.ts';
import { blocksOf } from '../../../report/gaps/gap-blocks.ts';
import { causesOf } from '../../../report/gaps/gap-cause.ts';
import { gapGroups, gapsUnderEachCause } from '../../../report/gaps/gap-groups.ts';
import { gapsSection } from '../../../report/gaps/gaps-section.ts';
import { toText } from '../../../report/parts/section.ts';
import type { Gap } from '../../../core/summary/summary.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const accountIds = Array.from({ length: 12 }, (_, i) => String(111_122_223_333 + i));
const accountId = fc.constantFrom(...accountIds);
const region = fc.constantFrom('ap-east-1', 'eu-west-1', 'sa-east-1', 'us-east-1', 'us-west-2');
const failure = fc.record(
  {
    code: fc.constantFrom('UnauthorizedOperation', 'Throttling', 'OutcomeMissing', 'TypeError'),
    message: fc.constantFrom(
      ...['no', 'with an explicit deny in a service control policy'],
      'because no permissions boundary allows it',
    ),
  },
  { noNullPrototype: true },
);
const gap: fc.Arbitrary<Gap> = fc.record(
  {
    ...{ accountId, accountName: fc.option(fc.string()), region: fc.option(region) },
    status: fc.constantFrom(...TargetStatus.exclude(['COMPLETE', 'EXCLUDED']).options),
    failure: fc.option(failure),
    otherFailures: fc.array(failure, { maxLength: 2 }),
    accepted: fc.constant(null),
  },
  { noNullPrototype: true },
);
const gaps = fc.array(gap, { maxLength: 60 });
const asText = (of: readonly Gap[]) => of.map((one) => JSON.stringify(one)).toSorted();

it('every gap is in exactly one group, that of its cause', () => {
  fc.assert(
    fc.property(gaps, (given) => {
      const causes = gapGroups(given);
      const groups = causes.flatMap((of) => of.groups);
      expect(asText(groups.flatMap((of) => of.gaps))).toEqual(asText(given));
      for (const { cause, gaps: ofCause } of causes)
        for (const one of ofCause) expect(causesOf(one)[0]).toBe(cause);
      for (const group of groups) {
        expect(group.gaps.length).toBeGreaterThan(0);
        for (const one of group.gaps) {
          expect(group.accounts.map((account) => account.accountId)).toContain(one.accountId);
          expect(one.region === null ? null : group.regions).toEqual(group.regions);
          if (one.region !== null) expect(group.regions).toContain(one.region);
        }
      }
    }),
  );
});

it('a group says no place that has no such gap', () => {
  fc.assert(
    fc.property(gaps, (given) => {
      const cells = new Set(given.map((of) => `${causesOf(of)[0]} ${of.accountId} ${of.region}`));
      for (const { cause, groups } of gapGroups(given))
        for (const { accounts, regions } of groups)
          for (const account of accounts)
            for (const of of regions ?? [null])
              expect(cells).toContain(`${cause} ${account.accountId} ${of}`);
    }),
  );
});

it('the counts add up', () => {
  fc.assert(
    fc.property(gaps, (given) => {
      const causes = gapGroups(given);
      expect(causes.reduce((sum, of) => sum + of.gaps.length, 0)).toBe(given.length);
      for (const { gaps: ofCause, accounts, groups } of causes) {
        expect(groups.reduce((sum, of) => sum + of.gaps.length, 0)).toBe(ofCause.length);
        expect(accounts).toBe(new Set(ofCause.map((one) => one.accountId)).size);
      }
    }),
  );
});

it('any order of the gaps gives the same', () => {
  const shuffled = gaps.chain((of) =>
    fc.tuple(fc.constant(of), fc.shuffledSubarray(of, { minLength: of.length })),
  );
  fc.assert(
    fc.property(shuffled, ([given, inOtherOrder]) => {
      expect(gapGroups(inOtherOrder)).toEqual(gapGroups(given));
      expect(gapsUnderEachCause(inOtherOrder)).toEqual(gapsUnderEachCause(given));
    }),
  );
});

it('a gap with several causes stands under each of them where they are to be corrected', () => {
  fc.assert(
    fc.property(gaps, (given) => {
      const all = gapsUnderEachCause(given).flatMap((of) => of.gaps.map(() => of.cause));
      expect(all.toSorted()).toEqual(given.flatMap(causesOf).toSorted());
    }),
  );
});

it('blocks cover exactly the cells, none twice, and are no more than Regions or accounts', () => {
  const cells = fc.uniqueArray(fc.record({ accountId, region }, { noNullPrototype: true }), {
    selector: ({ accountId: account, region: of }) => `${account} ${of}`,
  });
  fc.assert(
    fc.property(cells, (given) => {
      const blocks = blocksOf(given);
      const covered = blocks.flatMap(({ accounts, regions }) =>
        accounts.flatMap((account) => regions.map((of) => `${account} ${of}`)),
      );
      const wanted = given.map((of) => `${of.accountId} ${of.region}`);
      expect(covered.toSorted()).toEqual(wanted.toSorted());
      for (const key of ['accountId', 'region'] as const)
        expect(blocks.length).toBeLessThanOrEqual(new Set(given.map((of) => of[key])).size);
    }),
  );
});

it('the section of a mail has at most ten lines', () => {
  const { coverage } = completeReport();
  fc.assert(
    fc.property(gaps, (given) => {
      const section = gapsSection({
        coverage: { ...coverage, gaps: given, inScope: coverage.complete + given.length },
      });
      const text = toText(section).slice(1);
      expect(text.length).toBeLessThanOrEqual(10);
    }),
  );
});
