import { daysByKind } from '../../../report/sections/kind-days.ts';
import { runSection } from '../../../report/sections/run-section.ts';
import { settings } from '../../../report/page/sections/settings.ts';
import { completeReport } from '../../support/summaries/summaries.ts';
import { wordsOf } from '../../../kinds/in-words.ts';
import { KINDS } from '../../../kinds/registry.ts';

const report = { ...completeReport(), words: wordsOf(KINDS) };
const of = (
  kinds: string[],
  own: Record<string, { minAgeDays?: number; graceDays?: number }> = { ami: { minAgeDays: 90 } },
) => ({
  ...report,
  input: { ...report.input, kinds, policy: { ...report.input.policy, kinds: own } },
});

const BOTH = 'unused from 30 days of age, deletable after 14 days of grace';
const AMIS = 'unused from 90 days of age, only reported';

describe('when something is unused and may go', () => {
  it('is told once where it is the same for all kinds', () =>
    expect(daysByKind(of(['ebs-snapshot', 'ebs-volume']))).toEqual([BOTH]));

  it('is told by kind where it differs, and of no deletion where nothing is deleted', () => {
    const kinds = ['ebs-snapshot', 'ebs-volume', 'ami'];
    expect(daysByKind(of(kinds))).toEqual([`Snapshots and volumes: ${BOTH}`, `AMIs: ${AMIS}`]);
    expect(daysByKind(of(['ami']))).toEqual([AMIS]);
    const own = { 'ebs-volume': { graceDays: 30 } };
    expect(daysByKind(of(['ebs-snapshot', 'ebs-volume'], own))).toEqual([
      `Snapshots: ${BOTH}`,
      `Volumes: ${BOTH.replace('14', '30')}`,
    ]);
  });

  it('is told so in the message and on the page', () => {
    const amis = of(['ami']);
    expect(JSON.stringify(runSection(amis))).toContain(`. U${AMIS.slice(1)}.`);
    expect(settings(amis).text).toContain(`U${AMIS.slice(1)}`);
  });
});
