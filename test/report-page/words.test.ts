import { change } from '../../report-page/sections/change.ts';
import { headline } from '../../report-page/sections/headline.ts';
import { notes } from '../../report-page/sections/notes.ts';
import { removals } from '../../report-page/sections/removals.ts';
import { markup, type Content } from '../../report-page/markup.ts';
import { sentenceOf } from '../../report-page/text.ts';
import { aRemovalOutcome } from '../support/builders.ts';
import { allRemoved, completeReport, largeOrganization } from '../support/summaries.ts';

const textOf = (content: Content) =>
  markup`${content}`.text
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');

it('says first how much was removed, and until when that can be undone', () => {
  const text = textOf(headline(allRemoved()));
  expect(text).toMatch(/A delete execution, finished 2026-11-21 .* Removed 20 of 20 planned/);
  expect(text).toContain('can be undone, the first ones until 2026-12-05 06:00 UTC');
  expect(text).toContain('Stale when looked at');
});

it('says once what a target is, and what is left out of the count', () => {
  const text = textOf(headline(completeReport()));
  expect(text).toContain('A report, which removes nothing, finished');
  expect(text).toContain(
    'A target is one Region of one account; 1 gap accepted by the input, 5 left out on purpose.',
  );
  expect(text.match(/seen completely/g)).toHaveLength(1);
});

it('tells a change that came before the removals from what they changed', () => {
  const text = textOf(change(allRemoved()));
  expect(text).toContain(
    'Compared when it was looked at, before this execution removed 20; what it removed is told under Removed.',
  );
  expect(text).toContain('Stale when looked at:');
  expect(text).toContain('removed by an earlier execution');
  expect(text).not.toMatch(/Stale now|removed by orgsweep/);
  expect(textOf(change(completeReport()))).not.toContain('Compared when');
});

it('counts costs as they are counted, and units without a price', () => {
  const text = textOf(notes(largeOrganization()));
  expect(text).toMatch(/on top: all together cost at most \$[\d,.]+ a month, if nothing were/);
  expect(text).toMatch(/Besides storage: fast restore on 64 resources, .* in 96 zones, up to/);
  expect(text).not.toContain('upper bounds');
});

it('lists removals by accounts with names, without columns that say nothing', () => {
  const summary = allRemoved();
  const of = { accountId: '111122223333', resourceId: 'snap-1' };
  const text = markup`${removals(summary, [aRemovalOutcome(of)])}`.text;
  const [, table = ''] = text.split('one by one');
  expect(textOf(markup`${text}`)).toContain('shop-prod');
  expect(table).toContain('>Size<');
  for (const silent of ['Outcome', 'Why', 'Restorable until'])
    expect(table).not.toContain(`>${silent}<`);
});

it('ends no line within a Region, an id or a date', () => {
  expect(
    sentenceOf('Look at <snap-0123456789abcdef0> in 111122223333 us-west-2, 2026-12-09.').text,
  ).toBe(
    '<bdi>Look at &lt;<span class="unbroken">snap-0123456789abcdef0</span>&gt; in <span class="unbroken">111122223333</span> <span class="unbroken">us-west-2</span>, <span class="unbroken">2026-12-09</span>.</bdi>',
  );
});
