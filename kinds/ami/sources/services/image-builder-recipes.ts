import { z } from 'zod';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';
import { IMAGE_BUILDER, ListImageRecipes, PAGE } from './image-builder.ts';

const Recipe = z.object({ arn: z.string(), parentImage: z.string().nullish() });
type Recipe = z.infer<typeof Recipe>;

const Answer = z.object({
  imageRecipeSummaryList: z.array(Recipe),
  nextToken: z.string().nullish(),
});

const OPERATION = 'imagebuilder:ListImageRecipes';

/**
 * Recipes of Image Builder, every version of them. Where the parent image is another image of Image
 * Builder (its ARN) or a parameter (`ssm:`), the sources of those have its AMI.
 */
export const imageBuilderRecipes: AmiSource<Recipe> = {
  name: 'image-builder-recipes',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next build fails',
  listing: {
    name: 'image-builder-recipes',
    reach: 'regional',
    service: 'imagebuilder',
    cost: '1 call per 25 recipes, where the Region has Image Builder',
    iam: [OPERATION],
    list: listRecipes,
  },
  take: ({ arn, parentImage }) => ({ by: arn, keys: amiIdsIn(parentImage) }),
};

async function* listRecipes({ clients }: ReadBy): AsyncGenerator<Recipe> {
  yield* itemsOf(
    {
      operation: OPERATION,
      Answer,
      items: (page) => page.imageRecipeSummaryList,
      token: 'nextToken',
    },
    clients.of(IMAGE_BUILDER),
    (nextToken) =>
      new ListImageRecipes({ owner: 'Self', ...PAGE, ...(nextToken && { nextToken }) }),
  );
}
