import { countAll, emptyCounts } from '../../core/counts.ts';
import { aFinding } from '../support/builders.ts';

describe('counting', () => {
  it('counts every resource once, and each of its reasons', () => {
    const counts = countAll([
      aFinding(),
      aFinding({ verdict: 'KEEP', reasons: ['LOCKED', 'TOO_YOUNG'] }),
      aFinding({ verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] }),
    ]);
    expect(counts).toMatchObject({
      resources: 3,
      verdicts: { STALE: 1, KEEP: 1, UNKNOWN: 1 },
      reasons: { VOLUME_MISSING: 1, LOCKED: 1, TOO_YOUNG: 1, REFERENCES_INCOMPLETE: 1 },
    });
  });

  it('adds up sizes and costs of stale resources only', () => {
    const counts = countAll([
      aFinding({ sizeGiB: 8, monthlyCostUsdUpTo: 0.4 }),
      aFinding({ verdict: 'KEEP', reasons: ['IN_USE'], sizeGiB: 100, monthlyCostUsdUpTo: 5 }),
    ]);
    expect(counts).toMatchObject({ staleGiB: 8, staleMonthlyCostUsdUpTo: 0.4, unpricedGiB: 0 });
  });

  it('never takes an unknown price for nothing: what has none is counted in GiB', () => {
    const counts = countAll([aFinding({ sizeGiB: 8, monthlyCostUsdUpTo: null })]);
    expect(counts).toMatchObject({ staleGiB: 8, staleMonthlyCostUsdUpTo: 0, unpricedGiB: 8 });
  });

  it('of nothing is empty', () => {
    expect(countAll([])).toEqual(emptyCounts());
  });
});
