import { notCheckedByKind, notCheckedInShort } from '../../../report/gaps/not-checked.ts';
import { notSeen } from '../../../report/page/sections/not-seen.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const BLIND = { 'ebs-snapshot': ['code', 'runbooks'], ami: ['code', 'people'] };

function summaryWith(given: Partial<Summary> = {}): Summary {
  const notLookedAt = ['amis', 'code', 'people', 'runbooks'];
  const summary = { ...completeReport(), words: wordsOf(KINDS), reportFailure: null };
  return { ...summary, notLookedAt, blindSpots: BLIND, ...given };
}

it('what was checked nowhere is told once, by the kinds that it is told for', () => {
  expect(notCheckedByKind(summaryWith())).toEqual([
    { of: 'Left out by the policy', spots: ['amis'] },
    { of: 'Snapshots and AMIs', spots: ['code'] },
    { of: 'Snapshots', spots: ['runbooks'] },
    { of: 'AMIs', spots: ['people'] },
  ]);
});

it('the page has all of it, folded; a mail has a line that says where', () => {
  const html = notSeen(summaryWith()).text;
  const [atOnce = ''] = html.split('<summary>Not checked anywhere');
  expect(html).toContain('Not checked anywhere, and could need a resource: 4');
  expect(html.match(/runbooks/g)).toHaveLength(1);
  expect(atOnce).not.toContain('runbooks');
  expect(notCheckedInShort(summaryWith())).toBe(
    'Not checked: 4 possible uses of a resource, listed on the page',
  );
  expect(notCheckedInShort(summaryWith({ reportFailure: 'disk full' }))).toContain('summary.json');
});

it('an older summary tells them as of any kind, and one without any says nothing', () => {
  const { blindSpots: _none, ...older } = summaryWith();
  expect(notCheckedByKind(older)).toEqual([{ of: 'Any kind', spots: older.notLookedAt }]);
  expect(notCheckedInShort(summaryWith({ notLookedAt: [], blindSpots: {} }))).toBeUndefined();
});

it('no kind says in other words what another says, and none says it twice', () => {
  const all = KINDS.flatMap(({ blindSpots }) => blindSpots);
  for (const { blindSpots } of KINDS) expect(new Set(blindSpots).size).toBe(blindSpots.length);
  for (const word of ['Terraform', 'Karpenter'])
    expect(new Set(all.filter((spot) => spot.includes(word))).size).toBe(1);
});
