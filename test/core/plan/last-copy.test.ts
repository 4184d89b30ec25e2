import { lastCopiesOf } from '../../../core/plan/last-copy.ts';
import { isMarkedForRemoval, MARKER } from '../../../core/tags/marker.ts';
import { historyKey } from '../../../core/history/history.ts';
import { isLastCopy } from '../../../steps/remove/removal-last-copy.ts';
import type { RemovalRun } from '../../../steps/remove/removal-run.ts';
import type { Kind } from '../../../kinds/kind.ts';
import { aFinding, daysBefore } from '../../support/summaries/builders.ts';

const MARKED = { [MARKER.key]: MARKER.value };

/** Stale snapshots of one volume, oldest first, of which `size` copies are there without a marker. */
function volume(size: number, ...tags: Record<string, string>[]) {
  return tags.map((each, i) =>
    aFinding({
      resourceId: `snap-${i}`,
      tags: each,
      startedAt: daysBefore(100 - i),
      evidence: { lineage: { id: 'vol-1', size, newest: false } },
    }),
  );
}
const staying = (findings: ReturnType<typeof volume>) => [...lastCopiesOf(findings)];
const key = (i: number) => historyKey({ kind: 'ebs-snapshot', resourceId: `snap-${i}` });

describe('what is marked for removal', () => {
  it('is no copy that anything else may rely on', () =>
    expect(staying(volume(1, {}, MARKED))).toEqual([key(0)]));

  it('is not kept by its own marker where a copy stays', () => {
    expect(staying(volume(1, MARKED, {}))).toEqual([key(1)]);
    expect(staying(volume(1, MARKED))).toEqual([]);
    expect(staying(volume(2, MARKED, MARKED, {}))).toEqual([]);
  });

  it('stays where nothing else is left: none of them is sure to remain', () =>
    expect(staying(volume(0, MARKED, MARKED)).toSorted()).toEqual([key(0), key(1)]));

  it('is none that was restored since', () => {
    expect(isMarkedForRemoval(MARKED)).toBe(true);
    expect(isMarkedForRemoval({ ...MARKED, Retain: '' })).toBe(true);
    expect(isMarkedForRemoval({ ...MARKED, 'orgsweep:protect': '' })).toBe(false);
    expect(isMarkedForRemoval({})).toBe(false);
  });
});

it('what another execution noted as gone is no copy, though EC2 shows it still', () => {
  const kind = { kind: 'ebs-snapshot' } as Kind;
  const run = (gone: string[]) =>
    ({
      policy: { allowLastCopy: false },
      planned: [],
      gone: new Set(gone),
    }) as unknown as RemovalRun;
  expect(isLastCopy(run([]), kind, ['snap-0'])).toBe(false);
  expect(isLastCopy(run([key(0)]), kind, ['snap-0'])).toBe(true);
});
