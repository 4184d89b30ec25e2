import fc from 'fast-check';
import {
  needsRule,
  type RemovalStep,
  undoHold,
  undoWay,
  UndoWay,
  waysOf,
} from '../../../core/outcome/undo.ts';
import { aPolicy, aRule } from '../../support/summaries/builders.ts';

const KIND = 'ebs-volume';
const NAMED = [`${KIND}:delete`];

/** What nothing undoes has no other way; no way is there twice. */
const ways: fc.Arbitrary<Pick<RemovalStep, 'undo' | 'undoElse'>> = fc
  .shuffledSubarray(
    UndoWay.options.filter((way) => way !== 'NONE'),
    { minLength: 0 },
  )
  .map(([undo = 'NONE' as const, ...undoElse]) => ({
    undo,
    ...(undoElse.length > 0 && { undoElse }),
  }));
const step = ways.map((of): RemovalStep => ({ name: 'delete', ...of }));
const policy = fc
  .record({
    requireUndo: fc.boolean(),
    allowRecreation: fc.constantFrom([], NAMED, ['ebs-snapshot:delete', `${KIND}:archive`]),
    allowIrreversible: fc.constantFrom([], NAMED, ['ebs-snapshot:delete', `${KIND}:archive`]),
  })
  .map(aPolicy);
const rule = fc.constantFrom(null, aRule());
const made = fc.constantFrom(undefined, 'snap-0copy');

const all = ({ undo, undoElse = [] }: RemovalStep): readonly UndoWay[] => [undo, ...undoElse];
const isOnlyTheBin = (of: RemovalStep) => all(of).length === 1 && of.undo === 'RECYCLE_BIN';

it('nothing goes but by a way back that is open, or as the policy names it', () =>
  fc.assert(
    fc.property(step, policy, rule, made, (of, by, kept, copy) => {
      if (undoHold(by, KIND, of, { rule: kept, made: copy }) !== null) return;
      const isGood =
        (all(of).includes('RECYCLE_BIN') && kept !== null) ||
        (all(of).includes('MADE') && copy !== undefined) ||
        all(of).includes('REVERSE');
      const isNamed = by.allowIrreversible === NAMED || by.allowRecreation === NAMED;
      expect(isGood || isNamed || (isOnlyTheBin(of) && !by.requireUndo)).toBe(true);
    }),
    { numRuns: 2_000 },
  ));

it('where undo is required, what the bin would keep goes without a rule only where something as good is sure', () =>
  fc.assert(
    fc.property(step, policy, made, (of, by, copy) => {
      fc.pre(by.requireUndo && all(of).includes('RECYCLE_BIN'));
      const hold = undoHold(by, KIND, of, { rule: null, made: copy });
      const first = all(of).find((way) => way !== 'RECYCLE_BIN' && !(way === 'MADE' && !copy));
      const isAsGood = first === 'MADE' || first === 'REVERSE';
      expect(hold).toBe(isAsGood ? null : 'NO_RECYCLE_BIN_RULE');
      expect(needsRule(of, by, copy)).toBe(!isAsGood);
    }),
    { numRuns: 2_000 },
  ));

it('it is undone by the first of its ways that is open', () =>
  fc.assert(
    fc.property(step, fc.boolean(), made, (of, isKept, copy) => {
      fc.pre(!isOnlyTheBin(of));
      const open = all(of).filter((way) => {
        if (way === 'RECYCLE_BIN') return isKept;
        return way !== 'MADE' || copy !== undefined;
      });
      const way = undoWay(of, { isKept, made: copy });
      expect(way).toBe(open[0] ?? 'NONE');
      expect(waysOf(of)).toContain(way);
    }),
  ));

it('a rule more holds nothing that the bin is the best way for, nor does a copy', () =>
  fc.assert(
    fc.property(step, policy, rule, (of, by, kept) => {
      const hold = (with_: { rule: typeof kept; made: string | undefined }) =>
        undoHold(by, KIND, of, with_);
      fc.pre(of.undo === 'RECYCLE_BIN');
      expect(hold({ rule: aRule(), made: undefined })).toBeNull();
      if (hold({ rule: kept, made: undefined }) === null && !all(of).includes('ATTEMPT'))
        expect(hold({ rule: kept, made: 'snap-0copy' })).toBeNull();
    }),
  ));

it.each([
  [true, null, undefined, 'NO_RECYCLE_BIN_RULE'],
  [false, null, undefined, null],
  [true, aRule(), undefined, null],
] as const)(
  'a snapshot, which only the bin keeps: required %s',
  (requireUndo, kept, copy, expected) => {
    const snapshot = { name: 'delete', undo: 'RECYCLE_BIN' } as const;
    const of = { rule: kept, made: copy };
    expect(undoHold(aPolicy({ requireUndo }), 'ebs-snapshot', snapshot, of)).toBe(expected);
  },
);

describe('a volume, which the bin keeps or else its last snapshot', () => {
  const volume = { name: 'delete', undo: 'RECYCLE_BIN', undoElse: ['MADE'] } as const;
  const held = (given: Parameters<typeof aPolicy>[0], by: Parameters<typeof undoHold>[3]) =>
    undoHold(aPolicy(given), KIND, volume, by);

  it('goes under a rule, or with a copy', () => {
    for (const requireUndo of [true, false]) {
      expect(held({ requireUndo }, { rule: aRule(), made: undefined })).toBeNull();
      expect(held({ requireUndo }, { rule: null, made: 'snap-0copy' })).toBeNull();
    }
  });

  it('is held without either, whatever is required', () => {
    const neither = { rule: null, made: undefined };
    expect(held({ requireUndo: true }, neither)).toBe('NO_RECYCLE_BIN_RULE');
    expect(held({ requireUndo: true, allowIrreversible: NAMED }, neither)).toBe(
      'NO_RECYCLE_BIN_RULE',
    );
    expect(held({ requireUndo: false }, neither)).toBe('IRREVERSIBLE_NOT_ALLOWED');
    expect(held({ requireUndo: false, allowIrreversible: NAMED }, neither)).toBeNull();
  });

  it('is one that an input may name as not to be undone, which a snapshot is not', () => {
    expect(waysOf(volume)).toContain('NONE');
    expect(new Set(waysOf({ undo: 'RECYCLE_BIN' }))).toEqual(new Set(['RECYCLE_BIN']));
  });
});
