import { Amounts, largestFirst, Worth } from '../../../core/model/amount.ts';

it('counts each resource without size and price, also of those that share data', () => {
  const amounts = new Amounts();
  for (const group of ['a', 'a', undefined])
    amounts.add({ sizeGiB: null, monthlyCostUsdUpTo: null }, group);
  amounts.add({ sizeGiB: 5, monthlyCostUsdUpTo: null }, 'a');
  amounts.add({ sizeGiB: null, monthlyCostUsdUpTo: 4 });
  expect(amounts.total).toEqual({
    ...{ sizeGiB: 5, unpricedGiB: 5, unpricedUnsized: 3 },
    ...{ monthlyCostUsdUpTo: 4, unsharedMonthlyCostUsdUpTo: 4 },
  });
});

it('counts only what is to be had: not what is still paid after a removal', () => {
  const net = (monthlyCostUsdUpTo: number | null, remainingMonthlyCostUsdUpTo: number | null) => {
    const amounts = new Amounts();
    amounts.add({ sizeGiB: null, monthlyCostUsdUpTo, remainingMonthlyCostUsdUpTo });
    const { monthlyCostUsdUpTo: usd, unsharedMonthlyCostUsdUpTo, unpricedUnsized } = amounts.total;
    expect(unsharedMonthlyCostUsdUpTo).toBe(usd);
    return [usd, unpricedUnsized];
  };
  expect(net(8, 5)).toEqual([3, 0]);
  // A final snapshot of a cold volume costs more than the volume.
  expect(net(1.5, 5)).toEqual([0, 0]);
  expect(net(8, null)).toEqual([0, 1]);
  expect(net(null, 5)).toEqual([0, 1]);
});

it('puts what has no size behind all that has one', () => {
  const sizes = [null, 0, 7].map((sizeGiB) => ({ sizeGiB }));
  expect(sizes.toSorted(largestFirst).map(({ sizeGiB }) => sizeGiB)).toEqual([7, 0, null]);
});

it('reads what versions wrote that knew a size of everything', () => {
  const old = { sizeGiB: 7, monthlyCostUsdUpTo: 0, unpricedGiB: 7 };
  expect(Worth.parse(old)).toEqual({ ...old, unpricedUnsized: 0 });
});
