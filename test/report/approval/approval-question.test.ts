import { allAsked, amountAsked } from '../../../report/approval/approval-question.ts';
import { aRemoval } from '../../support/summaries/builders.ts';

const holders = ['ami-0', 'ami-1'];
const image = (resourceId: string) => ({
  ...aRemoval({ resourceId, kind: 'ami', sizeGiB: null, monthlyCostUsdUpTo: 0 }),
  frees: [{ kind: 'ebs-snapshot', resourceId: 'snap-0', monthlyCostUsdUpTo: 12, holders }],
});

describe('what somebody is asked', () => {
  it('has what may be deleted after it, which it does not save itself', () =>
    expect(allAsked([image('ami-0'), image('ami-1')], {})).toBe(
      'nothing by itself; 1 snapshot (up to $12 a month) may be deleted after it',
    ));

  it('has nothing of what something else holds', () => {
    const removals = [image('ami-0')];
    expect(allAsked(removals, {})).toBe(amountAsked(removals));
  });
});
