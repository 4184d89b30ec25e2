import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  DescribeOrganizationalUnitCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListRootsCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { applyOrganizationAct } from '../../../simulation/organization-acts.ts';
import type { Credentials, Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import {
  HUB,
  MANAGEMENT,
  SPOKE,
  numbered,
  tinyAccount,
} from '../../support/organizations/tiny-organization.ts';

const CLOSED = '600000000001';
const UNIT = 'ou-ab12-workload1';
const accounts = [
  tinyAccount({ id: MANAGEMENT, management: true }),
  tinyAccount({ id: HUB }),
  tinyAccount({ id: SPOKE }),
  tinyAccount({ id: CLOSED, state: 'CLOSED' }),
  ...numbered(21, (number) => tinyAccount({ id: String(700_000_000_000 + number) })),
];

let served: Served;
beforeEach(async () => {
  served = await serve({ accounts, organizationalUnits: { [UNIT]: 'Workloads' } });
});
afterEach(async () => served.close());

test('the paginator gets every account once, over an empty page in the middle', async () => {
  const sizes: number[] = [];
  const ids: (string | undefined)[] = [];
  for await (const page of paginateListAccounts({ client: served.organizations() }, {})) {
    sizes.push(page.Accounts?.length ?? -1);
    ids.push(...(page.Accounts ?? []).map(({ Id }) => Id));
  }
  expect(sizes).toEqual([20, 0, 5]);
  expect(ids).toEqual(accounts.map(({ id }) => id));
});

test('pages are as small as MaxResults says', async () => {
  const paginator = paginateListAccounts({ client: served.organizations(), pageSize: 7 }, {});
  const sizes: number[] = [];
  for await (const page of paginator) sizes.push(page.Accounts?.length ?? -1);
  expect(sizes).toEqual([7, 0, 7, 7, 4]);
});

test('an account has its State, the Status of old, and its path', async () => {
  const { Accounts } = await served.organizations().send(new ListAccountsCommand({}));
  expect(Accounts?.find(({ Id }) => Id === CLOSED)).toMatchObject({
    State: 'CLOSED',
    Status: 'SUSPENDED',
    Paths: [`o-tinyexample/r-root/ou-root-tiny/${CLOSED}/`],
    Arn: `arn:aws:organizations::${MANAGEMENT}:account/o-tinyexample/${CLOSED}`,
    JoinedTimestamp: expect.any(Date),
  });
});

test.each([[{ NextToken: 'made-up' }], [{ MaxResults: 21 }], [{ MaxResults: 0 }]])(
  'ListAccounts with %j is InvalidInputException',
  async (input) => {
    const refusal = await refusalOf(served.organizations().send(new ListAccountsCommand(input)));
    expect(refusal).toMatchObject({ code: 'InvalidInputException', status: 400 });
  },
);

test('the hub and the management account may list, another member account may not', async () => {
  const management = await served.assume('orgsweep-discovery', { accountId: MANAGEMENT });
  await expect(
    served.organizations(management).send(new ListAccountsCommand({})),
  ).resolves.toBeDefined();
  const spoke = await served.assume('orgsweep-discovery');
  const refusal = await refusalOf(served.organizations(spoke).send(new ListAccountsCommand({})));
  expect(refusal).toMatchObject({ code: 'AccessDeniedException' });
});

test('DescribeOrganization names the organization and its management account', async () => {
  const { Organization } = await served.organizations().send(new DescribeOrganizationCommand({}));
  expect(Organization).toMatchObject({ Id: 'o-tinyexample', MasterAccountId: MANAGEMENT });
});

describe('DescribeAccount and ListParents', () => {
  const describe = async (AccountId: string, by?: Credentials) =>
    served.organizations(by).send(new DescribeAccountCommand({ AccountId }));
  const parentOf = async (ChildId: string) => {
    const { Parents } = await served.organizations().send(new ListParentsCommand({ ChildId }));
    return Parents;
  };

  it('tell the same as ListAccounts, and follow an account that is moved or leaves', async () => {
    const { Accounts = [] } = await served.organizations().send(new ListAccountsCommand({}));
    const listed = Accounts.find(({ Id }) => Id === SPOKE);
    const id = SPOKE;
    expect((await describe(id)).Account).toEqual(listed);
    const parents = ['r-root', 'ou-root-elsewhere'];
    const { organization } = served;
    expect(
      applyOrganizationAct(organization, { kind: 'move-account', accountId: id, parents }),
    ).toBe(true);
    expect((await describe(id)).Account?.Paths).toEqual([
      `o-tinyexample/r-root/ou-root-elsewhere/${id}/`,
    ]);
    expect(await parentOf(id)).toEqual([{ Id: 'ou-root-elsewhere', Type: 'ORGANIZATIONAL_UNIT' }]);
    expect(await parentOf('ou-root-elsewhere')).toEqual([{ Id: 'r-root', Type: 'ROOT' }]);
    expect(applyOrganizationAct(organization, { kind: 'remove-account', accountId: id })).toBe(
      true,
    );
    expect(await refusalOf(describe(id))).toMatchObject({
      ...{ code: 'AccountNotFoundException', status: 400 },
    });
    expect(await refusalOf(parentOf(id))).toMatchObject({ code: 'ChildNotFoundException' });
  });

  it('refuse what is no account id, and other member accounts', async () => {
    expect(await refusalOf(describe('1'))).toMatchObject({ code: 'InvalidInputException' });
    const spoke = await served.assume('orgsweep-discovery');
    expect(await refusalOf(describe(MANAGEMENT, spoke))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});

describe('DescribeOrganizationalUnit', () => {
  const describeUnit = async (OrganizationalUnitId: string, by?: Credentials) =>
    served.organizations(by).send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId }));

  it('names a unit', async () => {
    const { OrganizationalUnit } = await describeUnit(UNIT);
    expect(OrganizationalUnit).toEqual({
      Id: UNIT,
      Name: 'Workloads',
      Arn: `arn:aws:organizations::${MANAGEMENT}:ou/o-tinyexample/${UNIT}`,
    });
  });

  it.each([
    ['ou-ab12-elsewhere', 'OrganizationalUnitNotFoundException'],
    ['r-ab12', 'InvalidInputException'],
  ])('refuses %s', async (id, code) =>
    expect(await refusalOf(describeUnit(id))).toMatchObject({ code, status: 400 }),
  );

  it('answers no other member account', async () => {
    const spoke = await served.assume('orgsweep-discovery');
    const refusal = await refusalOf(describeUnit(UNIT, spoke));
    expect(refusal).toMatchObject({ code: 'AccessDeniedException' });
  });

  it('has a bucket of 8, filled at 5 a second', async () => {
    for (let call = 1; call <= 8; call++) await describeUnit(UNIT);
    expect(await refusalOf(describeUnit(UNIT))).toMatchObject({ code: 'TooManyRequestsException' });
    served.clock.advance(1000);
    for (let call = 1; call <= 5; call++) await describeUnit(UNIT);
    expect(await refusalOf(describeUnit(UNIT))).toMatchObject({ code: 'TooManyRequestsException' });
  });
});

test('ListAccounts has a bucket of 12, filled at 8 a second', async () => {
  const list = async () => served.organizations().send(new ListAccountsCommand({ MaxResults: 1 }));
  for (let call = 1; call <= 12; call++) await list();
  expect(await refusalOf(list())).toMatchObject({ code: 'TooManyRequestsException' });
  served.clock.advance(1000);
  for (let call = 1; call <= 8; call++) await list();
  expect(await refusalOf(list())).toMatchObject({ code: 'TooManyRequestsException' });
  expect(served.simulation.calls.total['organizations:ListAccounts']).toBe(22);
  expect(served.simulation.calls.throttled['organizations:ListAccounts']).toBe(2);
});

test('an operation that the simulation lacks is refused by name', async () => {
  const refusal = await refusalOf(served.organizations().send(new ListRootsCommand({})));
  expect(refusal.code).toBe('UnknownOperationException');
  expect(refusal.message).toContain('ListRoots');
});
