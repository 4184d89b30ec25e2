import { wordsIn } from '../../../core/words/words-in.ts';
import { planBrief } from '../../../report/approval/plan-brief.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { Question } from '../../../core/plan/question.ts';
import { aPolicy, aRemoval, KIND, NOW, someLimits } from '../../support/summaries/builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const removal = aRemoval({ sizeGiB: 12_345, monthlyCostUsdUpTo: 12_345 });
const unpriced = aRemoval({ resourceId: 'snap-2', sizeGiB: 12_345, monthlyCostUsdUpTo: null });
const plan = {
  ...makePlan({
    ...{ executionId: 'weekly-1', mode: 'delete', approval: 'required', now: NOW, namedPlan: null },
    ...{ policy: aPolicy(), policies: {}, limits: someLimits(), kinds: [KIND] },
    ...{ outcomes: [], targets: [{ removals: [removal, unpriced], held: [] }] },
  }),
};
const question = (name: string, owner: { tag: string; value: string } | null = null) => ({
  ...{ schemaVersion: 1, executionId: 'weekly-1', planDigest: plan.digest },
  ...{ askedAt: NOW.toISOString(), expiresAt: NOW.toISOString(), notShown: null },
  shown: {
    ...{ pageFailure: null, csvFailure: null, accounts: [{ id: removal.accountId, name }] },
    resources: [{ key: resourceKey(removal), name: null, owner }],
  },
});

describe('what somebody approves', () => {
  it.each(['名'.repeat(200), '🙂'.repeat(200), 'a'.repeat(200), '"; rm -rf / '.repeat(20)])(
    'keeps the money beside an account whose name is %s',
    (name) => {
      const lines = planBrief(
        { plan, question: Question.parse(question(name)), location: '/out', words: wordsIn({}) },
        NOW,
      );
      const account = lines[lines.indexOf('Accounts:') + 1];
      expect(account).toContain(`(${removal.accountId})`);
      expect(account).toMatch(/up to \$12,345 a month {2}12\.1 TiB unpriced$/);
    },
  );

  it('has no words of a forged question where the name of an owner tag belongs', () => {
    const forged = question('prod', { tag: 'approved by the CISO, owner', value: 'x' });
    expect(Question.safeParse(forged).success).toBe(false);
    expect(Question.safeParse(question('prod', { tag: 'owner', value: 'x' })).success).toBe(true);
  });
});
