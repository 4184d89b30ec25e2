import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListDocumentsCommand,
  paginateGetParametersByPath,
} from '@aws-sdk/client-ssm';
import { PARAMETERS } from '../../../simulation/model/launching.ts';
import { HUB, numbered } from '../../support/organizations/tiny-organization.ts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';

const EVERYWHERE = numbered(24, (number) => `eu-west-${number}`);
const pathOf = (service: string) =>
  `/aws/service/global-infrastructure/services/${service}/regions`;

let served: Served;
beforeAll(async () => {
  served = await serve(
    { serviceRegions: { ecs: EVERYWHERE, storagegateway: ['eu-west-1', 'us-east-1'] } },
    { parameters: { region: 'eu-west-1', values: { '/own': 'value' } } },
  );
});
afterAll(async () => served.close());

async function pagesOf(Path: string) {
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateGetParametersByPath({ client: served.ssm() }, { Path })) {
    pages.push((page.Parameters ?? []).map(({ Value }) => Value));
  }
  return pages;
}

test('the Regions of a service come in pages of 10', async () => {
  const pages = await pagesOf(pathOf('ecs'));
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 4]);
  expect(pages.flat()).toEqual(EVERYWHERE);
  expect(await pagesOf(pathOf('storagegateway'))).toEqual([['eu-west-1', 'us-east-1']]);
});

test('a parameter carries its Region in the name too', async () => {
  const command = new GetParametersByPathCommand({ Path: pathOf('storagegateway') });
  const { Parameters } = await served.ssm().send(command);
  const name = `${pathOf('storagegateway')}/eu-west-1`;
  expect(Parameters?.[0]).toMatchObject({
    Name: name,
    Type: 'String',
    Value: 'eu-west-1',
    ARN: `arn:aws:ssm:eu-west-1::parameter${name}`,
  });
});

test('a path without parameters is an empty list, not an error', async () => {
  expect(await pagesOf('/aws/service/global-infrastructure/regions')).toEqual([[]]);
});

test("the hub's own parameter has its account in the ARN", async () => {
  const { Parameter } = await served.ssm().send(new GetParameterCommand({ Name: '/own' }));
  const ARN = `arn:aws:ssm:eu-west-1:${HUB}:parameter/own`;
  expect(Parameter).toMatchObject({ Name: '/own', Value: 'value', ARN });
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a page of 11',
    async () =>
      served.ssm().send(new GetParametersByPathCommand({ Path: pathOf('ecs'), MaxResults: 11 })),
    'ValidationException',
  ],
  [
    'a spoke session, whose role reads no parameters',
    async () =>
      served
        .ssm(await served.assume('orgsweep-discovery'))
        .send(new GetParametersByPathCommand({ Path: pathOf('ecs') })),
    'AccessDeniedException',
  ],
  [
    'an operation that the simulation lacks',
    async () => served.ssm().send(new ListDocumentsCommand({})),
    'UnknownOperationException',
  ],
  [
    'a parameter that is not there',
    async () => served.ssm().send(new GetParameterCommand({ Name: '/x' })),
    'ParameterNotFound',
  ],
  [
    "the hub's parameter to a spoke session",
    async () =>
      served
        .ssm(await served.assume('orgsweep-discovery'))
        .send(new GetParameterCommand({ Name: '/own' })),
    'AccessDeniedException',
  ],
])('%s is refused', async (_, call, code) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

describe('what an account has', () => {
  const AMI = 'ami-0123456789abcdef0';
  beforeAll(() => {
    const parameters = PARAMETERS.of(served.organization.estate(HUB, 'eu-west-1'));
    for (const type of ['String', 'SecureString'] as const)
      parameters.set(`/${type}`, {
        ...{ name: `/${type}`, type, dataType: 'text' },
        versions: [{ value: 'first', labels: ['old'] }, { value: AMI }],
      });
  });

  it('is listed without its values, by type', async () => {
    const all = await served.ssm().send(new DescribeParametersCommand({}));
    expect(all.Parameters?.map(({ Name, Version }) => [Name, Version])).toEqual([
      ['/String', 2],
      ['/SecureString', 2],
    ]);
    expect(JSON.stringify(all)).not.toContain(AMI);
    const ParameterFilters = [{ Key: 'Type', Option: 'Equals', Values: ['String'] }];
    const some = await served.ssm().send(new DescribeParametersCommand({ ParameterFilters }));
    expect(some.Parameters).toHaveLength(1);
  });

  it('is told by name, and what isn’t there is named; what is secure is sealed', async () => {
    const { Parameters, InvalidParameters } = await served
      .ssm()
      .send(new GetParametersCommand({ Names: ['/String', '/SecureString', '/none'] }));
    expect(Parameters?.[0]).toMatchObject({ Name: '/String', Value: AMI, Version: 2 });
    expect(Parameters?.[1]?.Value).toMatch(/^AQICAH/);
    expect(InvalidParameters).toEqual(['/none']);
    const eleven = Array.from({ length: 11 }, (_, index) => `/${index}`);
    const tooMany = served.ssm().send(new GetParametersCommand({ Names: eleven }));
    expect(await refusalOf(tooMany)).toMatchObject({ code: 'ValidationException' });
  });

  it('has versions, with their labels', async () => {
    const history = async (Name: string) =>
      served.ssm().send(new GetParameterHistoryCommand({ Name, MaxResults: 1 }));
    const { Parameters, NextToken } = await history('/String');
    expect(Parameters).toMatchObject([{ Version: 1, Value: 'first', Labels: ['old'] }]);
    expect(NextToken).toEqual(expect.any(String));
    expect(await refusalOf(history('/none'))).toMatchObject({ code: 'ParameterNotFound' });
  });
});
