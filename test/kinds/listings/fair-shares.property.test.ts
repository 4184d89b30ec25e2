import fc from 'fast-check';
import { fairShares } from '../../../kinds/listings/fair-shares.ts';

const wanted = fc
  .array(fc.nat(40), { minLength: 1, maxLength: 8 })
  .map((counts) => new Map(counts.map((count, index) => [`kind-${index}`, count])));
const sum = (of: Iterable<number>) => [...of].reduce((all, one) => all + one, 0);

it('all get what they want where there is room for it, and no room is left where there is not', () => {
  fc.assert(
    fc.property(wanted, fc.nat(200), (all, room) => {
      const shares = fairShares(all, room);
      for (const [name, share] of shares) expect(share).toBeLessThanOrEqual(all.get(name) ?? 0);
      expect(sum(shares.values())).toBe(Math.min(room, sum(all.values())));
    }),
  );
});

it('none goes short for what another wants beyond an equal share', () => {
  fc.assert(
    fc.property(wanted, fc.nat(200), (all, room) => {
      const equal = Math.floor(room / all.size);
      for (const [name, share] of fairShares(all, room))
        expect(share).toBeGreaterThanOrEqual(Math.min(all.get(name) ?? 0, equal));
    }),
  );
});

it('one alone gets all the room there is', () => {
  expect(fairShares(new Map([['ebs-snapshot', 300]]), 250)).toEqual(
    new Map([['ebs-snapshot', 250]]),
  );
});
