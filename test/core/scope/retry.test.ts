import { Scope } from '../../../core/input/input.ts';
import { scopeIn, scopeOfRetry, toRetried } from '../../../core/scope/retry.ts';
import { outcomesWithoutTarget, selectAccounts } from '../../../core/scope/scope.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import {
  ACCOUNT,
  anAccount,
  anOutcome,
  aScope,
  NOW,
  OTHER_ACCOUNT,
  OTHER_REGION,
  REGION,
} from '../../support/summaries/builders.ts';

const failed = (given: Partial<TargetOutcome>) =>
  anOutcome({ status: 'ACCESS_DENIED', kinds: {}, ...given });

describe('what is tried again', () => {
  it('is every target that was not complete, and no other', () => {
    const outcomes = [
      anOutcome({ region: REGION }),
      failed({ region: OTHER_REGION }),
      failed({ accountId: OTHER_ACCOUNT, region: REGION, status: 'THROTTLED' }),
      failed({ accountId: OTHER_ACCOUNT, region: OTHER_REGION, accepted: 'denied by SCP' }),
      failed({ accountId: '333344445555', region: null, status: 'EXCLUDED' }),
    ];
    expect(toRetried(outcomes, { scope: aScope() }).retried).toEqual({
      [ACCOUNT]: [OTHER_REGION],
      [OTHER_ACCOUNT]: [REGION],
    });
  });

  it('is, of an account that has no target, every Region that it was to look at', () => {
    const outcomes = [failed({ region: null }), failed({ region: REGION })];
    const earlier = { scope: aScope() };
    expect(toRetried(outcomes, earlier).retried).toEqual({ [ACCOUNT]: [] });
    const inOne = { scope: aScope({ regions: [OTHER_REGION] }) };
    expect(toRetried(outcomes, inOne).retried).toEqual({ [ACCOUNT]: [OTHER_REGION] });
    // Of a retry that is tried again itself.
    const retry = { scope: aScope({ retryOf: 'first' }), retried: { [ACCOUNT]: [REGION] } };
    expect(toRetried([failed({ region: null })], retry).retried).toEqual({ [ACCOUNT]: [REGION] });
  });

  it('is nothing that was seen all the same in an account that did not tell its Regions', () => {
    const first = toRetried([failed({ region: null }), anOutcome({ region: REGION })], {
      scope: aScope(),
    });
    expect(first).toEqual({ retried: { [ACCOUNT]: [] }, seenBefore: { [ACCOUNT]: [REGION] } });
    const again = { scope: aScope({ retryOf: 'first' }), ...first };
    expect(
      toRetried([failed({ region: null }), anOutcome({ region: OTHER_REGION })], again),
    ).toEqual({
      retried: { [ACCOUNT]: [] },
      seenBefore: { [ACCOUNT]: [REGION, OTHER_REGION] },
    });
    expect(toRetried([anOutcome({ region: OTHER_REGION })], again).seenBefore).toEqual({});
  });
});

describe('the scope of a retry', () => {
  const scope = aScope({ retryOf: 'first' });

  it('leaves out and accepts what the first execution did', () => {
    const accepted = [{ accounts: [ACCOUNT], reason: 'known' }];
    const earlier = { scope: aScope({ excludeRegions: [REGION], accepted, accounts: [ACCOUNT] }) };
    const own = { ...scope, excludeRegions: [OTHER_REGION, REGION] };
    expect(scopeOfRetry(own, earlier)).toEqual({ ...own, accepted });
  });

  it('has in each account just the Regions to try again', () => {
    const retry = { scope, retried: { [ACCOUNT]: [REGION], [OTHER_ACCOUNT]: [] } };
    expect(scopeIn(retry, ACCOUNT).regions).toEqual([REGION]);
    expect(scopeIn(retry, OTHER_ACCOUNT).regions).toEqual([]);
    expect(scopeIn({ scope: aScope({ regions: [REGION] }) }, ACCOUNT).regions).toEqual([REGION]);
  });

  it('excludes every other account, and misses one that the organization lost', () => {
    const accounts = [anAccount(), anAccount({ id: OTHER_ACCOUNT })];
    const gone = '333344445555';
    const selection = selectAccounts(accounts, scope, { [ACCOUNT]: [], [gone]: [REGION] });
    expect(selection.inScope.map(({ id }) => id)).toEqual([ACCOUNT]);
    expect(outcomesWithoutTarget(selection, aScope(), NOW)).toMatchObject([
      { accountId: OTHER_ACCOUNT, status: 'EXCLUDED', excluded: 'ACCOUNT_NOT_IN_SCOPE' },
      {
        accountId: gone,
        region: null,
        status: 'FAILED',
        failure: { code: 'AccountNotInOrganization' },
      },
    ]);
  });

  it.each(['accounts', 'regions', 'organizationalUnits'])('names no %s beside', (list) => {
    const value = { accounts: ACCOUNT, regions: REGION, organizationalUnits: 'ou-ab12-cdef3456' };
    const given = { retryOf: 'first', [list]: [value[list as keyof typeof value]] };
    expect(Scope.safeParse(given).error?.issues).toMatchObject([
      { path: ['retryOf'], message: expect.stringContaining('only without accounts') },
    ]);
  });
});
