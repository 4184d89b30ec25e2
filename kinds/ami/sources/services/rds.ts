import { z } from 'zod';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import { type PlainClient, plainService, shape } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';
import { xmlList } from './xml-list.ts';

const EngineVersion = z.object({
  Engine: z.string(),
  EngineVersion: z.string(),
  Image: z
    .object({ ImageId: z.string().nullish() })
    .or(z.literal('').transform(() => null))
    .nullish(),
});
type EngineVersion = z.infer<typeof EngineVersion>;

/** @internal A test compares what it sends with what the SDK's own client does. */
export const RDS = plainService({
  prefix: 'rds',
  speaks: {
    protocol: 'query',
    xmlns: 'http://rds.amazonaws.com/doc/2014-10-31/',
    version: '2014-10-31',
  },
});

const OPERATION = 'rds:DescribeDBEngineVersions';

/** @internal A test compares what it sends with what the SDK's own client does. */
export const DescribeEngineVersions = RDS.command({
  name: 'DescribeDBEngineVersions',
  takes: {
    Engine: shape.text,
    IncludeAll: shape.truth,
    MaxRecords: shape.number,
    Marker: shape.text,
  },
});

const Answer = z.object({
  DBEngineVersions: xmlList(EngineVersion, 'DBEngineVersion'),
  Marker: z.string().nullish(),
});

/** As AWS documents them. */
const CUSTOM_ENGINES = [
  'custom-oracle-ee',
  'custom-oracle-ee-cdb',
  'custom-oracle-se2',
  'custom-oracle-se2-cdb',
  'custom-sqlserver-dev',
  'custom-sqlserver-ee',
  'custom-sqlserver-se',
  'custom-sqlserver-web',
];

/**
 * Custom engine versions of RDS Custom, inactive ones included. They are looked for among all engine
 * versions that RDS has, which takes in an engine that AWS adds. That all of them come there, AWS says
 * nowhere: so each custom engine is asked for by its name as well.
 */
export const rdsCustomVersions: AmiSource<EngineVersion> = {
  name: 'rds-custom-versions',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next database instance of that version fails to start',
  listing: {
    name: 'rds-engine-versions',
    reach: 'regional',
    service: 'rds',
    cost: "1 call per 100 engine versions, AWS's own included: some ten, and 1 per custom engine, where the Region has RDS",
    iam: [OPERATION],
    list: listEngineVersions,
  },
  take: ({ Engine, EngineVersion: version, Image }) => {
    const keys = amiIdsIn(Image?.ImageId);
    return keys.length === 0 ? null : { by: `${Engine} ${version}`, keys };
  },
};

async function* listEngineVersions({ clients, clock }: ReadBy): AsyncGenerator<EngineVersion> {
  const client = clients.of(RDS);
  const turn = makePace(clock);
  yield* versionsOf(client, {});
  for (const Engine of CUSTOM_ENGINES) {
    await turn();
    try {
      yield* versionsOf(client, { Engine });
    } catch (error) {
      // RDS doesn't have the engine there.
      const { code, message } = toAwsFailure(error);
      if (code !== 'InvalidParameterValue' || !/^Unrecognized engine name/i.test(message))
        throw error;
    }
  }
}

function versionsOf(
  client: PlainClient,
  which: { readonly Engine?: string },
): AsyncGenerator<EngineVersion> {
  return itemsOf(
    { operation: OPERATION, Answer, items: (page) => page.DBEngineVersions, token: 'Marker' },
    client,
    (Marker) =>
      new DescribeEngineVersions({
        ...which,
        IncludeAll: true,
        MaxRecords: 100,
        ...(Marker && { Marker }),
      }),
  );
}
