import fc from 'fast-check';
import type { Made, MadeById } from '../../../../core/history/made.ts';
import { DAY_MS } from '../../../../core/model/age.ts';
import { FINAL_COPY_DAYS, FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { assess } from '../../../../kinds/ebs-snapshot/assess.ts';
import type { EbsSnapshot } from '../../../../kinds/ebs-snapshot/facts.ts';
import { snapshotInWords } from '../../../../kinds/ebs-snapshot/words/words.ts';
import { aFinding } from '../../../support/summaries/builders.ts';
import { aPolicy, aSnapshot, aVolume, NOW } from '../../../support/organizations/snapshots.ts';

const VOLUME = 'vol-0123456789abcdef0';
const ID = 'snap-0123456789abcdef0';
const ago = (days: number, of = NOW) => new Date(of.getTime() - days * DAY_MS).toISOString();
const day = (days: number) => ago(days).slice(0, 10);

/** Made so many days ago, with all that its removal would have written. */
function finalCopy(
  days: number,
  over: Partial<EbsSnapshot> = {},
  tags: Record<string, string> = {},
): EbsSnapshot {
  return aSnapshot({
    snapshotId: ID,
    startedAt: ago(days),
    tags: {
      [FINAL_COPY_OF]: VOLUME,
      'orgsweep:request': 'token',
      'orgsweep:keep-until': day(days - FINAL_COPY_DAYS),
      ...tags,
    },
    ...over,
  });
}
const made = (days: number, over: Partial<Made> = {}, id = ID): MadeById =>
  new Map([
    [
      id,
      {
        ...{ of: `ebs-volume:${VOLUME}`, step: 'copy', at: ago(days), executionId: 'e' },
        removed: { at: ago(days - 1), executionId: 'e-2' },
        ...over,
      },
    ],
  ]);
const verdict = (facts: EbsSnapshot, by: MadeById, now = NOW) =>
  assess(facts, aPolicy({ minAgeDays: 0 }), now, {}, by);
const EXPIRED = { verdict: 'STALE', reasons: ['FINAL_COPY_EXPIRED'] };

describe('a final copy', () => {
  it('goes once its day is over everywhere, by orgsweep’s own record', () => {
    expect(verdict(finalCopy(92), made(92))).toEqual(EXPIRED);
    for (const days of [0, 30, 89, 90, 91]) {
      const { reasons, ...of } = verdict(finalCopy(days), made(days));
      // On the 91st day it is over at noon, which is this very moment.
      if (days === 91) expect({ ...of, reasons }).toEqual(EXPIRED);
      else expect([of.verdict, reasons]).toEqual(['KEEP', expect.arrayContaining(['FINAL_COPY'])]);
    }
  });

  it.each<[string, EbsSnapshot, MadeById]>([
    ['without a record', finalCopy(200), new Map()],
    ['that is recorded of another volume', finalCopy(200), made(200, { of: 'ebs-volume:vol-1' })],
    ['that is recorded of another kind', finalCopy(200), made(200, { of: `ami:${VOLUME}` })],
    ['whose volume its owner deleted', finalCopy(200), made(200, { removed: undefined })],
    ['with the record of another snapshot', finalCopy(200), made(200, {}, 'snap-2')],
    ['that was recorded later', finalCopy(200), made(89)],
    ['that AWS has started later', finalCopy(200, { startedAt: ago(89) }), made(200)],
    ['whose tag names another volume', finalCopy(200, {}, { [FINAL_COPY_OF]: 'vol-1' }), made(200)],
    ['without its day', finalCopy(200, { tags: { [FINAL_COPY_OF]: VOLUME } }), made(200)],
    ['whose volume is there again', finalCopy(200, { volume: aVolume() }), made(200)],
  ])('%s stays', (_, facts, by) =>
    expect(verdict(facts, by)).toEqual({ verdict: 'KEEP', reasons: ['FINAL_COPY'] }),
  );

  it.each<[string, EbsSnapshot, string]>([
    [
      'a longer day',
      finalCopy(200, {}, { 'orgsweep:keep-until': '2027-01-01' }),
      'PROTECTED_BY_TAG',
    ],
    [
      'a day that nobody can read',
      finalCopy(200, {}, { 'orgsweep:keep-until': 'no' }),
      'PROTECTED_BY_TAG',
    ],
    ['a tag that protects', finalCopy(200, {}, { 'orgsweep:protect': '' }), 'PROTECTED_BY_TAG'],
    ['an AMI', finalCopy(200, { usedBy: { amis: ['ami-1'] } }), 'USED_BY_AMI'],
    [
      'the bin',
      finalCopy(200, { usedBy: { 'volumes-in-recycle-bin': [VOLUME] } }),
      'VOLUME_IN_RECYCLE_BIN',
    ],
  ])('is kept by %s as any other', (_, facts, reason) => {
    const { verdict: is, reasons } = verdict(facts, made(200));
    expect([is, reasons]).toEqual(['KEEP', expect.arrayContaining([reason])]);
  });

  it('isn’t known to be expired where volumes couldn’t be listed', () =>
    expect(verdict(finalCopy(200, { incompleteReferences: ['volumes'] }), made(200)).verdict).toBe(
      'UNKNOWN',
    ));

  it('tells why it is kept, and why not any more', () => {
    const { tags } = finalCopy(200);
    const told = (is: 'KEEP' | 'STALE', reason: string) =>
      snapshotInWords(
        aFinding({
          verdict: is,
          reasons: [reason],
          tags,
          evidence: { volumeId: VOLUME, volumeState: null },
        }),
      ).join(' ');
    expect(told('KEEP', 'FINAL_COPY')).toContain(
      `its tag says that it is the final copy of "${VOLUME}"`,
    );
    expect(told('STALE', 'FINAL_COPY_EXPIRED')).toContain(
      `it is orgsweep's final copy of ${VOLUME}, and has expired`,
    );
  });
});

it('nothing that tags, facts, record or policy say makes a final copy stale before its date, or without a record', () => {
  const days = fc.integer({ min: -5, max: 250 });
  const counts = { stale: 0, kept: 0 };
  fc.assert(
    fc.property(
      fc.record({
        started: days,
        recorded: fc.option(days, { freq: 6 }),
        of: fc.constantFrom(...Array(6).fill(VOLUME), 'vol-1'),
        tagged: fc.constantFrom(...Array(6).fill(VOLUME), 'vol-1', ''),
        until: fc.option(
          fc.oneof(days.map(day), fc.constantFrom('', 'never', '2026-11-20T10:00:00Z')),
          { freq: 8 },
        ),
        volume: fc.constantFrom(null, null, null, aVolume(), {
          ...aVolume(),
          isMarked: true as const,
        }),
        state: fc.constantFrom('completed', 'completed', 'completed', 'pending'),
        isBinned: fc.constantFrom(false, false, false, true),
        policy: fc.record({
          minAgeDays: fc.nat(40),
          allowLastCopy: fc.boolean(),
          graceDays: fc.nat(20),
        }),
      }),
      (of) => {
        const facts = finalCopy(of.started, {
          ...{ volume: of.volume, state: of.state },
          usedBy: of.isBinned ? { 'volumes-in-recycle-bin': [VOLUME] } : {},
          tags: {
            [FINAL_COPY_OF]: of.tagged,
            ...(of.until !== null && { 'orgsweep:keep-until': of.until }),
          },
        });
        const by =
          of.recorded === null ? new Map() : made(of.recorded, { of: `ebs-volume:${of.of}` });
        const { verdict: is, reasons } = assess(facts, aPolicy(of.policy), NOW, {}, by);
        counts[is === 'STALE' ? 'stale' : 'kept'] += 1;
        if (is !== 'STALE') return;
        expect(reasons).toEqual(['FINAL_COPY_EXPIRED']);
        expect(of.recorded).toBeGreaterThanOrEqual(FINAL_COPY_DAYS);
        expect(of.started).toBeGreaterThanOrEqual(FINAL_COPY_DAYS);
        expect(of.until !== null && of.until < day(0)).toBe(true);
        expect([of.of, of.tagged, of.volume, of.isBinned]).toEqual([VOLUME, VOLUME, null, false]);
      },
    ),
    { numRuns: 3_000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(20);
});
