import { collect } from '../../../listings/collect.ts';
import { z } from 'zod';
import { brokenListing } from '../../../../aws/answers/pages.ts';
import { plainService } from '../../../../aws/sessions/plain-service.ts';
import { chunksOf } from '../../../listings/filter.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, itemsOf } from './ask.ts';

const Fleet = z.object({
  arn: z.string(),
  name: z.string().nullish(),
  imageId: z.string().nullish(),
});
type Fleet = z.infer<typeof Fleet>;

/** @internal A test compares what it sends with what the SDK's own client does. */
export const CODEBUILD = plainService({
  prefix: 'codebuild',
  speaks: { protocol: 'json', version: '1.1', target: 'CodeBuild_20161006' },
});

const ListFleets = CODEBUILD.command({ name: 'ListFleets' });
const BatchGetFleets = CODEBUILD.command({ name: 'BatchGetFleets' });

const List = z.object({ fleets: z.array(z.string()), nextToken: z.string().nullish() });
const Got = z.object({
  fleets: z.array(Fleet),
  fleetsNotFound: z.array(z.string()).nullish(),
});

/** BatchGetFleets takes at most this many. */
const MOST_FLEETS = 100;

/** Reserved fleets of CodeBuild with an AMI of the account's own. */
export const codebuildFleets: AmiSource<Fleet> = {
  name: 'codebuild-fleets',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next instance of the fleet fails to start',
  listing: {
    name: 'codebuild-fleets',
    reach: 'regional',
    service: 'codebuild',
    cost: '2 calls per 100 fleets, where the Region has CodeBuild',
    iam: ['codebuild:BatchGetFleets', 'codebuild:ListFleets'],
    list: listFleets,
  },
  take: ({ arn, name, imageId }) => ({ by: name ?? arn, keys: amiIdsIn(imageId) }),
};

async function* listFleets({ clients }: ReadBy): AsyncGenerator<Fleet> {
  const client = clients.of(CODEBUILD);
  const listed = itemsOf(
    {
      operation: 'codebuild:ListFleets',
      Answer: List,
      items: (page) => page.fleets,
      token: 'nextToken',
    },
    client,
    (nextToken) => new ListFleets({ maxResults: 100, ...(nextToken && { nextToken }) }),
  );
  for (const names of chunksOf(await collect(listed), MOST_FLEETS)) {
    const operation = 'codebuild:BatchGetFleets';
    const got = await ask({ operation, Answer: Got }, client, new BatchGetFleets({ names }));
    const told = new Set([...got.fleets.map(({ arn }) => arn), ...(got.fleetsNotFound ?? [])]);
    const untold = names.find((arn) => !told.has(arn));
    if (untold !== undefined) throw brokenListing(operation, `nothing was said about ${untold}`);
    yield* got.fleets;
  }
}
