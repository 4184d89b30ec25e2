import { z } from 'zod';
import { makePace } from '../../../../aws/answers/pace.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';
import { IMAGE_BUILDER, ListImageBuildVersions, ListImages, PAGE } from './image-builder.ts';

const Build = z.object({
  arn: z.string(),
  outputResources: z
    .object({ amis: z.array(z.object({ image: z.string().nullish() })).nullish() })
    .nullish(),
});
type Build = z.infer<typeof Build>;

const Versions = z.object({
  imageVersionList: z.array(z.object({ arn: z.string(), type: z.string().nullish() })),
  nextToken: z.string().nullish(),
});
const Builds = z.object({
  imageSummaryList: z.array(Build),
  nextToken: z.string().nullish(),
});

/**
 * Images that Image Builder has: its lifecycle policies delete them with their AMIs, and recipes name
 * them by their ARNs. Those it distributed to other Regions and accounts are among them.
 */
export const imageBuilderImages: AmiSource<Build> = {
  name: 'image-builder-images',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: Image Builder goes on naming an image that is gone',
  listing: {
    name: 'image-builder-images',
    reach: 'regional',
    service: 'imagebuilder',
    cost: '1 call per 25 image versions and 1 per version, where the Region has Image Builder',
    iam: ['imagebuilder:ListImageBuildVersions', 'imagebuilder:ListImages'],
    list: listBuilds,
  },
  take: ({ arn, outputResources }) => ({
    by: arn,
    keys: amiIdsIn(...(outputResources?.amis ?? []).map(({ image }) => image)),
  }),
};

async function* listBuilds({ clients, clock }: ReadBy): AsyncGenerator<Build> {
  const client = clients.of(IMAGE_BUILDER);
  const turn = makePace(clock);
  const versions = itemsOf(
    {
      operation: 'imagebuilder:ListImages',
      Answer: Versions,
      items: (page) => page.imageVersionList,
      token: 'nextToken',
    },
    client,
    (nextToken) =>
      new ListImages({
        owner: 'Self',
        includeDeprecated: true,
        ...PAGE,
        ...(nextToken && { nextToken }),
      }),
  );
  for await (const { arn: imageVersionArn, type } of versions) {
    if (type === 'DOCKER') continue;
    await turn();
    yield* itemsOf(
      {
        operation: 'imagebuilder:ListImageBuildVersions',
        Answer: Builds,
        items: (page) => page.imageSummaryList,
        token: 'nextToken',
      },
      client,
      (nextToken) =>
        new ListImageBuildVersions({ imageVersionArn, ...PAGE, ...(nextToken && { nextToken }) }),
    );
  }
}
