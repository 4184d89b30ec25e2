import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { serve, type Served } from '../../support/organizations/served-organization.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => served.close());

interface Item {
  readonly product: { readonly attributes: { readonly usagetype: string } };
  readonly terms: { readonly OnDemand: object };
}

const client = (region = 'us-east-1') =>
  new PricingClient({
    endpoint: served.simulation.endpoint,
    ...{ region, credentials: served.simulation.credentials, maxAttempts: 1 },
  });
const filter = (Field: string, Value: string) => ({ Type: 'TERM_MATCH' as const, Field, Value });
const snapshots = {
  ServiceCode: 'AmazonEC2',
  Filters: [filter('productFamily', 'Storage Snapshot')],
};

async function ask(input: object = snapshots, region = 'us-east-1') {
  const command = new GetProductsCommand({ ...snapshots, ...input });
  const { PriceList = [], NextToken } = await client(region).send(command);
  const items = PriceList.map((item: unknown) => JSON.parse(String(item)));
  return {
    items,
    NextToken,
    usagetypes: items.map((one: Item) => one.product.attributes.usagetype),
  };
}

describe('the price list', () => {
  it('gives pages of 100 texts at most, to the end', async () => {
    const first = await ask();
    expect(first.items).toHaveLength(100);
    const second = await ask({ NextToken: first.NextToken });
    expect(new Set([...first.usagetypes, ...second.usagetypes]).size).toBe(200);
    await expect(ask({ MaxResults: 101 })).rejects.toThrow('MaxResults');
    await expect(ask({ NextToken: 'x' })).rejects.toThrow('Invalid NextToken');
  });

  it('has the rows that others took for the price, in an order that says nothing', async () => {
    const Filters = [...snapshots.Filters, filter('regionCode', 'us-west-2')];
    const { usagetypes } = await ask({ Filters });
    expect(usagetypes.toSorted()).toEqual([
      'LAX1-EBS:SnapshotUsage',
      'USW2-EBS:SnapshotArchiveEarlyDelete',
      'USW2-EBS:SnapshotArchiveRetrieval',
      'USW2-EBS:SnapshotArchiveStorage',
      'USW2-EBS:SnapshotUsage',
      'USW2-EBS:SnapshotUsage.outposts',
      'USW2-EBS:SnapshotUsageUnderBilling',
    ]);
    const elsewhere = await ask({ Filters }, 'eu-central-1');
    expect(elsewhere.usagetypes).not.toEqual(usagetypes);
    expect(elsewhere.usagetypes.toSorted()).toEqual(usagetypes.toSorted());
  });

  it('has prices as texts, by tier, with the day of the month they hold from', async () => {
    const Filters = [filter('group', 'VPCPublicIPv4Address'), filter('regionCode', 'eu-west-1')];
    const { items } = await ask({ ServiceCode: 'AmazonVPC', Filters });
    const [term] = Object.values(
      items.find((one: Item) => /InUseAddress$/.test(one.product.attributes.usagetype)).terms
        .OnDemand,
    ) as { effectiveDate: string; priceDimensions: Record<string, { pricePerUnit: object }> }[];
    expect(term?.effectiveDate).toMatch(/^\d{4}-\d\d-01T00:00:00Z$/);
    const prices = Object.values(term?.priceDimensions ?? {}).map((one) => one.pricePerUnit);
    expect(prices).toEqual([{ USD: '0.0050000000' }, { USD: '0.0000000000' }]);
  });

  it('is answered in three Regions, and nowhere else', async () => {
    for (const region of ['us-east-1', 'eu-central-1', 'ap-south-1'])
      expect((await ask({}, region)).items).not.toEqual([]);
    await expect(ask({}, 'eu-west-1')).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  it('refuses as services of its protocol do', async () => {
    served.simulation.setFaults([{ operation: 'GetProducts', answer: 'deny' }]);
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    served.simulation.setFaults([{ operation: 'GetProducts', answer: 'throttle' }]);
    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
    served.simulation.setFaults([]);
  });
});
