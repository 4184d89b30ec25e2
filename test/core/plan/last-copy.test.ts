import { isLastCopy, lastCopiesOf } from '../../../core/plan/last-copy.ts';
import { isMarkedForRemoval, MARKER } from '../../../core/tags/marker.ts';
import { aFinding, daysBefore } from '../../support/summaries/builders.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

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
const key = (i: number) => keyInTarget({ kind: 'ebs-snapshot', resourceId: `snap-${i}` });

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

describe('at its removal', () => {
  const leaving = (...ids: string[]) => new Set(ids);
  const isLast = (others: string[], gone: Set<string>) => isLastCopy(others, (id) => gone.has(id));

  it('what another execution noted as gone is no copy, though EC2 shows it still', () => {
    expect(isLast(['snap-0'], leaving())).toBe(false);
    expect(isLast(['snap-0'], leaving('snap-0'))).toBe(true);
  });

  it('one that nothing else is a copy of is the last', () =>
    expect(isLast([], leaving())).toBe(true));

  it('one copy that nothing removes is enough', () =>
    expect(isLast(['snap-0', 'snap-1'], leaving('snap-1'))).toBe(false));
});

it('the plan and the removal agree about which copies of a volume may go', () => {
  for (let copies = 1; copies <= 5; copies += 1) {
    const all = volume(copies, ...Array.from({ length: copies }, () => ({})));
    const stay = lastCopiesOf(all);
    const leaving = new Set(all.map((one) => keyInTarget(one)).filter((one) => !stay.has(one)));
    const ids = all.map((one) => keyInTarget(one));
    for (const id of ids) {
      const others = ids.filter((other) => other !== id);
      // What may go may go by both; what stays would be the last one, were it to go with the others.
      expect(isLastCopy(others, (other) => leaving.has(other))).toBe(stay.has(id));
    }
  }
});
