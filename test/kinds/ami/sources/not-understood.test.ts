import type { ReferenceName } from '../../../../kinds/ami/sources/names.ts';
import { amiId } from './served-sources.ts';
import { type Answer, json, namedWhere, result, xml } from './answering.ts';

const AMI = amiId(1);

const BY_JSON: readonly ReferenceName[] = [
  'ssm-parameters',
  'image-builder-recipes',
  'image-builder-container-recipes',
  'image-builder-images',
  'batch-compute-environments',
  'emr-clusters',
  'codebuild-fleets',
  'sagemaker-clusters',
  'pcs-node-groups',
];
const BY_QUERY: readonly ReferenceName[] = [
  'elastic-beanstalk-configurations',
  'elastic-beanstalk-platforms',
  'rds-custom-versions',
];

const STRANGE: Readonly<Record<string, Answer>> = {
  'a login page': { type: 'text/html', body: '<html><body>log in</body></html>' },
  'a page said to be JSON': { body: '<html></html>' },
  nothing: { body: '' },
  'no content': { status: 204, body: '' },
  'an empty object': { body: '{}' },
  null: { body: 'null' },
  'an empty list': { body: '[]' },
  text: { body: '"x"' },
  'a refusal with status 200': { body: '{"__type":"AccessDeniedException","message":"no"}' },
  'a redirect': { status: 302, body: '' },
  'a redirect with an object': { status: 301, body: '{}' },
  'not found, without words': { status: 404, body: '' },
  'a proxy’s refusal': { status: 403, type: 'text/html', body: '<html/>' },
  'not found of the listing': { status: 404, body: '{"__type":"ResourceNotFoundException"}' },
  'not found, as SageMaker says it': { status: 400, body: '{"__type":"ResourceNotFound"}' },
  'not found of a parameter': { status: 400, body: '{"__type":"ParameterNotFound"}' },
  'an object in an object': { body: '{"body":{}}' },
};

describe.each(BY_JSON)('%s: is incomplete, where all that AWS answers is', (name) => {
  it.each(Object.entries(STRANGE))('%s', async (_, answer) => {
    expect((await namedWhere(name, () => answer)).incomplete).toHaveLength(1);
  });
});

const LISTS = ['Environments', 'Applications', 'PlatformSummaryList', 'DBEngineVersions'];
const everyList = (content: string) =>
  LISTS.map((list) => `<${list}>${content}</${list}>`).join('');
const NOT_FOUND =
  '<Code>InvalidParameterValue</Code><Message>No Environment found for EnvironmentName = x.</Message>';
const RENAMED = `<item><ApplicationName>a</ApplicationName><EnvironmentName>e</EnvironmentName><PlatformArn>p</PlatformArn><Engine>e</Engine><EngineVersion>1</EngineVersion><Image><ImageId>${AMI}</ImageId></Image></item>`;

const STRANGE_XML: Readonly<Record<string, (operation: string) => Answer>> = {
  nothing: () => xml(''),
  'a login page': () => xml('<html/>'),
  'a refusal with status 200': () =>
    xml('<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>'),
  'a refusal in the answer': (operation) =>
    xml(`<${operation}Response><Error><Code>AccessDenied</Code></Error></${operation}Response>`),
  'no result': (operation) => xml(`<${operation}Response/>`),
  'no list': (operation) => result(operation, ''),
  'something else than the list': (operation) => result(operation, '<A>1</A>'),
  'lists outside of the result': (operation) =>
    xml(`<${operation}Response>${everyList('')}</${operation}Response>`),
  'not found of the listing': () => ({
    ...xml(`<ErrorResponse><Error><Type>Sender</Type>${NOT_FOUND}</Error></ErrorResponse>`),
    status: 400,
  }),
  'items of another name': (operation) => result(operation, everyList(RENAMED)),
  'text for a list': (operation) => result(operation, everyList('oops')),
};

describe.each(BY_QUERY)('%s: is incomplete, where all that AWS answers is', (name) => {
  it.each(Object.entries(STRANGE_XML))('%s', async (_, answer) => {
    expect((await namedWhere(name, answer)).incomplete).toHaveLength(1);
  });
});

it.each(BY_QUERY)('%s: empty lists are understood', async (name) => {
  const { incomplete } = await namedWhere(name, (operation) => result(operation, everyList('')));
  expect(incomplete).toEqual([]);
});

describe('parameters of Systems Manager', () => {
  const LISTED = { Name: '/a', Type: 'String', DataType: 'aws:ec2:image', Version: 3 };
  const NOW = { Name: '/a', Value: AMI, Version: 3 };
  const named = async (now: object, history: readonly object[]) =>
    namedWhere('ssm-parameters', (operation) => {
      if (operation === 'DescribeParameters') return json({ Parameters: [LISTED] });
      return json({ Parameters: operation === 'GetParameters' ? [now] : history });
    });

  it.each([
    ['without the versions that there are', []],
    ['without the version that was just seen', [{ ...NOW, Value: amiId(2), Version: 2 }]],
    ['with the versions of another parameter', [{ ...NOW, Name: '/b' }]],
  ])('are incomplete %s', async (_, history) => {
    expect((await named(NOW, history)).incomplete).toHaveLength(1);
  });

  it('are incomplete without a value', async () => {
    expect((await named({ Name: '/a', Version: 3 }, [NOW])).incomplete).toHaveLength(1);
    expect((await named(NOW, [NOW, { Name: '/a', Version: 2 }])).incomplete).toHaveLength(1);
  });

  it('are understood with all that was seen', async () => {
    expect(await named(NOW, [NOW])).toEqual({ names: [AMI], incomplete: [] });
  });
});

describe('settings of an environment that was just listed', () => {
  const SETTING =
    '<member><Namespace>aws:autoscaling:launchconfiguration</Namespace>' +
    `<OptionName>ImageId</OptionName><Value>${AMI}</Value></member>`;
  const described = async (content: string) =>
    namedWhere('elastic-beanstalk-configurations', (operation) => {
      if (operation === 'DescribeApplications') return result(operation, '<Applications/>');
      const environment =
        '<member><ApplicationName>a</ApplicationName><EnvironmentName>e</EnvironmentName></member>';
      return result(
        operation,
        operation === 'DescribeEnvironments'
          ? `<Environments>${environment}</Environments>`
          : `<ConfigurationSettings>${content}</ConfigurationSettings>`,
      );
    });
  const of = (name: string, settings: string) =>
    `<member><ApplicationName>a</ApplicationName><EnvironmentName>${name}</EnvironmentName>${settings}</member>`;

  it.each([
    ['none', ''],
    ['no settings', of('e', '')],
    ['empty settings', of('e', '<OptionSettings/>')],
    ['settings of another name', of('e', '<OptionSettings><item/></OptionSettings>')],
    ['sets of another name', '<item/>'],
    ['those of another environment', of('f', `<OptionSettings>${SETTING}</OptionSettings>`)],
  ])('are incomplete, where the answer has %s', async (_, content) => {
    expect((await described(content)).incomplete).toHaveLength(1);
  });

  it('are understood where they are there', async () => {
    const answer = await described(of('e', `<OptionSettings>${SETTING}</OptionSettings>`));
    expect(answer).toEqual({ names: [AMI], incomplete: [] });
  });
});

type Details = readonly [ReferenceName, Readonly<Record<string, unknown>>];
const DETAILS: Readonly<Record<string, Details>> = {
  'a cluster of EMR without its id': [
    'emr-clusters',
    {
      ListClusters: { Clusters: [{ Id: 'j-1' }] },
      DescribeCluster: { Cluster: {} },
      ListInstanceGroups: { InstanceGroups: [{}] },
    },
  ],
  'another cluster of EMR': [
    'emr-clusters',
    {
      ListClusters: { Clusters: [{ Id: 'j-1' }] },
      DescribeCluster: { Cluster: { Id: 'j-2' } },
      ListInstanceGroups: { InstanceGroups: [{}] },
    },
  ],
  'another cluster of HyperPod': [
    'sagemaker-clusters',
    {
      ListClusters: { ClusterSummaries: [{ ClusterArn: 'c' }] },
      DescribeCluster: { ClusterArn: 'other', InstanceGroups: [] },
    },
  ],
  'a cluster of HyperPod without groups': [
    'sagemaker-clusters',
    {
      ListClusters: { ClusterSummaries: [{ ClusterArn: 'c' }] },
      DescribeCluster: { ClusterArn: 'c' },
    },
  ],
  'another node group of PCS': [
    'pcs-node-groups',
    {
      ListClusters: { clusters: [{ id: 'c' }] },
      ListComputeNodeGroups: { computeNodeGroups: [{ id: 'n' }] },
      GetComputeNodeGroup: { computeNodeGroup: { arn: 'other', id: 'o' } },
    },
  ],
  'other fleets of CodeBuild': [
    'codebuild-fleets',
    { ListFleets: { fleets: ['a'] }, BatchGetFleets: { fleets: [{ arn: 'b' }] } },
  ],
};

it.each(Object.entries(DETAILS))(
  '%s, where one was asked for that was just listed: incomplete',
  async (_, [name, answers]) => {
    const { incomplete } = await namedWhere(name, (operation) => json(answers[operation]));
    expect(incomplete).toHaveLength(1);
  },
);

it('HyperPod: restricted groups are groups', async () => {
  const groups = [{ InstanceGroupName: 'r', CurrentImageId: AMI }];
  const answer = await namedWhere('sagemaker-clusters', (operation) =>
    operation === 'ListClusters'
      ? json({ ClusterSummaries: [{ ClusterArn: 'c' }] })
      : json({ ClusterArn: 'c', RestrictedInstanceGroups: groups }),
  );
  expect(answer).toEqual({ names: [AMI], incomplete: [] });
});

it('another platform of Elastic Beanstalk than was asked for: incomplete', async () => {
  const { incomplete } = await namedWhere('elastic-beanstalk-platforms', (operation) =>
    operation === 'ListPlatformVersions'
      ? result(
          operation,
          '<PlatformSummaryList><member><PlatformArn>p</PlatformArn></member></PlatformSummaryList>',
        )
      : result(
          operation,
          '<PlatformDescription><PlatformArn>q</PlatformArn></PlatformDescription>',
        ),
  );
  expect(incomplete).toHaveLength(1);
});

describe('a token in another spelling doesn’t end a listing', () => {
  it.each(['NextToken', 'Marker', 'nextPageToken'])('%s of JSON', async (token) => {
    const more = json({ computeEnvironments: [], [token]: 'more' });
    expect((await namedWhere('batch-compute-environments', () => more)).incomplete).toEqual([
      `batch:DescribeComputeEnvironments: an answer came with ${token}, so there may be more`,
    ]);
  });

  it.each(['NextToken', 'marker'])('%s of XML', async (token) => {
    const { incomplete } = await namedWhere('rds-custom-versions', (operation) =>
      result(operation, `<DBEngineVersions/><${token}>more</${token}>`),
    );
    expect(incomplete).toHaveLength(1);
  });

  it('of what has no pages as far as anybody knows', async () => {
    const { incomplete } = await namedWhere('elastic-beanstalk-configurations', (operation) =>
      operation === 'DescribeEnvironments'
        ? result(operation, '<Environments/>')
        : result(operation, '<Applications/><NextToken>more</NextToken>'),
    );
    expect(incomplete).toEqual([
      'elasticbeanstalk:DescribeApplications: an answer came with NextToken, so there may be more',
    ]);
  });
});

it('a listing that goes in circles is incomplete', async () => {
  const same = json({ computeEnvironments: [], nextToken: 'same' });
  expect((await namedWhere('batch-compute-environments', () => same)).incomplete).toHaveLength(1);
});

describe('what always names an AMI, and comes without: incomplete', () => {
  const instance = (content: string) =>
    `<reservationSet><item><instancesSet><item>${content}</item></instancesSet></item></reservationSet>`;
  const running = '<instanceState><name>running</name></instanceState>';
  const image = `<imageId>${AMI}</imageId>`;

  it.each<[ReferenceName, (image: string) => string]>([
    ['instances', (of) => instance(`<instanceId>i-1</instanceId>${running}${of}`)],
    [
      'image-exports',
      (of) =>
        `<exportImageTaskSet><item><exportImageTaskId>e</exportImageTaskId><status>active</status>${of}</item></exportImageTaskSet>`,
    ],
    [
      'spot-requests',
      (of) =>
        `<spotInstanceRequestSet><item><spotInstanceRequestId>sir-1</spotInstanceRequestId><state>open</state><launchSpecification>${of}</launchSpecification></item></spotInstanceRequestSet>`,
    ],
  ])('%s', async (name, content) => {
    const answered = async (of: string) =>
      namedWhere(name, (operation) =>
        xml(`<${operation}Response>${content(of)}</${operation}Response>`),
      );
    expect(await answered(image)).toEqual({ names: [AMI], incomplete: [] });
    for (const renamed of ['', image.replaceAll('imageId', 'imageIdentifier')]) {
      const { names, incomplete } = await answered(renamed);
      expect([names, incomplete]).toEqual([[], [expect.stringContaining('without its AMI')]]);
    }
  });

  it('instances of a reservation under another name', async () => {
    const listed = instance(`<instanceId>i-1</instanceId>${running}${image}`);
    const renamed = listed.replaceAll('instancesSet', 'instanceList');
    const answer = (operation: string) =>
      xml(`<${operation}Response>${renamed}</${operation}Response>`);
    expect((await namedWhere('instances', answer)).incomplete).toHaveLength(1);
  });
});
