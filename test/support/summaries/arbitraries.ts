import fc from 'fast-check';
import { AgeBand } from '../../../core/model/age.ts';
import type { KindCounts, TargetOutcome } from '../../../core/outcome/outcome.ts';
import { RemovalResult, TargetStatus } from '../../../core/outcome/outcome.ts';
import type { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import { aFinding, anOutcome, aRemovalOutcome, daysBefore } from './builders.ts';

/** Few values, so that they meet each other often. */
export const accountId = fc.constantFrom('111122223333', '222233334444', '333344445555');
export const region = fc.constantFrom('ap-east-1', 'eu-west-1', 'us-east-1');
const kind = fc.constantFrom('ami', 'ebs-snapshot', 'ecr-image');
export const verdict = fc.constantFrom('STALE' as const, 'KEEP' as const, 'UNKNOWN' as const);
export const sizeGiB = fc.oneof(
  fc.integer({ min: 0, max: 16_384 }),
  fc.double({ min: 0, max: 64, noNaN: true }),
);
export const costUsd = fc.option(fc.double({ min: 0, max: 5000, noNaN: true }));
export const timestamp = fc.integer({ min: 0, max: 4000 }).map((days) => daysBefore(days));
const reasons = fc.uniqueArray(fc.constantFrom('VOLUME_MISSING', 'IN_USE', 'TOO_YOUNG'), {
  minLength: 1,
});

const ageDays = fc.option(fc.integer({ min: 0, max: 4000 }));
/** Few groups, so that resources share data with each other. */
const billing = fc.record(
  {
    tier: fc.constantFrom('standard', 'archive'),
    sharesWith: fc.option(fc.constantFrom('vol-1', 'vol-2')),
    minimumUnknown: fc.option(fc.constant(true as const), { nil: undefined }),
    extraCharges: fc.array(
      fc.record(
        {
          charge: fc.constantFrom('fast-restore'),
          units: fc.integer({ min: 1, max: 3 }),
          monthlyCostUsdUpTo: costUsd,
        },
        { noNullPrototype: true },
      ),
      { maxLength: 1 },
    ),
  },
  { noNullPrototype: true },
);

export const countable = fc.record(
  {
    verdict,
    reasons,
    sizeGiB,
    monthlyCostUsdUpTo: costUsd,
    ageDays,
    evidence: fc.record({ billing }, { noNullPrototype: true }),
  },
  { noNullPrototype: true },
);

const tally = fc.integer({ min: 0, max: 1_000_000 });
const amount = fc.integer({ min: 0, max: 10_000_000_000 }).map((micro) => micro / 1e6);

const tierCounts = fc.record(
  {
    stale: tally,
    inMinimum: tally,
    minimumUnknown: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    sizeGiB: amount,
    monthlyCostUsdUpTo: amount,
    unpricedGiB: amount,
    unpricedUnsized: fc.nat({ max: 1_000 }),
    unsharedMonthlyCostUsdUpTo: amount,
  },
  { noNullPrototype: true },
);

export const kindCounts: fc.Arbitrary<KindCounts> = fc.record(
  {
    resources: tally,
    verdicts: fc.record({ STALE: tally, KEEP: tally, UNKNOWN: tally }, { noNullPrototype: true }),
    reasons: fc.dictionary(fc.constantFrom('IN_USE', 'TOO_YOUNG', 'LOCKED'), tally, {
      noNullPrototype: true,
    }),
    staleGiB: amount,
    staleMonthlyCostUsdUpTo: amount,
    unpricedGiB: amount,
    unpricedUnsized: fc.nat({ max: 1_000 }),
    staleUnsharedMonthlyCostUsdUpTo: amount,
    staleByTier: fc.dictionary(fc.constantFrom('standard', 'archive'), tierCounts, {
      noNullPrototype: true,
    }),
    staleByAge: fc.dictionary(fc.constantFrom(...AgeBand.options), tally, {
      noNullPrototype: true,
    }),
    extraCharges: fc.dictionary(
      fc.constantFrom('fast-restore'),
      fc.record(
        { resources: tally, units: tally, monthlyCostUsdUpTo: amount, unpricedUnits: tally },
        { noNullPrototype: true },
      ),
      { noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
);

export const targetOutcome: fc.Arbitrary<TargetOutcome> = fc
  .record({
    accountId,
    region: fc.option(region),
    status: fc.constantFrom(...TargetStatus.options),
    kinds: fc.dictionary(kind, kindCounts, { noNullPrototype: true, maxKeys: 3 }),
    at: timestamp,
    accountName: fc.constantFrom('shop', 'payments'),
  })
  .map((given) =>
    anOutcome(given.status === 'EXCLUDED' ? { ...given, excluded: 'REGION_NOT_ENABLED' } : given),
  );

/** The stale findings of one target: lineages of up to four members, some with copies that stay. */
export const staleFindings: fc.Arbitrary<Finding[]> = fc
  .array(
    fc.record({
      ages: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 4 }),
      copiesThatStay: fc.integer({ min: 0, max: 2 }),
      startKnown: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((lineages) =>
    lineages.flatMap(({ ages, copiesThatStay, startKnown }, volume) =>
      ages
        .toSorted((a, b) => b - a)
        .map((age, i) =>
          aFinding({
            resourceId: `snap-${volume}-${i}`,
            startedAt: startKnown ? daysBefore(age) : null,
            ageDays: startKnown ? age : null,
            evidence: {
              lineage: {
                id: `vol-${volume}`,
                size: ages.length + copiesThatStay,
                newest: copiesThatStay === 0 && i === ages.length - 1,
              },
            },
          }),
        ),
    ),
  );

export const removalOutcome: fc.Arbitrary<RemovalOutcome> = fc
  .record({
    resourceId: fc.constantFrom('snap-0', 'snap-1', 'snap-2', 'snap-3'),
    outcome: fc.constantFrom(...RemovalResult.options),
    at: timestamp,
  })
  .map(aRemovalOutcome);
