import { z } from 'zod';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';
import { IMAGE_BUILDER, ListContainerRecipes, PAGE } from './image-builder.ts';

const Recipe = z.object({ arn: z.string(), instanceImage: z.string().nullish() });
type Recipe = z.infer<typeof Recipe>;

const Answer = z.object({
  containerRecipeSummaryList: z.array(Recipe),
  nextToken: z.string().nullish(),
});

const OPERATION = 'imagebuilder:ListContainerRecipes';

/** The AMI of the instances that Image Builder builds and tests containers on. */
export const imageBuilderContainerRecipes: AmiSource<Recipe> = {
  name: 'image-builder-container-recipes',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next build fails',
  listing: {
    name: 'image-builder-container-recipes',
    reach: 'regional',
    service: 'imagebuilder',
    cost: '1 call per 25 container recipes, where the Region has Image Builder',
    iam: [OPERATION],
    list: listRecipes,
  },
  take: ({ arn, instanceImage }) => ({ by: arn, keys: amiIdsIn(instanceImage) }),
};

async function* listRecipes({ clients }: ReadBy): AsyncGenerator<Recipe> {
  yield* itemsOf(
    {
      operation: OPERATION,
      Answer,
      items: (page) => page.containerRecipeSummaryList,
      token: 'nextToken',
    },
    clients.of(IMAGE_BUILDER),
    (nextToken) =>
      new ListContainerRecipes({ owner: 'Self', ...PAGE, ...(nextToken && { nextToken }) }),
  );
}
