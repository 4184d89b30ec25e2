import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import { ServiceError } from '../../services/call/service.ts';
import { enterEstate } from '../../services/dispatch/regional.ts';
import { makeQueryEndpoint } from '../../services/protocols/query-endpoint.ts';
import type { QueryParameters } from '../../services/protocols/query-protocol.ts';
import { element, wrap } from '../../services/protocols/xml.ts';
import { pageOf } from './page.ts';
import { AMI_USERS } from './state.ts';

type Operation = (estate: SimEstate, parameters: QueryParameters) => string;

const INVALID = 'InvalidParameterValue';
const LAUNCHES = 'aws:autoscaling:launchconfiguration';

/** Elastic Beanstalk, as far as it names AMIs. */
export function makeElasticBeanstalk(organization: SimOrganization): Endpoint {
  return makeService(organization, {
    name: 'elasticbeanstalk',
    xmlns: 'http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/',
    operations: {
      DescribeApplications: (estate) => wrap('Applications', applications(estate)),
      DescribeConfigurationSettings: describeConfigurationSettings,
      DescribeEnvironments: describeEnvironments,
      DescribePlatformVersion: describePlatformVersion,
      ListPlatformVersions: listPlatformVersions,
    },
  });
}

/** RDS's DescribeDBEngineVersions. */
export function makeRds(organization: SimOrganization): Endpoint {
  return makeService(organization, {
    name: 'rds',
    xmlns: 'http://rds.amazonaws.com/doc/2014-10-31/',
    operations: { DescribeDBEngineVersions: describeEngineVersions },
  });
}

function makeService(
  organization: SimOrganization,
  {
    name,
    xmlns,
    operations,
  }: { name: string; xmlns: string; operations: Readonly<Record<string, Operation>> },
): Endpoint {
  return makeQueryEndpoint({
    name,
    xmlns,
    answer: ({ operation, parameters, request }) => {
      const perform = operations[operation];
      if (perform === undefined)
        throw new ServiceError('InvalidAction', `Could not find operation ${operation}`);
      return perform(enterEstate({ service: name, operation }, request, organization), parameters);
    },
  });
}

function applications(estate: SimEstate): string {
  const { beanstalkEnvironments, beanstalkTemplates } = AMI_USERS.of(estate);
  const names = new Set(
    [...beanstalkEnvironments, ...beanstalkTemplates].map(({ application }) => application),
  );
  return members([...names], (application) => {
    const saved = beanstalkTemplates.filter((one) => one.application === application);
    const templates = saved.map(({ name }) => element('member', name)).join('');
    return element('ApplicationName', application) + wrap('ConfigurationTemplates', templates);
  });
}

function describeEnvironments(estate: SimEstate, parameters: QueryParameters): string {
  const { items, nextToken } = pageOf(estate, AMI_USERS.of(estate).beanstalkEnvironments, {
    ...{ listing: 'environments', size: Number(parameters.get('MaxRecords') ?? 1000) },
    ...{ token: parameters.get('NextToken'), invalid: INVALID },
  });
  const described = members(
    items,
    ({ application, name }) =>
      element('EnvironmentName', name) + element('ApplicationName', application),
  );
  return wrap('Environments', described) + element('NextToken', nextToken);
}

function describeConfigurationSettings(estate: SimEstate, parameters: QueryParameters): string {
  const { beanstalkEnvironments, beanstalkTemplates } = AMI_USERS.of(estate);
  const application = parameters.require('ApplicationName');
  const environment = parameters.get('EnvironmentName');
  const name = environment ?? parameters.require('TemplateName');
  const all = environment === undefined ? beanstalkTemplates : beanstalkEnvironments;
  const found = all.find((one) => one.application === application && one.name === name);
  if (found === undefined) {
    const words =
      environment === undefined
        ? `No Configuration Template named '${application}/${name}' found.`
        : `No Environment found for EnvironmentName = '${name}'.`;
    throw new ServiceError(INVALID, words);
  }
  const options = members(
    [
      [LAUNCHES, 'InstanceType', 't3.micro'],
      [LAUNCHES, 'ImageId', found.imageId],
    ],
    ([space, option, value]) =>
      element('Namespace', space) + element('OptionName', option) + element('Value', value),
  );
  const described =
    element('ApplicationName', application) +
    element(environment === undefined ? 'TemplateName' : 'EnvironmentName', name) +
    wrap('OptionSettings', options);
  return wrap('ConfigurationSettings', wrap('member', described));
}

function listPlatformVersions(estate: SimEstate, parameters: QueryParameters): string {
  const own = parameters.get('Filters.member.1.Values.member.1') === 'self';
  const { items, nextToken } = pageOf(estate, own ? AMI_USERS.of(estate).beanstalkPlatforms : [], {
    ...{ listing: 'platforms', size: Number(parameters.get('MaxRecords') ?? 100) },
    ...{ token: parameters.get('NextToken'), invalid: INVALID },
  });
  const described = members(items, ({ name }) => element('PlatformArn', platformArn(estate, name)));
  return wrap('PlatformSummaryList', described) + element('NextToken', nextToken);
}

function describePlatformVersion(estate: SimEstate, parameters: QueryParameters): string {
  const arn = parameters.require('PlatformArn');
  const platform = AMI_USERS.of(estate).beanstalkPlatforms.find(
    ({ name }) => platformArn(estate, name) === arn,
  );
  if (platform === undefined) throw new ServiceError(INVALID, `No Platform named '${arn}' found.`);
  const images = members(
    platform.imageIds,
    (imageId) => element('VirtualizationType', 'hvm') + element('ImageId', imageId),
  );
  return wrap('PlatformDescription', element('PlatformArn', arn) + wrap('CustomAmiList', images));
}

function describeEngineVersions(estate: SimEstate, parameters: QueryParameters): string {
  const size = Number(parameters.get('MaxRecords') ?? 100);
  if (!(size >= 20 && size <= 100)) throw new ServiceError(INVALID, 'Invalid value for MaxRecords');
  const engine = parameters.get('Engine');
  const all = AMI_USERS.of(estate).engineVersions.filter((one) =>
    engine === undefined ? one.isListed !== false : one.engine === engine,
  );
  if (engine !== undefined && all.length === 0)
    throw new ServiceError(INVALID, `Unrecognized engine name: ${engine}`);
  const { items, nextToken } = pageOf(estate, all, {
    ...{
      listing: `engine versions ${engine}`,
      size,
      token: parameters.get('Marker'),
      invalid: INVALID,
    },
  });
  const versions = items.map(({ engine, version, imageId }) =>
    wrap(
      'DBEngineVersion',
      element('Engine', engine) +
        element('EngineVersion', version) +
        (imageId === undefined ? '' : wrap('Image', element('ImageId', imageId))),
    ),
  );
  return wrap('DBEngineVersions', versions.join('')) + element('Marker', nextToken);
}

function platformArn({ region, accountId }: SimEstate, name: string): string {
  return `arn:aws:elasticbeanstalk:${region}:${accountId}:platform/${name}/1.0.0`;
}

function members<T>(all: readonly T[], describe: (one: T) => string): string {
  return all.map((one) => wrap('member', describe(one))).join('');
}
