import { costInRow } from '../../../../report/page/findings/cost-in-row.ts';
import { BestFindings } from '../../../../report/page/findings/best-findings.ts';
import { rowAlone } from '../../../../report/page/findings/finding-row.ts';
import type { Freed } from '../../../../core/model/billing.ts';
import { aFinding } from '../../../support/summaries/builders.ts';

const freed = (monthlyCostUsdUpTo: number | null, resourceId = 'snap-1'): Freed => ({
  ...{ kind: 'ebs-snapshot', resourceId, monthlyCostUsdUpTo, holders: ['ami-1'] },
});
const image = (resourceId: string, frees: Freed[]) =>
  aFinding({ kind: 'ami', resourceId, sizeGiB: null, monthlyCostUsdUpTo: 0, frees });
const rowOf = (finding: ReturnType<typeof aFinding>) =>
  rowAlone(finding, { accountName: undefined, words: [] });

it('says whose money it is where a finding costs nothing itself', () => {
  const told = (frees: Freed[]) => costInRow(rowOf(image('ami-1', frees)));
  expect(told([freed(3), freed(4, 'snap-2')])).toBe('$7, of 2 others that it frees');
  expect(told([freed(null)])).toBe('no price, of 1 other that it frees');
  expect(told([])).toBe('$0');
  expect(costInRow(rowOf(aFinding({ monthlyCostUsdUpTo: 9, frees: [freed(3)] })))).toBe('$9');
});

it('ranks a finding that costs nothing itself by what it frees', () => {
  const best = new BestFindings({ most: 9, mostBytes: 9_999 });
  const all = [
    image('ami-1', [freed(1)]),
    image('ami-2', [freed(50)]),
    aFinding({ resourceId: 'snap-9', monthlyCostUsdUpTo: 7 }),
  ];
  for (const one of all) best.add(one, () => one.resourceId);
  expect([...best.lines()]).toEqual(['ami-2', 'snap-9', 'ami-1']);
});

it('calls a resource by its tag, or by what its kind calls it', () => {
  const named = (tags: Record<string, string>, evidence = {}) =>
    rowOf({ ...aFinding({ tags }), evidence }).name;
  expect(named({ Name: 'web' }, { name: 'web-2026' })).toBe('web');
  expect(named({}, { name: 'web-2026' })).toBe('web-2026');
  expect(named({}, { name: 7 })).toBe('');
});
