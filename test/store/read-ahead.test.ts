import { readWholeAhead } from '../../store/read-ahead.ts';

it('reads many small things at once, and large ones one by one: one account may have many', async () => {
  const sizes = [100_000, 1, 2, 90_000, 3, 2_000, 80_000];
  let large = 0;
  let most = 0;
  const read = async (size: number) => {
    if (size > 2_000) large += 1;
    most = Math.max(most, large);
    await new Promise((resolve) => setImmediate(resolve));
    if (size > 2_000) large -= 1;
    return size;
  };
  const seen: number[] = [];
  for await (const size of readWholeAhead(sizes, (of) => of, read)) seen.push(size);
  expect(seen).toEqual([1, 2, 3, 2_000, 100_000, 90_000, 80_000]);
  expect(most).toBe(1);
});
