import { sectionLines } from '../../../report/message/mail-lines.ts';
import { funnelSection } from '../../../report/sections/funnel-section.ts';
import { endsOfTwoKinds, planOfTwoKinds, twoKinds } from '../../support/summaries/two-kinds.ts';

describe('the stages of several kinds, in a mail with little room', () => {
  const ended = twoKinds('delete', endsOfTwoKinds());
  const section = funnelSection(ended);
  const whole = section.lines.length + 2;

  it('lose words, and no amount', () => {
    const lines = sectionLines(section, whole, 'on the page').join('\n');
    expect(lines).toContain('Copied first: 2 volumes, 500 GiB, $80 a month');
    expect(lines).not.toMatch(/: [^\n]*\.\.\.$/m);
  });

  it('lose the reasons in brackets first', () => {
    const snapshot = planOfTwoKinds().held[1]!;
    const bin = {
      ...ended.funnel!.saved,
      ...{ since: null, gone: ended.funnel!.removed },
      inRecycleBin: {
        ...{ resources: 408, sizeGiB: 152_064, monthlyCostUsdUpTo: 3661, unpricedGiB: 0 },
        ...{ unpricedUnsized: 0, lastUntil: '2026-12-27T00:00:00.000Z' },
      },
    };
    expect(snapshot.held).toEqual(['LAST_COPY']);
    const one = { ...ended, funnelByKind: {}, funnel: { ...ended.funnel!, saved: bin } };
    const lines = sectionLines(funnelSection(one), 40, 'on the page', 60).join('\n');
    expect(lines).toContain('In the Recycle Bin and billed');
    const tight = funnelSection(one);
    const room = tight.lines.length + 2;
    const short = sectionLines(tight, room, 'on the page', 72).join('\n');
    expect(short).toMatch(/In the bin until 27 December: 408 resources, 148\.5 TiB, \$3,661/);
    expect(short).toMatch(/A person must decide: 1 resource/);
  });
});
