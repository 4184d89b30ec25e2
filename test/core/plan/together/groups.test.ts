import {
  evidenceOfGroups,
  groupHoldNow,
  type Groups,
  isOfNewest,
  lastCopiesOf,
} from '../../../../core/plan/together/groups.ts';
import { isMarkedForRemoval, MARKER } from '../../../../core/tags/marker.ts';
import { aFinding, daysBefore } from '../../../support/summaries/builders.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';

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
  it('is no copy that anything else may rely on, and has the latest state: it stays too', () =>
    expect(staying(volume(1, {}, MARKED)).toSorted()).toEqual([key(0), key(1)]));

  it('goes where a newer one stays, or one that is in use', () => {
    expect(staying(volume(1, MARKED, {}, MARKED))).toEqual([key(2), key(1)]);
    expect(staying(volume(2, {}, MARKED))).toEqual([]);
  });

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

const copies = (others: readonly string[], given: Partial<Groups['copies']> = {}): Groups => ({
  copies: { id: 'vol-1', others, isNewest: false, ...given },
});
const family = (newer: readonly string[], keep: number): Groups => ({
  family: { id: 'web', keep, newer },
});
function holdNow(
  groups: Groups,
  { gone = [], allowLastCopy = false, leavingOrigins = [] }: Partial<Readonly<Now>> = {},
) {
  return groupHoldNow(groups, {
    allowLastCopy,
    isLeaving: (id) => gone.includes(id),
    isOriginLeaving: (id) => leavingOrigins.includes(id),
  });
}
interface Now {
  gone: readonly string[];
  allowLastCopy: boolean;
  leavingOrigins: readonly string[];
}
const isLast = (others: readonly string[], gone: ReadonlySet<string>) =>
  holdNow(copies(others), { gone: [...gone] }) === 'LAST_COPY';

describe('at its removal', () => {
  const leaving = (...ids: string[]) => new Set(ids);

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
      expect(isLast(others, leaving)).toBe(stay.has(id));
    }
  }
});

describe('a copy of what goes', () => {
  const allowLastCopy = true;

  it('may go where the policy lets it, and stays while what it is a copy of is leaving', () => {
    expect(holdNow(copies([]))).toBe('LAST_COPY');
    expect(holdNow(copies([]), { allowLastCopy })).toBeNull();
    expect(holdNow(copies([]), { allowLastCopy, leavingOrigins: ['vol-1'] })).toBe(
      'LAST_COPY_OF_REMOVED_VOLUME',
    );
    expect(holdNow(copies([]), { allowLastCopy, leavingOrigins: ['vol-2'] })).toBeNull();
  });

  it('stays where its own kind sees what it is a copy of in the bin', () =>
    expect(holdNow(copies([], { isOriginLeaving: true }), { allowLastCopy })).toBe(
      'LAST_COPY_OF_REMOVED_VOLUME',
    ));

  it('is each of them, though another stays: what goes may rely on this one alone', () => {
    const leavingOrigins = ['vol-1'];
    for (const allowed of [true, false])
      expect(holdNow(copies(['snap-0']), { allowLastCopy: allowed, leavingOrigins })).toBe(
        'LAST_COPY_OF_REMOVED_VOLUME',
      );
  });
});

describe('the newest of a family', () => {
  const isHeld = (newer: number, keep: number) =>
    isOfNewest(aFinding({ evidence: { family: { id: 'web', keep, newer } } }));

  it('stay, as many as their kind says', () => {
    expect([0, 1, 2, 3].map((newer) => isHeld(newer, 2))).toEqual([true, true, false, false]);
    expect(isHeld(0, 0)).toBe(false);
    expect(isOfNewest(aFinding())).toBe(false);
  });

  it('stay at the removal too, where newer ones are gone or leaving by then', () => {
    expect(holdNow(family(['c', 'd'], 2))).toBeNull();
    expect(holdNow(family(['c', 'd'], 2), { gone: ['c'] })).toBe('NEWEST_OF_FAMILY');
    expect(holdNow(family(['d'], 2))).toBe('NEWEST_OF_FAMILY');
    expect(holdNow(family([], 0))).toBeNull();
  });

  it('stay whatever the policy says of last copies', () =>
    expect(holdNow(family([], 1), { allowLastCopy: true })).toBe('NEWEST_OF_FAMILY'));
});

describe('what a finding tells of its groups', () => {
  it('counts the copies, itself where it is one', () => {
    const of = copies(['a', 'b'], { isNewest: true });
    expect(evidenceOfGroups(of, {})).toEqual({ lineage: { id: 'vol-1', size: 3, newest: true } });
    expect(evidenceOfGroups(of, MARKED).lineage?.size).toBe(2);
    expect(evidenceOfGroups(copies([], { isOriginLeaving: true }), {}).lineage).toMatchObject({
      originLeaves: true,
    });
  });

  it('counts what is newer', () =>
    expect(evidenceOfGroups(family(['c', 'd'], 10), {})).toEqual({
      family: { id: 'web', keep: 10, newer: 2 },
    }));

  it('is nothing where there are none', () => expect(evidenceOfGroups({}, {})).toEqual({}));
});
