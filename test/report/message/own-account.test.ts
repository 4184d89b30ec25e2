import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import { notSeen } from '../../../report/page/sections/not-seen.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { completeReport } from '../../support/summaries/summaries.ts';

const program = 'orgsweep';
const local: Summary = { ...completeReport(), hubName: null, location: '/reports' };
const self = { ...local, startedBy: { program, options: ['--self', '--topic', 'x'] } };
const flat = (text: string) => text.replace(/\s+/g, ' ');

const held = (summary: Summary): Summary => ({
  ...{ ...summary, funnel: null },
  plan: { ...summary.plan!, heldByReason: { OTHERS_NOT_SEEN: 20 } },
});
const stepOf = (summary: Summary) =>
  nextSteps(held(summary)).find(({ what }) => what.includes('OTHERS_NOT_SEEN'));

describe('a run on its own account alone', () => {
  it('says in every text that no other was looked at, and what to run instead', () => {
    const told =
      /No other account was scanned \(--self\).* the management or delegated account, without --self\./;
    for (const text of [renderText(self).body, renderChat(self), notSeen(self).text])
      expect(flat(text)).toMatch(told);
    expect(renderText(self).body).toMatch(/^COMPLETE all 12 account-Regions of this account alone/);
    expect(renderText(local).body).not.toContain('--self');
  });

  it('has the command of a run that sees all, where something is held for what was not seen', () => {
    expect(stepOf(self)?.command).toEqual({
      lead: 'From the management or delegated account',
      command: 'orgsweep run --topic x',
    });
  });

  it('is no other than one of a few accounts, whose scope the command leaves out', () => {
    const scope = { ...local.input.scope, accounts: ['111122223333'] };
    const policy = { ...local.input.policy, graceDays: 20 };
    const few = { ...local, startedBy: { program, options: [] } };
    expect(stepOf(few)?.command).toBeUndefined();
    expect(stepOf({ ...few, input: { ...few.input, scope, policy } })?.command?.command).toBe(
      `orgsweep run --input '{"policy":{"graceDays":20}}'`,
    );
  });
});
