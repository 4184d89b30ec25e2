import type { Funnel } from '../../../core/summary/funnel/funnel.ts';
import { EMPTY_STAGE } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { renderText } from '../../../report/message/text.ts';
import { worthInHead } from '../../../report/sections/worth-in-head.ts';
import { allRemoved, completeReport } from '../../support/summaries/summaries.ts';

const of = (resources: number, monthlyCostUsdUpTo: number) => ({
  ...{ ...EMPTY_STAGE, resources, sizeGiB: 100, monthlyCostUsdUpTo },
});
const UNTIL = '2026-12-27T06:00:00.000Z';

function withFunnel(summary: Summary, given: Partial<Funnel>): Summary {
  const inGrace = { ...of(17, 765), firstUntil: UNTIL, lastUntil: UNTIL };
  const waiting = { ...of(0, 0), byReason: {} };
  const needsDecision = { ...of(0, 0), byReason: {} };
  const stages = { inGrace, waiting, needsDecision, obtainable: { ...of(17, 765), from: UNTIL } };
  return { ...summary, funnel: { ...summary.funnel!, ...stages, ...given } };
}

const moreOf = (given: Partial<Funnel>) => worthInHead(withFunnel(allRemoved(), given)).at(-1);

describe('what more can be had after a deletion', () => {
  const { finishedAt } = allRemoved();

  it('is told with the day from which a run can delete it', () => {
    expect(moreOf({})).toBe('Later runs can save up to $765 a month more, from 27 December.');
  });

  it('is never all told as of now where some is in grace', () => {
    expect(moreOf({ obtainable: { ...of(18, 843), from: finishedAt } })).toBe(
      'Later runs can save up to $843 a month more, up to $765 of it from 27 December.',
    );
  });

  it('has no day where nobody knows one', () => {
    expect(moreOf({ obtainable: { ...of(18, 843), from: null } })).toBe(
      'Later runs can save up to $843 a month more.',
    );
  });

  it('is nothing where all that is left waits for something else to be gone', () => {
    const inGrace = { ...EMPTY_STAGE, firstUntil: null, lastUntil: null };
    const held = { LAST_COPY_OF_REMOVED_VOLUME: of(18, 78) };
    const none = { inGrace, obtainable: { ...EMPTY_STAGE, from: null } };
    const waits = { ...none, waiting: { ...of(18, 78), byReason: held } };
    expect(moreOf(waits)).toMatch(/^Nothing more can be deleted before something else is gone: up/);
    const report = withFunnel(completeReport(), { ...waits, removable: EMPTY_STAGE });
    expect(renderText(report).subject).toContain('up to $78/month cannot be saved yet');
  });

  it('is not promised for now in a subject, where some is in grace', () => {
    const obtainable = { ...of(18, 843), from: completeReport().finishedAt };
    const report = withFunnel(completeReport(), { removable: EMPTY_STAGE, obtainable });
    expect(renderText(report).subject).toContain('up to $843/month can be saved (');
    expect(worthInHead(report)[0]).toMatch(/be saved, up to \$765 of it from 27 Dec/);
  });
});
