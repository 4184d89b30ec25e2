import { plainService, shape } from '../../../../aws/sessions/plain-service.ts';

/** Elastic Beanstalk: its configurations and its custom platforms are two sources. */
export const ELASTIC_BEANSTALK = plainService({
  prefix: 'elasticbeanstalk',
  speaks: {
    protocol: 'query',
    xmlns: 'http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/',
    version: '2010-12-01',
  },
});

export const DescribeEnvironments = ELASTIC_BEANSTALK.command({
  name: 'DescribeEnvironments',
  takes: { IncludeDeleted: shape.truth, MaxRecords: shape.number, NextToken: shape.text },
});

export const DescribeApplications = ELASTIC_BEANSTALK.command({
  name: 'DescribeApplications',
});

export const DescribeConfigurationSettings = ELASTIC_BEANSTALK.command({
  name: 'DescribeConfigurationSettings',
  takes: {
    ApplicationName: shape.text,
    EnvironmentName: shape.text,
    TemplateName: shape.text,
  },
});

export const ListPlatformVersions = ELASTIC_BEANSTALK.command({
  name: 'ListPlatformVersions',
  takes: {
    Filters: shape.list(
      shape.struct({
        Type: shape.text,
        Operator: shape.text,
        Values: shape.list(shape.text),
      }),
    ),
    NextToken: shape.text,
  },
});

export const DescribePlatformVersion = ELASTIC_BEANSTALK.command({
  name: 'DescribePlatformVersion',
  takes: { PlatformArn: shape.text },
});
