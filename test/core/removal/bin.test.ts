import {
  hasEnteredSince,
  isStopped,
  nextUnderWatch,
  rulesSeenAfter,
} from '../../../core/removal/bin.ts';
import { aRule, daysBefore, NOW } from '../../support/summaries/builders.ts';

const MINUTE_MS = 60_000;
const RULES = [aRule({ identifier: 'one' }), aRule({ identifier: 'two' })] as const;

it.each([
  ['since', -1, true],
  ['a little before, as clocks differ', 4, true],
  ['long before: somebody else removed it then', 6, false],
])('what went into the bin %s', (_, minutes, isOurs) => {
  const enteredAt = new Date(NOW.getTime() - minutes * MINUTE_MS).toISOString();
  const entry = { enteredAt, restorableUntil: daysBefore(-7) };
  expect(hasEnteredSince(entry, NOW.toISOString())).toBe(isOurs);
});

it('what has no intent of ours is not ours, wherever it is', () => {
  const entry = { enteredAt: NOW.toISOString(), restorableUntil: daysBefore(-7) };
  expect(hasEnteredSince(entry, undefined)).toBe(false);
});

describe('the first removal under a rule', () => {
  const [one, two] = RULES;
  const kept = [
    { id: 1, rule: one, isOfSet: true },
    { id: 2, rule: one, isOfSet: false },
    { id: 3, rule: two, isOfSet: false },
    { id: 4, rule: null, isOfSet: false },
  ];
  const ids = (seen: [string, boolean][]) =>
    nextUnderWatch(kept, new Map(seen)).map(({ id }) => id);

  it('goes alone, and is of no set where there is one of none', () => expect(ids([])).toEqual([2]));
  it('is of a set where all are', () =>
    expect(nextUnderWatch([kept[0]!, { ...kept[0]!, id: 5 }], new Map())).toEqual([kept[0]]));
  it('is waited for under each rule', () => expect(ids([['one', true]])).toEqual([3]));
  it('has been seen, or not, before the others go', () =>
    expect(ids([['one', true], ['two', false]])).toEqual([1, 2, 3, 4])); // prettier-ignore
});

describe('a rule after removals under it', () => {
  const [rule] = RULES;
  const sight = (...inBin: boolean[]) => inBin.map((isInBin) => ({ rule, isInBin }));
  const after = (hasWaited: boolean, ...inBin: boolean[]) =>
    rulesSeenAfter(new Map(), sight(...inBin), hasWaited).get(rule.identifier);

  it('works where all are in the bin', () => expect(after(true, true, true)).toBe(true));
  it('does not where one never appeared', () => expect(after(true, true, false)).toBe(false));
  it('does not either where others of it appeared later', () =>
    expect(after(true, false, true)).toBe(false));
  it('is not known where nobody waited', () => expect(after(false, false)).toBeUndefined());
});

it('a removal that was not seen in the bin stops a target', () => {
  expect(isStopped([{ reasons: [] }])).toBe(false);
  expect(isStopped([{ reasons: ['ANSWER_LOST', 'NOT_SEEN_IN_RECYCLE_BIN'] }])).toBe(true);
});
