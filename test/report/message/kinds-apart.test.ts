import { planBrief } from '../../../report/approval/plan-brief.ts';
import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import { funnel } from '../../../report/page/funnel/funnel.ts';
import { worthInHead } from '../../../report/sections/worth-in-head.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { rankPlan } from '../../../report/approval/named-in-plan.ts';
import { aRemoval, NOW } from '../../support/summaries/builders.ts';
import {
  aCopy,
  aVolume,
  endsOfTwoKinds,
  planOfTwoKinds,
  twoKinds,
  VOLUMES,
  WORDS,
} from '../../support/summaries/two-kinds.ts';

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');
const briefOf = (plan = planOfTwoKinds()) =>
  inOneLine(planBrief({ plan, question: null, location: 'x/', words: WORDS }, NOW).join('\n'));

describe('two kinds on their way out', () => {
  const report = twoKinds('report');
  const ended = twoKinds('delete', endsOfTwoKinds());

  it('have each their own stages in the mail and at a terminal, and one sum without a size', () => {
    const texts = [renderText(report).body, renderTable(report, 100).join('\n')];
    for (const text of texts.map(inOneLine)) {
      expect(text).toContain('- Unused: 6 of 20 resources, $1,571 a month -');
      expect(text).toContain('- Volumes: 4 of 10 unused, 1,004 GiB, $1,421 a month In grace until');
      expect(text).toContain('To copy first: 2 volumes, 500 GiB, $80 a month, saved once');
      expect(text).toContain('Deletable now: 1 volume, 4 GiB, $1,301 a month');
      expect(text).toContain('A person must decide (last snapshot of its volume): 1 snapshot');
      expect(text).toContain('Deletable now: 1 snapshot, 2 TiB, $100 a month');
    }
  });

  it('are told by kind in what to do, dearest first, and what is copied is no deletion', () => {
    expect(inOneLine(renderText(report).body)).toContain(
      '1. Read the report. Then delete exactly the 1 volume and 1 snapshot of its plan (up to $1,401 a month), and copy 2 volumes first, which a later run deletes.',
    );
  });

  it('promise money now only for what goes now, and once', () => {
    const { subject } = renderText(report);
    expect(subject).toContain('up to $1,401/month can be saved now (2 of 6 unused resources)');
  });

  it('say when each is saved, as each leaves the bin on a day of its own', () => {
    const told =
      'Deleted 1 volume and 1 snapshot: saves up to $1,301 a month from 28 November and up to $100 a month from 5 December';
    const text = inOneLine(renderTable(ended, 100).join('\n'));
    expect(text).toContain(told);
    expect(renderChat(ended)).toContain(`${told}, when they leave the Recycle Bin.`);
    // What explains a figure gives way to what was done besides.
    expect(inOneLine(renderText(ended).body)).toContain(`${told}. Copied 2 volumes. Step 1 of`);
    expect(text).toContain('Copied first: 2 volumes, 500 GiB, $80 a month');
    expect(text).not.toContain('not deleted');
    expect(renderText(ended).subject).not.toContain(' from ');
  });

  it('leave the Recycle Bin where a rule kept them, and no others', () => {
    const [, io2] = endsOfTwoKinds();
    const made = { ...io2, restorableUntil: null, undo: 'MADE' as const };
    const some = twoKinds('delete', [io2!, { ...made, resourceId: 'vol-2' }]);
    expect(worthInHead(some)[0]).toBe(
      'Deleted 2 volumes: saves up to $2,601 a month, for 1 of them from 28 November, when it leaves the Recycle Bin.',
    );
    expect(renderText(some).subject).not.toContain('from 28 Nov');
  });

  it('say how many were copied where not all were', () => {
    const [a, b, c] = endsOfTwoKinds();
    const text = inOneLine(renderText(twoKinds('delete', [a!, b!, c!])).body);
    expect(text).toContain('Copied first: 1 of 2 planned, saved once');
    expect(text).toContain('not done: 1 not attempted');
  });

  it('have each their own rows on the page, and their sum has no size', () => {
    const { text } = funnel(report);
    const rows = inOneLine(text.replace(/<[^>]*>/g, ' '));
    expect(rows).toMatch(/Unused, all kinds 6 \$1,571 /);
    expect(rows).toMatch(/Volumes 4 1,004 GiB \$1,421 /);
    expect(rows).toMatch(/To copy first saved once a later run has deleted them 2 500 GiB \$80 /);
  });

  it('are told by one funnel where a file has no other', () => {
    const { funnelByKind: _none, ...older } = report;
    expect(inOneLine(renderText(older).body)).toContain('Deletable now: 2 resources');
  });
});

describe('who approves what only copies', () => {
  it('is told how many are copied, and that nothing is saved before they are deleted', () => {
    const brief = briefOf();
    expect(brief).toContain('Delete 2 unused resources and copy 2 volumes first in 1 account?');
    expect(brief).toContain(
      '2 volumes are only copied by this plan, and not deleted. They save up to $80 a month only once a later run has deleted them.',
    );
    expect(brief).toContain('Unused 2 snapshots and 4 volumes up to $1,571 a month');
  });

  it('is told that nothing is deleted at all, where it is so', () => {
    const brief = briefOf(planOfTwoKinds({ removals: [aCopy('a')], held: [] }));
    expect(brief).toContain('Copy 1 volume first in 1 account? That is no deletion yet.');
    expect(brief).toContain('Undo: Nothing is deleted yet.');
    expect(brief).toContain('vol-a: only copied for now');
  });

  it('sees the volume that is dear for its IOPS before larger ones', () => {
    const large = aVolume('large', { sizeGiB: 16_000, monthlyCostUsdUpTo: 1280 });
    const { resources } = rankPlan([aRemoval(), large, aVolume('io2')]);
    expect(resources.map(({ resourceId }) => resourceId).slice(0, 2)).toEqual([
      'vol-io2',
      'vol-large',
    ]);
    expect(resources[0]?.kind).toBe(VOLUMES);
  });
});
