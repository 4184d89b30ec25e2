import { makeHubClients } from '../../adapters/aws-clients.ts';
import { findOrganizationalUnitName, listAccounts } from '../../adapters/organizations.ts';
import type { OrgAccount } from '../../core/org-account.ts';
import { fakeAws } from '../support/fake-aws.ts';
import type { FakeAnswer } from '../support/fake-aws.ts';

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
