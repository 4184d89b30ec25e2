import { z } from 'zod';
import { plainService, shape } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';

const EngineVersion = z.object({
  Engine: z.string(),
  EngineVersion: z.string(),
  Image: z.object({ ImageId: z.string().nullish() }).nullish(),
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
  takes: { IncludeAll: shape.truth, MaxRecords: shape.number, Marker: shape.text },
  gives: {
    Marker: shape.text,
    DBEngineVersions: shape.list(
      shape.struct({
        Engine: shape.text,
        EngineVersion: shape.text,
        Image: shape.struct({ ImageId: shape.text }),
      }),
      'DBEngineVersion',
    ),
  },
});

const Answer = z.object({
  DBEngineVersions: z.array(EngineVersion),
  Marker: z.string().nullish(),
});

/**
 * Custom engine versions of RDS Custom, inactive ones included. They come among all engine versions
 * that RDS has, as AWS names no filter for them that would take in an engine it adds.
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
    cost: "1 call per 100 engine versions, AWS's own included: some ten, where the Region has RDS",
    iam: [OPERATION],
    list: listEngineVersions,
  },
  take: ({ Engine, EngineVersion: version, Image }) => {
    const keys = amiIdsIn(Image?.ImageId);
    return keys.length === 0 ? null : { by: `${Engine} ${version}`, keys };
  },
};

async function* listEngineVersions({ clients }: ReadBy): AsyncGenerator<EngineVersion> {
  yield* itemsOf(
    {
      operation: OPERATION,
      Answer,
      items: (page) => page.DBEngineVersions,
      token: (page) => page.Marker,
    },
    clients.of(RDS),
    (Marker) =>
      new DescribeEngineVersions({ IncludeAll: true, MaxRecords: 100, ...(Marker && { Marker }) }),
  );
}
