import fc from 'fast-check';
import { isBelowFloor, UsualReferences, usualAfter } from '../../../core/outcome/sanity-floor.ts';
import { daysBefore, SEEN } from '../../support/summaries/builders.ts';

const HALF = 50;

/** Looks one after another, each so many days ago; what is usual afterwards. */
function after(
  looks: readonly { daysAgo: number; references: Record<string, number>; percent?: number }[],
): UsualReferences {
  return looks.reduce<UsualReferences>(
    (usual, { daysAgo, references, percent = HALF }) =>
      usualAfter(usual, {
        references,
        watched: SEEN.watched,
        minReferencePercent: percent,
        now: new Date(daysBefore(daysAgo)),
      }),
    {},
  );
}

const held = (references: Record<string, number>, usual: UsualReferences, percent = HALF) =>
  isBelowFloor({ references, watched: SEEN.watched, resources: 5 }, usual, percent);

describe('the sanity floor of a target', () => {
  const usual = after([{ daysAgo: 7, references: { volumes: 40, amis: 20 } }]);

  it.each([
    ['as many as before', { volumes: 40, amis: 20 }, false],
    ['exactly the share that is asked for', { volumes: 20, amis: 10 }, false],
    ['too few volumes', { volumes: 19, amis: 20 }, true],
    ['too few AMIs', { volumes: 40, amis: 9 }, true],
    ['no AMI at all', { volumes: 40, amis: 0 }, true],
    ['AMIs that were not looked at', { volumes: 40 }, false],
  ])('with %s: %j, held: %p', (_, references, expected) => {
    expect(held(references, usual)).toBe(expected);
  });

  it('holds resources beside no volume at all, also on the first look', () => {
    expect(held({ volumes: 0 }, {})).toBe(true);
    const none = { references: { volumes: 0 }, watched: SEEN.watched, resources: 0 };
    expect(isBelowFloor(none, {}, HALF)).toBe(false);
  });

  it('does not compare with fewer than 10', () => {
    const few = after([{ daysAgo: 7, references: { volumes: 9, amis: 9 } }]);
    expect(held({ volumes: 1, amis: 0 }, few)).toBe(false);
  });

  it('says nothing where no counts are known', () => {
    expect(isBelowFloor({ watched: SEEN.watched, resources: 5 }, usual, HALF)).toBe(false);
  });

  it('of 0 percent is off', () => {
    expect(held({ volumes: 0, amis: 0 }, usual, 0)).toBe(false);
  });
});

describe('what is usual', () => {
  it('is what the last look had, more or a little less', () => {
    const looks = [40, 60, 31].map((volumes, i) => ({ daysAgo: 21 - i, references: { volumes } }));
    expect(after(looks)).toEqual({ volumes: { count: 31, at: daysBefore(19) } });
  });

  it('is not what a look far below had: the next one is held as well', () => {
    const usual = after([
      { daysAgo: 7, references: { volumes: 40 } },
      { daysAgo: 1, references: { volumes: 4 } },
    ]);
    expect(usual).toEqual({
      volumes: { count: 40, at: daysBefore(7), lowSince: daysBefore(1) },
    });
    expect(held({ volumes: 4 }, usual)).toBe(true);
    expect(UsualReferences.parse(JSON.parse(JSON.stringify(usual)))).toEqual(usual);
  });

  it('is what has been so for three weeks', () => {
    const looks = [28, 21, 14, 7].map((daysAgo) => ({ daysAgo, references: { volumes: 4 } }));
    const before = [{ daysAgo: 35, references: { volumes: 40 } }, ...looks.slice(0, 3)];
    expect(held({ volumes: 4 }, after(before))).toBe(true);
    expect(held({ volumes: 4 }, after([...before, ...looks.slice(3)]))).toBe(false);
  });

  it('begins its three weeks again when it was seen as usual in between', () => {
    const usual = after([
      { daysAgo: 35, references: { volumes: 40 } },
      { daysAgo: 28, references: { volumes: 4 } },
      { daysAgo: 14, references: { volumes: 40 } },
      { daysAgo: 7, references: { volumes: 4 } },
      { daysAgo: 0, references: { volumes: 4 } },
    ]);
    expect(held({ volumes: 4 }, usual)).toBe(true);
  });

  it('is what a person took for right, with the floor switched off', () => {
    const usual = after([
      { daysAgo: 7, references: { volumes: 40 } },
      { daysAgo: 1, references: { volumes: 4 }, percent: 0 },
    ]);
    expect(held({ volumes: 4 }, usual)).toBe(false);
  });

  it('never lets one look take the floor away, whatever the counts', () => {
    const counts = fc.record({ volumes: fc.integer({ min: 1, max: 60 }), amis: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 5 }), counts, (looks, last) => {
        const usual = after(looks.map((references, i) => ({ daysAgo: 14 - i, references })));
        const next = usualAfter(usual, {
          references: last,
          watched: SEEN.watched,
          minReferencePercent: HALF,
          now: new Date(daysBefore(0)),
        });
        expect(held(last, next)).toBe(held(last, usual));
      }),
    );
  });
});
