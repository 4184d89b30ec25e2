import { InvalidInput } from '../../../core/model/errors.ts';
import {
  acceptedReason,
  expandTargets,
  outcomesWithoutTarget,
  selectAccounts,
  selectRegions,
} from '../../../core/scope/scope.ts';
import { refuseUnknownRegions } from '../../../core/scope/unknown-in-scope.ts';
import {
  ACCOUNT,
  anAccount,
  aScope,
  NOW,
  OTHER_ACCOUNT,
  SANDBOX_OU,
  WORKLOADS_OU,
} from '../../support/summaries/builders.ts';

const workload = anAccount();
const sandbox = anAccount({
  id: OTHER_ACCOUNT,
  path: `o-abcdefghij/r-ab12/${WORKLOADS_OU}/${SANDBOX_OU}/${OTHER_ACCOUNT}/`,
});
const outside = anAccount({ id: '333344445555', path: 'o-abcdefghij/r-ab12/333344445555/' });
const all = [workload, sandbox, outside];
const named = ({ id, name, path }: typeof workload) => ({ accountId: id, name, path });

const idsInScope = (given: Parameters<typeof aScope>[0]) =>
  selectAccounts(all, aScope(given)).inScope.map(({ id }) => id);

describe('the accounts in scope', () => {
  it('are all accounts when none are asked for', () => {
    expect(idsInScope({})).toEqual(all.map(({ id }) => id));
  });

  it('are those in an OU, or in an OU below it', () => {
    expect(idsInScope({ organizationalUnits: [WORKLOADS_OU] })).toEqual([workload.id, sandbox.id]);
    expect(idsInScope({ organizationalUnits: [SANDBOX_OU] })).toEqual([sandbox.id]);
  });

  it('are the union of accounts and OUs, minus exclusions', () => {
    const given = { accounts: [outside.id], organizationalUnits: [WORKLOADS_OU] };
    expect(idsInScope({ ...given, excludeAccounts: [sandbox.id] })).toEqual([
      workload.id,
      outside.id,
    ]);
  });

  it('leaves every other account in view, with its reason', () => {
    const { excluded } = selectAccounts(
      all,
      aScope({ accounts: [workload.id, sandbox.id], excludeAccounts: [sandbox.id] }),
    );
    expect(excluded).toEqual([
      { ...named(sandbox), excluded: 'ACCOUNT_EXCLUDED' },
      { ...named(outside), excluded: 'ACCOUNT_NOT_IN_SCOPE' },
    ]);
  });

  it.each([
    ['ACTIVE', undefined],
    ['PENDING_CLOSURE', undefined],
    ['SUSPENDED', 'ACCOUNT_SUSPENDED'],
    ['CLOSED', 'ACCOUNT_CLOSED'],
    ['PENDING_ACTIVATION', 'ACCOUNT_PENDING_ACTIVATION'],
  ])('includes a %s account only if it can be used', (state, reason) => {
    const { inScope, excluded } = selectAccounts([anAccount({ state })], aScope());
    expect(inScope).toHaveLength(reason === undefined ? 1 : 0);
    expect(excluded[0]?.excluded).toBe(reason);
  });

  it('neither looks at nor forgets an account in a state it does not know: it is a gap', () => {
    const selection = selectAccounts([anAccount({ state: 'FROZEN' })], aScope());
    expect(selection).toMatchObject({ inScope: [], excluded: [] });
    expect(outcomesWithoutTarget(selection, aScope(), NOW)).toMatchObject([
      {
        accountId: ACCOUNT,
        region: null,
        status: 'FAILED',
        failure: { code: 'AccountStateUnknown', message: expect.stringContaining('"FROZEN"') },
      },
    ]);
  });

  it('gives an excluded account an outcome of its own', () => {
    const selection = selectAccounts([anAccount({ state: 'SUSPENDED' })], aScope());
    expect(outcomesWithoutTarget(selection, aScope(), NOW)).toEqual([
      {
        accountId: ACCOUNT,
        accountName: workload.name,
        region: null,
        status: 'EXCLUDED',
        excluded: 'ACCOUNT_SUSPENDED',
        kinds: {},
        at: NOW.toISOString(),
      },
    ]);
  });

  it('says of an excluded account, by its OU too, that nothing there refers to others, if so asked', () => {
    const selection = selectAccounts([{ ...sandbox, state: 'SUSPENDED' }, outside], aScope());
    const says = (mayRefer: boolean | undefined) => {
      const accepted = [{ organizationalUnits: [SANDBOX_OU], reason: 'closed', mayRefer }];
      return outcomesWithoutTarget(selection, { accepted }, NOW).map((one) => one.mayRefer);
    };
    expect([says(false), says(true), says(undefined)]).toEqual([[false], [undefined], [undefined]]);
  });
});

describe('a scope that names what the organization has not', () => {
  const refusal = (given: Parameters<typeof aScope>[0], accounts = all) =>
    expect(() => selectAccounts(accounts, aScope(given)));
  const unknown = '999999999999';

  it.each([
    [{ accounts: [ACCOUNT, unknown] }, 'input.scope.accounts[1]'],
    [{ excludeAccounts: [unknown] }, 'input.scope.excludeAccounts[0]'],
    [{ accepted: [{ accounts: [unknown], reason: 'x' }] }, 'input.scope.accepted[0].accounts[0]'],
  ])('is refused: %j', (given, path) => {
    refusal(given).toThrow(
      new InvalidInput(`${path}: "999999999999" – accepted: an account of this organization`),
    );
  });

  it('is refused for an OU, with the OUs there are', () => {
    const message = `"ou-ab12-nosuch01" – accepted: an OU with accounts in it: ${SANDBOX_OU}, ${WORKLOADS_OU}`;
    refusal({ organizationalUnits: ['ou-ab12-nosuch01'] }).toThrow(
      `input.scope.organizationalUnits[0]: ${message}`,
    );
    refusal({ accepted: [{ organizationalUnits: ['ou-ab12-nosuch01'], reason: 'x' }] }).toThrow(
      `input.scope.accepted[0].organizationalUnits[0]: ${message}`,
    );
  });

  it('is refused for any OU where the OU paths are not known', () => {
    refusal({ organizationalUnits: [WORKLOADS_OU] }, [anAccount({ path: null })]).toThrow(
      /^input\.scope\.organizationalUnits\[0\]: "ou-ab12-workload" – accepted: accounts only/,
    );
  });

  it('is refused for a Region AWS does not list', () => {
    const known = ['us-east-1', 'eu-west-1'];
    for (const given of [
      { regions: ['eu-west-9'] },
      { excludeRegions: ['eu-west-9'] },
      { accepted: [{ regions: ['eu-west-9'], reason: 'x' }] },
    ])
      expect(() => refuseUnknownRegions(aScope(given), known)).toThrow(
        /regions\[0\]: "eu-west-9" – accepted: eu-west-1, us-east-1$/i,
      );
    expect(() => refuseUnknownRegions(aScope({ regions: known }), known)).not.toThrow();
  });
});

describe('the Regions of an account', () => {
  const regions = [
    { name: 'ap-east-1', enabled: false },
    { name: 'eu-west-1', enabled: true },
    { name: 'us-east-1', enabled: true },
  ];

  it('are the enabled ones; the others stay in view', () => {
    expect(selectRegions(regions, aScope())).toEqual({
      targets: ['eu-west-1', 'us-east-1'],
      excluded: [{ region: 'ap-east-1', excluded: 'REGION_NOT_ENABLED' }],
    });
  });

  it('are those asked for, minus exclusions', () => {
    const scope = aScope({ regions: ['eu-west-1', 'us-east-1'], excludeRegions: ['us-east-1'] });
    expect(selectRegions(regions, scope)).toEqual({
      targets: ['eu-west-1'],
      excluded: [
        { region: 'ap-east-1', excluded: 'REGION_NOT_IN_SCOPE' },
        { region: 'us-east-1', excluded: 'REGION_EXCLUDED' },
      ],
    });
  });
});

describe('the targets of an account', () => {
  const regional = { kind: 'ebs-snapshot', reach: 'regional' as const };
  const global = { kind: 'distribution', reach: 'global' as const };
  const kindsByRegion = (regions: string[], kinds: (typeof regional | typeof global)[]) =>
    expandTargets(ACCOUNT, regions, kinds, 'us-east-1').map((of) => [of.region, of.kinds]);

  it('are one a Region, with all regional kinds', () => {
    expect(kindsByRegion(['us-east-1', 'eu-west-1'], [regional])).toEqual([
      ['eu-west-1', ['ebs-snapshot']],
      ['us-east-1', ['ebs-snapshot']],
    ]);
  });

  it('look for global kinds once, in the global Region', () => {
    expect(kindsByRegion(['us-east-1', 'eu-west-1'], [regional, global])).toEqual([
      ['eu-west-1', ['ebs-snapshot']],
      ['us-east-1', ['ebs-snapshot', 'distribution']],
    ]);
  });

  it('include the global Region for global kinds alone where it is not in scope', () => {
    expect(kindsByRegion(['eu-west-1'], [regional, global])).toEqual([
      ['eu-west-1', ['ebs-snapshot']],
      ['us-east-1', ['distribution']],
    ]);
    expect(kindsByRegion(['eu-west-1'], [global])).toEqual([['us-east-1', ['distribution']]]);
  });
});

describe('an accepted gap', () => {
  const reason = 'denied by SCP';
  const isAccepted = (gap: object, region: string | null, path = sandbox.path) =>
    acceptedReason(
      { accountId: sandbox.id, region },
      aScope({ accepted: [{ ...gap, reason }] }),
      path,
    );

  it('matches all of the lists it gives', () => {
    const gap = { organizationalUnits: [SANDBOX_OU], regions: ['ap-east-1'] };
    expect(isAccepted(gap, 'ap-east-1')).toBe(reason);
    expect(isAccepted(gap, 'eu-west-1')).toBeUndefined();
    expect(isAccepted(gap, 'ap-east-1', workload.path)).toBeUndefined();
    expect(
      isAccepted({ accounts: [ACCOUNT], regions: ['ap-east-1'] }, 'ap-east-1'),
    ).toBeUndefined();
  });

  it('covers a whole account only where it names no Region', () => {
    expect(isAccepted({ accounts: [sandbox.id] }, null)).toBe(reason);
    expect(isAccepted({ accounts: [sandbox.id], regions: ['ap-east-1'] }, null)).toBeUndefined();
  });
});
