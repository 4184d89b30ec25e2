import type { Summary } from '../../../core/summary/summary.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import { funnel } from '../../../report/page/funnel/funnel.ts';
import { accountsSection } from '../../../report/sections/ranking-section.ts';
import { worthInHead } from '../../../report/sections/worth-in-head.ts';
import { renderTable } from '../../../report/terminal/terminal-table.ts';
import { anOutcome, KIND, someCounts } from '../../support/summaries/builders.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';
import { planOfTwoKinds, VOLUMES } from '../../support/summaries/two-kinds.ts';

const AMIS = 'ami';
const FREED = { 'ebs-snapshot': { resources: 3, monthlyCostUsdUpTo: 30, unpriced: 0 } };
const TOLD = 'This includes 3 snapshots (up to $30 a month), deleted only after what uses them.';
const inOneLine = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** What is unused of each kind. */
function summaryOf(unused: Readonly<Record<string, number>>): Summary {
  const usd: Readonly<Record<string, number>> = { [KIND]: 150, [VOLUMES]: 1420.5, [AMIS]: 30 };
  const countsOf = (kind: string, count: number) =>
    someCounts({
      ...{ resources: 10, verdicts: { STALE: count, KEEP: 10 - count, UNKNOWN: 0 } },
      ...{ staleGiB: kind === AMIS ? 0 : 100, staleMonthlyCostUsdUpTo: count && (usd[kind] ?? 0) },
      ...{ unpricedGiB: 0, unpricedUnsized: 0 },
      ...(kind === AMIS && count > 0 && { frees: FREED }),
    });
  const kinds = Object.fromEntries(
    Object.entries(unused).map(([kind, count]) => [kind, countsOf(kind, count)]),
  );
  const { removals, held, ...plan } = planOfTwoKinds({ status: 'PREVIEW' });
  const isThere = ({ kind }: { kind: string }) => (unused[kind] ?? 0) > 0;
  const ended = anEndedExecution({
    outcomes: [anOutcome({ kinds })],
    plan: { ...plan, removals: removals.filter(isThere), held: held.filter(isThere) },
    words: wordsOf(KINDS),
  });
  const input = { ...ended.input, mode: 'report' as const, kinds: Object.keys(unused) };
  return makeSummary({ ...ended, input });
}

describe('what is unused, over three kinds of which one is only reported', () => {
  const summary = summaryOf({ [KIND]: 2, [VOLUMES]: 4, [AMIS]: 5 });
  const texts = [
    renderText(summary).body,
    renderTable(summary, 100).join('\n'),
    String(
      (JSON.parse(renderChat(summary)) as { content: { description: string } }).content.description,
    ),
  ].map(inOneLine);

  it('is one total in the head, the funnel, the accounts, the trend and the file', () => {
    expect(worthInHead(summary)[0]).toContain('(2 of 11 unused resources)');
    expect(renderText(summary).subject).toContain('(2 of 11 unused resources)');
    for (const text of texts)
      expect(text).toMatch(/Unused: 11 of 30 resources, \\?\$1,601 a month/);
    expect(inOneLine(funnel(summary).text)).toMatch(/Unused, all kinds 11 \$1,601 /);
    expect(accountsSection(summary).lines[0]?.text).toMatch(/\$1,601, 11 resources$/);
    const point = summary.trend.at(-1);
    expect([point?.stale, point?.staleMonthlyCostUsdUpTo]).toEqual([11, 1600.5]);
    expect(summary.counts.verdicts.STALE).toBe(11);
    expect(summary.funnel?.stale).toMatchObject({ resources: 11, monthlyCostUsdUpTo: 1600.5 });
    expect(summary.funnel?.onlyReported).toMatchObject({ resources: 5, monthlyCostUsdUpTo: 30 });
  });

  it('each kind stands by itself, with what is only reported in its own line', () => {
    for (const text of texts) {
      expect(text).toMatch(/- AMIs: 5 of 10 unused, \\?\$30 a month, only reported/);
      expect(text).toContain('- Snapshots: 2 of 10 unused, 100 GiB');
    }
    expect(inOneLine(funnel(summary).text)).toContain(`AMIs 5 $30 Only reported ${TOLD} 5 $30`);
  });

  it('what is freed is told once, with the amount that contains it', () => {
    for (const [i, text] of texts.slice(0, 2).entries()) {
      expect([i, text]).toEqual([i, expect.stringContaining(`only reported ${TOLD}`)]);
      expect(text.split('This includes')).toHaveLength(2);
    }
    expect(inOneLine(funnel(summary).text).split('This includes')).toHaveLength(2);
  });

  it('a file that tells no stage for it is read as before', () => {
    const { funnel: all, funnelByKind, ...older } = summary;
    const { onlyReported: _none, ...stages } = all!;
    const { ami: _ami, ...others } = funnelByKind!;
    const text = inOneLine(renderText({ ...older, funnel: stages, funnelByKind: others }).body);
    expect(text).toContain('Unused: 11 of 30 resources');
  });
});

it('where it alone is unused, nothing else is promised', () => {
  const summary = summaryOf({ [KIND]: 0, [AMIS]: 5 });
  expect(worthInHead(summary)).toEqual([
    'None of 10 snapshots is unused.',
    'Only reported: 5 unused AMIs, $30 a month.',
  ]);
  expect(renderText(summary).subject).toContain('5 unused AMIs, $30 a month');
  expect(inOneLine(funnel(summary).text)).toMatch(/AMIs 5 .*Snapshots 0 /);
});

it('a run over that kind alone tells what is freed beside its one amount', () => {
  const summary = summaryOf({ [AMIS]: 5 });
  expect(worthInHead(summary)).toEqual(['Only reported: 5 unused AMIs, $30 a month.']);
  const text = inOneLine(renderText(summary).body);
  expect(text).toContain(`- Unused: 5 of 10 AMIs, $30 a month, only reported ${TOLD}`);
  expect(text).not.toContain('Deletable now');
  const page = inOneLine(funnel(summary).text);
  expect(page).toContain(`Only reported ${TOLD}`);
  expect(page).not.toContain('Deletable now');
});

it('what needs a decision is not all of it then', () => {
  const summary = summaryOf({ [KIND]: 2, [AMIS]: 5 });
  const { funnel: of } = summary;
  const needsDecision = { ...of!.needsDecision, resources: 2, monthlyCostUsdUpTo: 150 };
  const none = { ...of!.obtainable, resources: 0, monthlyCostUsdUpTo: 0 };
  const decided = { ...of!, needsDecision, obtainable: none };
  expect(worthInHead({ ...summary, funnel: decided })).toEqual([
    'A person must decide on up to $150 a month (2 of 7 unused resources).',
  ]);
});
