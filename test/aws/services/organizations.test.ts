import { makeHubClients } from '../../../aws/sessions/hub-clients.ts';
import {
  findAccount,
  findOrganizationalUnitName,
  listAccounts,
} from '../../../aws/services/organizations.ts';
import type { OrgAccount } from '../../../core/model/org-account.ts';
import { fakeAws } from '../../support/aws/fake-aws.ts';
import type { FakeAnswer } from '../../support/aws/fake-aws.ts';

async function listed(...pages: (object | FakeAnswer)[]) {
  const aws = fakeAws(() => {
    const page = pages.shift() ?? {};
    return 'body' in page ? (page as FakeAnswer) : { body: JSON.stringify(page) };
  });
  const { organizations } = makeHubClients({ ...aws.options, region: 'us-east-1' });
  const accounts: OrgAccount[] = [];
  for await (const account of listAccounts(organizations)) accounts.push(account);
  return { accounts, sent: aws.sent };
}

const account = (over: object) => ({ Id: '111122223333', Name: 'dev', State: 'ACTIVE', ...over });

describe('the accounts of the organization', () => {
  it('are listed to the end, through empty pages, 20 at a time', async () => {
    const { accounts, sent } = await listed(
      { Accounts: [account({ Id: '111111111111' })], NextToken: 'a' },
      { Accounts: [], NextToken: 'b' },
      { Accounts: [account({ Id: '222222222222' })] },
    );
    expect(accounts.map(({ id }) => id)).toEqual(['111111111111', '222222222222']);
    expect(sent.map(({ json }) => json)).toEqual([
      { MaxResults: 20 },
      { MaxResults: 20, NextToken: 'a' },
      { MaxResults: 20, NextToken: 'b' },
    ]);
  });

  it.each([
    ['State where there is one', { State: 'CLOSED', Status: 'SUSPENDED' }, 'CLOSED'],
    ['Status only as fallback', { State: undefined, Status: 'SUSPENDED' }, 'SUSPENDED'],
    ['State although Status is retired', { State: 'ACTIVE' }, 'ACTIVE'],
    ['a state not yet known as it is', { State: 'HIBERNATING' }, 'HIBERNATING'],
    ['UNKNOWN, never ACTIVE, where neither is there', { State: undefined }, 'UNKNOWN'],
  ])('have their state: %s', async (_, fields, state) => {
    const { accounts } = await listed({ Accounts: [account(fields)] });
    expect(accounts[0]?.state).toBe(state);
  });

  it('have their OU path, or null', async () => {
    const path = 'o-x/r-y/ou-ab12-cdef3456/111122223333/';
    const { accounts } = await listed({ Accounts: [account({ Paths: [path] }), account({})] });
    expect(accounts.map((each) => each.path)).toEqual([path, null]);
  });

  it('are told which of them the organization is managed from', async () => {
    const arn = (id: string) => `arn:aws:organizations::111111111111:account/o-x/${id}`;
    const ids = ['111111111111', '222222222222'];
    const told = ids.map((Id) => account({ Id, Arn: arn(Id) }));
    const { accounts } = await listed({ Accounts: [...told, account({})] });
    expect(accounts.map((each) => each.isManagementAccount)).toEqual([true, undefined, undefined]);
  });

  it('are not listed where the caller may not: AccessDenied', async () => {
    const body = JSON.stringify({ __type: 'AccessDeniedException', Message: 'no' });
    await expect(listed({ status: 400, body })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it("are not concluded from an answer that isn't the service's, nor from pages in a circle", async () => {
    await expect(listed({ hello: 'world' })).rejects.toThrow(/without its list/);
    const again = { Accounts: [], NextToken: 'a' };
    await expect(listed(again, again, again, again)).rejects.toThrow(/a second time/);
  });
});

describe('the name of an organizational unit', () => {
  const named = async (answer: FakeAnswer) => {
    const aws = fakeAws(() => answer);
    const { organizations } = makeHubClients({ ...aws.options, region: 'us-east-1' });
    const name = await findOrganizationalUnitName(organizations, 'ou-ab12-cdef3456');
    return { name, sent: aws.sent.map(({ json }) => json) };
  };
  const refused = (code: string): FakeAnswer => ({
    status: 400,
    body: JSON.stringify({ __type: code, Message: 'no' }),
  });

  it('is what Organizations says', async () => {
    const body = JSON.stringify({ OrganizationalUnit: { Name: 'Workloads' } });
    expect(await named({ body })).toEqual({
      name: 'Workloads',
      sent: [{ OrganizationalUnitId: 'ou-ab12-cdef3456' }],
    });
  });

  it('is none where there is no such unit any more', async () =>
    expect((await named(refused('OrganizationalUnitNotFoundException'))).name).toBeUndefined());

  it.each([
    ['AccessDeniedException', 'AccessDenied'],
    ['TooManyRequestsException', 'Throttled'],
  ])('is not told where Organizations answers %s', async (code, name) =>
    expect(named(refused(code))).rejects.toMatchObject({ name }),
  );
});

describe('one account as it is now', () => {
  const found = async (answers: Record<string, (object | FakeAnswer)[]>) => {
    const aws = fakeAws(({ operation }) => {
      const answer = answers[operation]?.shift() ?? {};
      return 'body' in answer ? (answer as FakeAnswer) : { body: JSON.stringify(answer) };
    });
    const { organizations } = makeHubClients({ ...aws.options, region: 'us-east-1' });
    const one = await findAccount(organizations, '111122223333');
    return { account: one, sent: aws.sent.map(({ operation, json }) => [operation, json]) };
  };
  const refused = (code: string): FakeAnswer => ({
    status: 400,
    body: JSON.stringify({ __type: code, Message: 'no' }),
  });
  const bare = { Account: account({}) };

  it('has its path, by one call', async () => {
    const path = 'o-x/r-y/ou-ab12-cdef3456/111122223333/';
    const { account: one, sent } = await found({
      DescribeAccount: [{ Account: account({ Paths: [path] }) }],
    });
    expect(one).toEqual({ id: '111122223333', name: 'dev', state: 'ACTIVE', path });
    expect(sent).toEqual([['DescribeAccount', { AccountId: '111122223333' }]]);
  });

  it('is asked for its parents up to the root where it has no path', async () => {
    const { account: one, sent } = await found({
      DescribeAccount: [bare],
      ListParents: [
        { Parents: [{ Id: 'ou-ab12-cdef3456' }] },
        { Parents: [], NextToken: 'a' },
        { Parents: [{ Id: 'r-ab12' }] },
      ],
    });
    expect(one?.path).toBe('r-ab12/ou-ab12-cdef3456/111122223333/');
    expect(sent.slice(1).map(([, json]) => json)).toEqual([
      { ChildId: '111122223333' },
      { ChildId: 'ou-ab12-cdef3456' },
      { ChildId: 'ou-ab12-cdef3456', NextToken: 'a' },
    ]);
  });

  it('is none where it left the organization', async () => {
    const { account: one } = await found({
      DescribeAccount: [refused('AccountNotFoundException')],
    });
    expect(one).toBeUndefined();
  });

  it.each<[string, Record<string, (object | FakeAnswer)[]>, object]>([
    ['a denial', { DescribeAccount: [refused('AccessDeniedException')] }, { name: 'AccessDenied' }],
    [
      'throttling',
      { DescribeAccount: [refused('TooManyRequestsException')] },
      { name: 'Throttled' },
    ],
    ["an answer that isn't the service's", { DescribeAccount: [{}] }, { name: 'BrokenListing' }],
    [
      'another account',
      { DescribeAccount: [{ Account: account({ Id: '222233334444' }) }] },
      { name: 'BrokenListing' },
    ],
    [
      'no parent',
      { DescribeAccount: [bare], ListParents: [{ Parents: [] }] },
      { name: 'BrokenListing' },
    ],
    [
      'parents in a circle',
      {
        DescribeAccount: [bare],
        ListParents: Array.from({ length: 20 }, () => ({ Parents: [{ Id: 'ou-ab12-cdef3456' }] })),
      },
      { name: 'BrokenListing' },
    ],
    [
      'a denied parent',
      { DescribeAccount: [bare], ListParents: [refused('AccessDeniedException')] },
      { name: 'AccessDenied' },
    ],
  ])('is not concluded from %s', async (_, answers, error) =>
    expect(found(answers)).rejects.toMatchObject(error),
  );
});
