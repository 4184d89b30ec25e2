import { change } from '../../../report/page/sections/change.ts';
import { band } from '../../../report/page/frame/band.ts';
import { notes } from '../../../report/page/sections/notes.ts';
import { removals } from '../../../report/page/sections/removals.ts';
import { markup, type Content } from '../../../report/page/markup/markup.ts';
import { sentenceOf } from '../../../report/page/markup/text.ts';
import { aRemovalOutcome } from '../../support/summaries/builders.ts';
import {
  allRemoved,
  completeReport,
  largeOrganization,
} from '../../support/summaries/summaries.ts';

const textOf = (content: Content) =>
  markup`${content}`.text
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');

it('says first how much was deleted, and what can still be had', () => {
  const text = textOf(band(allRemoved()));
  expect(text).toMatch(
    /Deleted 20 snapshots: saves up to \$8 a month from 5 December.* 96 GiB more, from 2 December/,
  );
  expect(text).toContain('delete run weekly-2026-11-21');
});

it('says first what can be had and from when, and what is left out of the count', () => {
  const text = textOf(band(completeReport()));
  expect(text).toMatch(/Up to \$\d+ of \$\d+ a month can be saved now\./);
  expect(text).toContain('Report only: nothing was deleted.');
  expect(text).toContain('Accepted gaps: 1. Excluded: 5.');
});

it('tells a change that came before the removals from what they changed', () => {
  const text = textOf(change(allRemoved()));
  expect(text).toContain('Compared before this run deleted 20. Those are under Deletions');
  expect(text).toContain('Unused when scanned:');
  expect(text).toContain('deleted by an earlier run');
  expect(text).not.toMatch(/Unused now|(?<!not )deleted by orgsweep/);
  expect(textOf(change(completeReport()))).not.toContain('Compared before');
});

it('counts costs as they are counted, and units without a price', () => {
  const text = textOf(notes(largeOrganization()));
  expect(text).toMatch(/if nothing were shared, up to \$[\d,.]+ a month in all/);
  expect(text).toMatch(
    /Besides storage: fast snapshot restore on 64 resources, .* enabled 96 times .*, up to/,
  );
  expect(text).not.toContain('upper bounds');
});

it('lists removals by accounts with names, without columns that say nothing', () => {
  const summary = allRemoved();
  const of = { accountId: '111122223333', resourceId: 'snap-1' };
  const text = markup`${removals(summary, [aRemovalOutcome(of)])}`.text;
  const [, table = ''] = text.split('one by one');
  expect(textOf(markup`${text}`)).toContain('shop-prod');
  expect(table).toContain('>Size<');
  for (const silent of ['Result', 'Why', 'Restorable until'])
    expect(table).not.toContain(`>${silent}<`);
});

it('sets commands apart instead of showing the marks around them', () => {
  expect(sentenceOf('Try `orgsweep run --simulated` in us-east-1, not a ` alone.').text).toBe(
    '<bdi>Try <code>orgsweep run --simulated</code> in <span class="unbroken">us-east-1</span>, not a ` alone.</bdi>',
  );
});

it('ends no line within a Region, an id or a date', () => {
  expect(
    sentenceOf('Look at <snap-0123456789abcdef0> in 111122223333 us-west-2, 2026-12-09.').text,
  ).toBe(
    '<bdi>Look at &lt;<span class="unbroken">snap-0123456789abcdef0</span>&gt; in <span class="unbroken">111122223333</span> <span class="unbroken">us-west-2</span>, <span class="unbroken">2026-12-09</span>.</bdi>',
  );
});
