import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import { countPlan } from '../../../core/summary/plan-counts.ts';
import type { HeldRemoval } from '../../../core/plan/plan.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { aRemoval } from '../../support/summaries/builders.ts';
import { planOfTwoKinds, twoKinds } from '../../support/summaries/two-kinds.ts';

const { accountId, region, kind } = aRemoval();
const holding = (id: string, held: HeldRemoval['held']): HeldRemoval => ({
  ...{ accountId, region, kind, resourceId: `snap-${id}`, held, staleSince: null },
  ...{ sizeGiB: 1, monthlyCostUsdUpTo: 1 },
});
const HELD = [
  holding('1', ['NOT_STALE_NOW']),
  holding('2', ['NOT_STALE_NOW']),
  holding('3', ['LAST_COPY']),
  holding('4', ['TAG_LIMIT_REACHED']),
  holding('5', ['IN_GRACE', 'NOT_IN_NAMED_PLAN']),
];

/** One that applied a plan of which nothing goes. */
function applied(held: readonly HeldRemoval[] = HELD): Summary {
  const summary = twoKinds('delete');
  const plan = planOfTwoKinds({ basedOn: 'weekly-0', removals: [], held: [...held] });
  const inBrief = countPlan(plan).held.total([], plan.basedOn);
  return {
    ...summary,
    status: 'COMPLETE',
    plan: { ...summary.plan!, ...inBrief, basedOn: plan.basedOn, removals: 0 },
  };
}

const TOLD =
  'Nothing of the plan of weekly-0 was deleted: 2 no longer unused, 1 last snapshot, 1 other reason.';

it('a named plan of which nothing goes says why at once, of what is in it alone', () => {
  const { body } = renderText(applied());
  expect(body.replace(/\s+/g, ' ')).toContain(`scanned. ${TOLD}`);
  expect(renderChat(applied())).toContain(TOLD);
});

it('one that had nothing says so, and a plan of its own says nothing of the kind', () => {
  expect(renderText(applied([])).body).toContain('Nothing of the plan of weekly-0 was deleted.');
  const summary = applied();
  const own = { ...summary, plan: { ...summary.plan!, basedOn: null } };
  expect(renderText(own).body).not.toContain('Nothing of the plan');
});
