import { emptyCounts, mergeCounts } from '../../../core/summary/counts.ts';
import { aFinding, daysBefore, NOW } from '../../support/summaries/builders.ts';
import { countAll } from '../../support/summaries/count-all.ts';

describe('counting', () => {
  it('counts every resource once, and each of its reasons', () => {
    const counts = countAll(
      [
        aFinding(),
        aFinding({ verdict: 'KEEP', reasons: ['LOCKED', 'TOO_YOUNG'] }),
        aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] }),
      ],
      NOW,
    );
    expect(counts).toMatchObject({
      resources: 3,
      verdicts: { STALE: 1, KEEP: 1, UNKNOWN: 1 },
      reasons: { VOLUME_MISSING: 1, LOCKED: 1, TOO_YOUNG: 1, REFERENCES_INCOMPLETE: 1 },
    });
  });

  it('tells apart what only looks stale, as what would prove it gave no answer', () => {
    const open = { unanswered: ['metrics', 'copies'], notLookedAt: ['metrics'] };
    // Skipped by the policy, or a question that only its removal goes by.
    const proved = [{ notLookedAt: ['metrics'] }, { unanswered: ['copies'] }, open];
    const [skipped, asked, unproved] = proved.map((evidence) =>
      countAll([aFinding({ monthlyCostUsdUpTo: 2, evidence })], NOW),
    );
    expect([skipped?.staleUnproved, asked?.staleUnproved]).toEqual([undefined, undefined]);
    const two = mergeCounts(
      mergeCounts(unproved!, skipped!),
      mergeCounts(emptyCounts(), unproved!),
    );
    expect(two.staleUnproved).toEqual({ resources: 2, monthlyCostUsdUpTo: 4 });
    expect(two.verdicts.STALE).toBe(3);
    const kept = aFinding({ verdict: 'KEEP', reasons: ['IN_USE'], evidence: open });
    expect(countAll([kept], NOW)).not.toHaveProperty('staleUnproved');
  });

  it('adds up sizes and costs of stale resources only', () => {
    const counts = countAll(
      [
        aFinding({ sizeGiB: 8, monthlyCostUsdUpTo: 0.4 }),
        aFinding({ verdict: 'KEEP', reasons: ['IN_USE'], sizeGiB: 100, monthlyCostUsdUpTo: 5 }),
      ],
      NOW,
    );
    expect(counts).toMatchObject({
      staleGiB: 8,
      staleMonthlyCostUsdUpTo: 0.4,
      unpricedGiB: 0,
      unpricedUnsized: 0,
    });
  });

  it('never takes an unknown price for nothing: what has none is counted in GiB', () => {
    const counts = countAll([aFinding({ sizeGiB: 8, monthlyCostUsdUpTo: null })], NOW);
    expect(counts).toMatchObject({
      staleGiB: 8,
      staleMonthlyCostUsdUpTo: 0,
      unpricedGiB: 8,
      unpricedUnsized: 0,
    });
  });

  const ofVolume = (sizeGiB: number, tier = 'standard') =>
    aFinding({
      sizeGiB,
      monthlyCostUsdUpTo: sizeGiB / 20,
      evidence: { billing: { tier, sharesWith: tier === 'archive' ? null : 'vol-1' } },
    });

  it('counts the data that the snapshots of one volume share once, at the largest of them', () => {
    const counts = countAll([ofVolume(100), ofVolume(80), ofVolume(100)], NOW);
    expect(counts).toMatchObject({
      verdicts: { STALE: 3 },
      staleGiB: 100,
      staleMonthlyCostUsdUpTo: 5,
      staleUnsharedMonthlyCostUsdUpTo: 14,
    });
  });

  it('counts tiers apart: what is archived shares nothing', () => {
    const counts = countAll([ofVolume(100), ofVolume(80), ofVolume(60, 'archive')], NOW);
    expect(counts.staleGiB).toBe(160);
    expect(counts.staleByTier).toMatchObject({
      standard: { stale: 2, sizeGiB: 100, inMinimum: 0 },
      archive: { stale: 1, sizeGiB: 60 },
    });
  });

  it('tells what is billed for a while yet, whatever becomes of it', () => {
    const until = (minimumUntil: string) =>
      aFinding({ evidence: { billing: { tier: 'archive', sharesWith: null, minimumUntil } } });
    const counts = countAll([until(daysBefore(-1)), until(daysBefore(1))], NOW);
    expect(counts.staleByTier['archive']).toMatchObject({ stale: 2, inMinimum: 1 });
    expect(counts.staleByTier['archive']).not.toHaveProperty('minimumUnknown');
  });

  it('tells what may be billed for a while yet, where nobody knows since when it is archived', () => {
    const billing = { tier: 'archive', sharesWith: null, minimumUnknown: true as const };
    const one = countAll([aFinding({ evidence: { billing } })], NOW);
    const both = mergeCounts(one, countAll([ofVolume(1, 'archive')], NOW));
    expect(both.staleByTier['archive']).toMatchObject({
      stale: 2,
      inMinimum: 0,
      minimumUnknown: 1,
    });
  });

  it('adds up other charges of every resource, stale or not', () => {
    const charged = (monthlyCostUsdUpTo: number | null) =>
      aFinding({
        verdict: 'KEEP',
        reasons: ['FAST_RESTORE_ENABLED'],
        evidence: {
          billing: {
            tier: 'standard',
            sharesWith: null,
            extraCharges: [{ charge: 'fast-restore', units: 2, monthlyCostUsdUpTo }],
          },
        },
      });
    const counts = countAll([charged(1116), charged(null)], NOW);
    expect(counts).toMatchObject({ staleGiB: 0, staleMonthlyCostUsdUpTo: 0 });
    expect(counts.extraCharges).toEqual({
      'fast-restore': { resources: 2, units: 4, monthlyCostUsdUpTo: 1116, unpricedUnits: 2 },
    });
  });

  it('tells how old the stale ones are, each in one band', () => {
    const aged = (ageDays: number | null) => aFinding({ ageDays });
    const counts = countAll(
      [aged(29), aged(30), aged(364), aged(365), aged(9000), aged(null)],
      NOW,
    );
    expect(counts.staleByAge).toEqual({
      UNDER_30_DAYS: 1,
      FROM_30_DAYS: 1,
      FROM_180_DAYS: 1,
      FROM_1_YEAR: 1,
      FROM_5_YEARS: 1,
      NOT_KNOWN: 1,
    });
  });

  it('of nothing is empty', () => {
    expect(countAll([], NOW)).toEqual(emptyCounts());
  });
});
