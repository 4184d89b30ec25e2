import { collect } from '../../../listings/collect.ts';
import { z } from 'zod';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { brokenListing } from '../../../../aws/answers/pages.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import type { PlainClient } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, checkIsAbout, itemsOf } from './ask.ts';
import {
  DescribeApplications,
  DescribeConfigurationSettings,
  DescribeEnvironments,
  ELASTIC_BEANSTALK,
} from './elastic-beanstalk.ts';
import { xmlList } from './xml-list.ts';

/** An environment, or a saved configuration that one can be started from. */
type Which = { readonly ApplicationName: string } & (
  { readonly EnvironmentName: string } | { readonly TemplateName: string }
);

interface Configuration {
  readonly by: string;
  readonly imageIds: readonly string[];
}

const Environments = z.object({
  Environments: xmlList(z.object({ EnvironmentName: z.string(), ApplicationName: z.string() })),
  NextToken: z.string().nullish(),
});
const Applications = z.object({
  Applications: xmlList(
    z.object({
      ApplicationName: z.string(),
      ConfigurationTemplates: xmlList(z.string()).nullish(),
    }),
  ),
});
const Settings = z.object({
  // Of an environment there may be two: as it is, and as it is about to be.
  ConfigurationSettings: xmlList(
    z.object({
      ApplicationName: z.string(),
      EnvironmentName: z.string().nullish(),
      TemplateName: z.string().nullish(),
      OptionSettings: xmlList(
        z.object({
          Namespace: z.string(),
          OptionName: z.string(),
          Value: z.string().nullish(),
        }),
      ),
    }),
  ),
});

const LAUNCHES = 'aws:autoscaling:launchconfiguration';

/**
 * What environments of Elastic Beanstalk launch instances from, and what saved configurations would:
 * those are found in no launch template before somebody takes one.
 */
export const elasticBeanstalkConfigurations: AmiSource<Configuration> = {
  name: 'elastic-beanstalk-configurations',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next instance fails to start',
  listing: {
    name: 'elastic-beanstalk-configurations',
    reach: 'regional',
    service: 'elasticbeanstalk',
    cost: '2 calls, and 1 per environment and per saved configuration, where the Region has Elastic Beanstalk',
    iam: [
      'elasticbeanstalk:DescribeApplications',
      'elasticbeanstalk:DescribeConfigurationSettings',
      'elasticbeanstalk:DescribeEnvironments',
    ],
    list: listConfigurations,
  },
  take: ({ by, imageIds }) => ({ by, keys: imageIds }),
};

async function* listConfigurations({ clients, clock }: ReadBy): AsyncGenerator<Configuration> {
  const client = clients.of(ELASTIC_BEANSTALK);
  const turn = makePace(clock);
  for (const which of [...(await environments(client)), ...(await savedConfigurations(client))]) {
    await turn();
    const imageIds = await imageIdsOf(client, which);
    if (imageIds !== null) yield { by: nameOf(which), imageIds };
  }
}

async function environments(client: PlainClient): Promise<Which[]> {
  const listed = itemsOf(
    {
      operation: 'elasticbeanstalk:DescribeEnvironments',
      Answer: Environments,
      items: (page) => page.Environments,
      token: 'NextToken',
    },
    client,
    (NextToken) =>
      new DescribeEnvironments({
        IncludeDeleted: false,
        MaxRecords: 1000,
        ...(NextToken && { NextToken }),
      }),
  );
  return collect(listed);
}

async function savedConfigurations(client: PlainClient): Promise<Which[]> {
  const question = {
    operation: 'elasticbeanstalk:DescribeApplications',
    Answer: Applications,
  };
  const { Applications: all } = await ask(question, client, new DescribeApplications({}));
  return all.flatMap(({ ApplicationName, ConfigurationTemplates }) =>
    (ConfigurationTemplates ?? []).map((TemplateName) => ({ ApplicationName, TemplateName })),
  );
}

function nameOf(which: Which): string {
  const name = 'EnvironmentName' in which ? which.EnvironmentName : which.TemplateName;
  return `${which.ApplicationName}/${name}`;
}

/** null: deleted since it was listed. */
async function imageIdsOf(client: PlainClient, which: Which): Promise<string[] | null> {
  const question = {
    operation: 'elasticbeanstalk:DescribeConfigurationSettings',
    Answer: Settings,
  };
  try {
    const answer = await ask(question, client, new DescribeConfigurationSettings(which));
    for (const { ApplicationName: application, ...one } of answer.ConfigurationSettings) {
      const name = 'EnvironmentName' in which ? one.EnvironmentName : one.TemplateName;
      checkIsAbout(nameOf(which), `${application}/${name}`, question);
    }
    const options = answer.ConfigurationSettings.flatMap((one) => one.OptionSettings);
    if (options.length === 0)
      throw brokenListing(question.operation, `nothing was said about ${nameOf(which)}`);
    const images = options.filter(
      ({ Namespace, OptionName }) => Namespace === LAUNCHES && OptionName === 'ImageId',
    );
    return amiIdsIn(...images.map(({ Value }) => Value));
  } catch (error) {
    const { code, message } = toAwsFailure(error);
    if (
      code === 'InvalidParameterValue' &&
      /^No (Application|Environment|Configuration Template)/i.test(message)
    )
      return null;
    throw error;
  }
}
