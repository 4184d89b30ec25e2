import {
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  paginateDescribeSnapshots,
} from '@aws-sdk/client-ec2';
import { paginateListAccounts } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { SimFault } from '../../simulation/model/fault.ts';
import type { Credentials, Served } from '../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../support/organizations/served-organization.ts';
import {
  numbered,
  SPOKE,
  tinyAccount,
  tinyId,
  tinySnapshot,
} from '../support/organizations/tiny-organization.ts';

let served: Served;
let discovery: Credentials;
const tags = { 'orgsweep:marked': 'true' };
beforeEach(async () => {
  served = await serve({
    accounts: [
      tinyAccount({ id: '999999999999', management: true }),
      tinyAccount({ id: '111111111111' }),
      ...numbered(12, (number) => tinyAccount({ id: String(222222222221 + number) })),
    ],
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        snapshots: numbered(23, (number) => tinySnapshot(number, { tags })),
      },
    },
  });
  discovery = await served.assume('orgsweep-discovery');
});
afterEach(async () => served.close());

const inject = (answer: SimFault['answer'], different: Partial<SimFault> = {}) =>
  served.simulation.setFaults([{ operation: 'DescribeSnapshots', answer, ...different }]);
const listing = (input: object = { MaxResults: 10 }, token?: string) =>
  new DescribeSnapshotsCommand({
    OwnerIds: ['self'],
    ...input,
    ...(token && { NextToken: token }),
  });

/** The pages of the listing, as many as there are or `most`. */
async function pagesOf(MaxResults: number, most = 10): Promise<(string | undefined)[][]> {
  const pages: (string | undefined)[][] = [];
  let token: string | undefined;
  do {
    const page = await served.ec2(discovery).send(listing({ MaxResults }, token));
    pages.push((page.Snapshots ?? []).map(({ SnapshotId }) => SnapshotId));
    token = page.NextToken;
  } while (token !== undefined && pages.length < most);
  return pages;
}
const ALL = numbered(23, (number) => tinyId('snap', number));

describe('fault timeout', () => {
  const impatient = (requestTimeout: number) => {
    const { endpoint, credentials } = served.simulation;
    const requestHandler = { requestTimeout, throwOnRequestTimeout: true };
    return new EC2Client({
      endpoint,
      credentials,
      region: 'eu-west-1',
      maxAttempts: 1,
      requestHandler,
    });
  };

  it('never answers: the client gives up by itself', async () => {
    inject('timeout');
    const client = impatient(80);
    expect(await refusalOf(client.send(listing()))).toMatchObject({ code: 'TimeoutError' });
    served.simulation.setFaults([]);
    await expect(client.send(listing())).resolves.toBeDefined();
    client.destroy();
  });

  it('keeps close() from nothing, and what waits then fails', async () => {
    inject('timeout');
    const client = impatient(60_000);
    const waiting = refusalOf(client.send(listing()));
    while (served.simulation.calls.total['ec2:DescribeSnapshots'] === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const before = performance.now();
    await served.simulation.close();
    expect(performance.now() - before).toBeLessThan(1000);
    expect((await waiting).message).toMatch(/ECONNRESET|socket hang up/);
    client.destroy();
    served = await serve();
  });
});

describe('fault expired', () => {
  it('is told in the code that each service has for it', async () => {
    inject('expired');
    expect(await refusalOf(served.ec2(discovery).send(listing()))).toMatchObject({
      code: 'RequestExpired',
    });
    inject('expired', { operation: 'GetCallerIdentity' });
    const identity = served.sts(discovery).send(new GetCallerIdentityCommand({}));
    expect(await refusalOf(identity)).toMatchObject({ code: 'ExpiredToken' });
    inject('expired', { operation: 'ListAccounts' });
    expect(await refusalOf(accountPages())).toMatchObject({ code: 'ExpiredTokenException' });
  });
});

async function accountPages(): Promise<(string | undefined)[][]> {
  const client = served.organizations();
  const pages: (string | undefined)[][] = [];
  for await (const { Accounts = [] } of paginateListAccounts({ client }, {})) {
    pages.push(Accounts.map(({ Id }) => Id));
    if (pages.length === 8) break;
  }
  return pages;
}

describe('fault lost', () => {
  it('carries the call out, and its answer does not arrive', async () => {
    const deletion = await served.assume('orgsweep-deletion');
    inject('lost', { operation: 'DeleteSnapshot', calls: { from: 1, to: 2 } });
    const remove = async (number: number) =>
      served.ec2(deletion).send(new DeleteSnapshotCommand({ SnapshotId: tinyId('snap', number) }));
    expect((await refusalOf(remove(1))).message).toMatch(/ECONNRESET|socket hang up/);
    const gone = () => [...served.organization.estate(SPOKE, 'eu-west-1').deletedSnapshotIds()];
    expect(gone()).toEqual([tinyId('snap', 1)]);
    // A refusal is lost as well.
    expect((await refusalOf(remove(1))).message).toMatch(/ECONNRESET|socket hang up/);
    expect(await refusalOf(remove(1))).toMatchObject({ code: 'InvalidSnapshot.NotFound' });
    expect(gone()).toEqual([tinyId('snap', 1)]);
  });
});

describe('fault short', () => {
  it('gives pages of some items that miss and repeat nothing', async () => {
    expect((await pagesOf(10)).map(({ length }) => length)).toEqual([10, 10, 3]);
    inject('short', { calls: { from: 2, to: 3 } });
    const pages = await pagesOf(10);
    expect(pages.map(({ length }) => length)).toEqual([10, 5, 5, 3]);
    expect(pages.flat()).toEqual(ALL);
  });

  it('leaves calls alone that name ids, which have no pages', async () => {
    inject('short');
    const SnapshotIds = ALL.slice(0, 8);
    const { Snapshots } = await served
      .ec2(discovery)
      .send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(Snapshots).toHaveLength(8);
  });

  it('works for services that page by themselves', async () => {
    const whole = (await accountPages()).flat();
    inject('short', { operation: 'ListAccounts' });
    const pages = await accountPages();
    expect(pages.flat()).toEqual(whole);
    expect(Math.max(...pages.map(({ length }) => length))).toBe(5);
  });
});

describe('fault repeat', () => {
  it('gives a page again and again, with the token that asked for it', async () => {
    inject('repeat');
    const pages = await pagesOf(10, 4);
    expect(pages).toEqual([
      ALL.slice(0, 10),
      ALL.slice(10, 20),
      ALL.slice(10, 20),
      ALL.slice(10, 20),
    ]);
  });

  it('gives the last page a token, too', async () => {
    inject('repeat', { calls: { from: 3, to: 4 } });
    const pages = await pagesOf(10);
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 3, 3, 3]);
  });

  it('is what stopOnSameToken of the SDK looks for', async () => {
    inject('repeat');
    const config = { client: served.ec2(discovery), pageSize: 10, stopOnSameToken: true };
    let pages = 0;
    for await (const _page of paginateDescribeSnapshots(config, { OwnerIds: ['self'] })) pages += 1;
    expect(pages).toBe(2);
  });

  it('works for JSON services', async () => {
    inject('repeat', { operation: 'ListAccounts' });
    const pages = await accountPages();
    expect(pages.slice(1)).toEqual(Array.from({ length: 7 }, () => pages[1]));
  });
});

it.each([
  ['unknown-key', 'AuthFailure'],
  ['signature', 'AuthFailure'],
  ['expired', 'RequestExpired'],
  ['unsubscribed', 'OptInRequired'],
  ['unsupported', 'InvalidAction'],
  ['scp', 'UnauthorizedOperation'],
] as const)('fault %s of EC2 is answered with %s', async (answer, code) => {
  inject(answer);
  expect(await refusalOf(served.ec2(discovery).send(listing()))).toMatchObject({ code });
});

it.each([
  ['unknown-key', 'UnrecognizedClientException'],
  ['signature', 'InvalidSignatureException'],
  ['expired', 'ExpiredTokenException'],
  ['unsubscribed', 'AWSOrganizationsNotInUseException'],
  ['unsupported', 'UnknownOperationException'],
  ['scp', 'AccessDeniedException'],
] as const)('fault %s of Organizations is answered with %s', async (answer, code) => {
  served.simulation.setFaults([{ operation: 'ListAccounts', answer }]);
  const listed = paginateListAccounts({ client: served.organizations() }, {}).next();
  expect(await refusalOf(listed)).toMatchObject({ code });
});
