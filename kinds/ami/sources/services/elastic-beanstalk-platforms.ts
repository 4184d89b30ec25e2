import { z } from 'zod';
import { makePace } from '../../../../aws/answers/pace.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, checkIsAbout, itemsOf } from './ask.ts';
import {
  DescribePlatformVersion,
  ELASTIC_BEANSTALK,
  ListPlatformVersions,
} from './elastic-beanstalk.ts';
import { xmlList } from './xml-list.ts';

const Platform = z.object({
  PlatformArn: z.string(),
  CustomAmiList: xmlList(z.object({ ImageId: z.string().nullish() })).nullish(),
});
type Platform = z.infer<typeof Platform>;

const List = z.object({
  PlatformSummaryList: xmlList(z.object({ PlatformArn: z.string() })),
  NextToken: z.string().nullish(),
});
const Described = z.object({ PlatformDescription: Platform });

const OWN = [{ Type: 'PlatformOwner', Operator: '=', Values: ['self'] }];

/** Custom platforms of Elastic Beanstalk: each version has AMIs that it built. */
export const elasticBeanstalkPlatforms: AmiSource<Platform> = {
  name: 'elastic-beanstalk-platforms',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next instance fails to start',
  listing: {
    name: 'elastic-beanstalk-platforms',
    reach: 'regional',
    service: 'elasticbeanstalk',
    cost: '1 call per page of own platform versions and 1 per version, where the Region has Elastic Beanstalk',
    iam: ['elasticbeanstalk:DescribePlatformVersion', 'elasticbeanstalk:ListPlatformVersions'],
    list: listPlatforms,
  },
  take: ({ PlatformArn, CustomAmiList }) => ({
    by: PlatformArn,
    keys: amiIdsIn(...(CustomAmiList ?? []).map(({ ImageId }) => ImageId)),
  }),
};

async function* listPlatforms({ clients, clock }: ReadBy): AsyncGenerator<Platform> {
  const client = clients.of(ELASTIC_BEANSTALK);
  const turn = makePace(clock);
  const listed = itemsOf(
    {
      operation: 'elasticbeanstalk:ListPlatformVersions',
      Answer: List,
      items: (page) => page.PlatformSummaryList,
      token: 'NextToken',
    },
    client,
    (NextToken) => new ListPlatformVersions({ Filters: OWN, ...(NextToken && { NextToken }) }),
  );
  for await (const { PlatformArn } of listed) {
    await turn();
    const question = {
      operation: 'elasticbeanstalk:DescribePlatformVersion',
      Answer: Described,
    };
    const command = new DescribePlatformVersion({ PlatformArn });
    const { PlatformDescription: platform } = await ask(question, client, command);
    checkIsAbout(PlatformArn, platform.PlatformArn, question);
    yield platform;
  }
}
