import { PARAMETERS } from '../../../../simulation/model/launching.ts';
import { amiId, serveSources } from './served-sources.ts';

const [AMI, OTHER] = [amiId(1), amiId(2)] as const;

let served: Awaited<ReturnType<typeof serveSources>>;
beforeEach(async () => {
  served = await serveSources();
});
afterEach(async () => served.close());

describe('parameters of Systems Manager', () => {
  const named = async () => served.named('ssm-parameters');

  it('are read in tens, after fifties of names, and one version costs nothing more', async () => {
    for (let index = 0; index < 120; index += 1)
      served.putParameter({ name: `/p/${index}`, versions: [{ value: amiId(index) }] });
    const { count, calls } = await named();
    expect(count).toBe(120);
    expect(calls).toEqual({ 'ssm:DescribeParameters': 3, 'ssm:GetParameters': 12 });
  });

  it('of a secure string nothing is read, not even encrypted', async () => {
    served.putParameter({ name: '/secret', type: 'SecureString', versions: [{ value: AMI }] });
    const { usedBy, count, calls } = await named();
    expect({ usedBy, count }).toEqual({ usedBy: {}, count: 0 });
    expect(calls).toEqual({ 'ssm:DescribeParameters': 1 });
  });

  it('what is a secure string by the time it is listed is left out too', async () => {
    let asked = 0;
    PARAMETERS.of(served.estate).set('/made-secret', {
      ...{ name: '/made-secret', dataType: 'text', versions: [{ value: AMI }] },
      get type() {
        asked += 1;
        return asked === 1 ? 'String' : 'SecureString';
      },
    });
    const { count, calls } = await named();
    expect({ count, calls }).toEqual({ count: 0, calls: { 'ssm:DescribeParameters': 1 } });
  });

  it('name an AMI in whatever text they hold', async () => {
    served.putParameter({
      ...{ name: '/config', dataType: 'text' },
      versions: [{ value: `{"image":"${AMI}","not":"ami-0123","nor":"my-${'ami'}-list"}` }],
    });
    served.putParameter({ name: '/list', type: 'StringList', versions: [{ value: `x,${OTHER}` }] });
    expect((await named()).usedBy).toEqual({ [AMI]: ['/config:1'], [OTHER]: ['/list:1'] });
  });

  it('have older versions read where they are for AMIs or name one, and nowhere else', async () => {
    const versions = [{ value: AMI }, { value: 'none any more' }];
    served.putParameter({ name: '/image', versions });
    served.putParameter({ name: '/text', dataType: 'text', versions });
    served.putParameter({
      ...{ name: '/text-that-names-one', dataType: 'text' },
      versions: [{ value: AMI }, { value: OTHER }],
    });
    const { usedBy, calls } = await named();
    expect(usedBy[AMI]).toEqual(['/image:1', '/text-that-names-one:1']);
    expect(calls['ssm:GetParameterHistory']).toBe(2);
  });

  it('have all versions read, page by page', async () => {
    const versions = Array.from({ length: 100 }, (_, index) => ({ value: amiId(index) }));
    served.putParameter({ name: '/golden', versions });
    const { usedBy, calls } = await named();
    expect(Object.keys(usedBy)).toHaveLength(100);
    expect(calls['ssm:GetParameterHistory']).toBe(2);
  });

  it.each(['GetParameters', 'GetParameterHistory'])(
    'that are gone when %s is asked name nothing',
    async (before) => {
      served.putParameter({ name: '/golden', versions: [{ value: AMI }, { value: OTHER }] });
      served.simulation.onBeforeCall = ({ operation }) => {
        if (operation === before) served.removeParameter('/golden');
      };
      const { usedBy, incomplete } = await named();
      expect({ usedBy, incomplete }).toEqual({ usedBy: {}, incomplete: [] });
    },
  );
});

describe('EMR', () => {
  it('tells the AMIs of a cluster and of its groups', async () => {
    served.users.emrClusters.push({
      ...{ id: 'j-1', name: 'nightly', state: 'RUNNING', customAmiId: AMI },
      groupAmiIds: [AMI, OTHER],
    });
    expect((await served.named('emr-clusters')).usedBy).toEqual({
      [AMI]: ['j-1 (nightly)'],
      [OTHER]: ['j-1 (nightly)'],
    });
  });
});

describe('Elastic Beanstalk', () => {
  it('tells the AMIs of environments and of saved configurations', async () => {
    const { beanstalkEnvironments, beanstalkTemplates } = served.users;
    beanstalkEnvironments.push({ application: 'shop', name: 'live', imageId: AMI });
    beanstalkTemplates.push({ application: 'shop', name: 'saved', imageId: OTHER });
    expect((await served.named('elastic-beanstalk-configurations')).usedBy).toEqual({
      [AMI]: ['shop/live'],
      [OTHER]: ['shop/saved'],
    });
  });

  it('passes over an environment that is gone since it was listed', async () => {
    const { beanstalkEnvironments } = served.users;
    beanstalkEnvironments.push({ application: 'shop', name: 'going', imageId: AMI });
    beanstalkEnvironments.push({ application: 'shop', name: 'live', imageId: OTHER });
    served.simulation.onBeforeCall = ({ operation }) => {
      if (operation === 'DescribeConfigurationSettings' && beanstalkEnvironments.length === 2)
        beanstalkEnvironments.shift();
    };
    const { usedBy, incomplete } = await served.named('elastic-beanstalk-configurations');
    expect({ usedBy, incomplete }).toEqual({
      usedBy: { [OTHER]: ['shop/live'] },
      incomplete: [],
    });
  });
});

it('PCS and HyperPod: what is gone since it was listed is passed over', async () => {
  const { pcsClusters, sagemakerClusters } = served.users;
  pcsClusters.push({ id: 'pcs_1', nodeGroups: [{ id: 'g', amiId: AMI }] });
  sagemakerClusters.push({ name: 'training', currentImageId: AMI });
  served.simulation.onBeforeCall = ({ operation }) => {
    if (operation === 'ListComputeNodeGroups') pcsClusters.length = 0;
    if (operation === 'DescribeCluster') sagemakerClusters.length = 0;
  };
  for (const name of ['pcs-node-groups', 'sagemaker-clusters'] as const) {
    const { usedBy, incomplete } = await served.named(name);
    expect({ usedBy, incomplete }).toEqual({ usedBy: {}, incomplete: [] });
  }
});

it('RDS Custom: its engines are asked for by name, as they may be missing among all', async () => {
  served.users.engineVersions.push(
    { engine: 'custom-sqlserver-se', version: '16.cev', imageId: AMI, isListed: false },
    { engine: 'custom-oracle-ee', version: '19.cev', imageId: OTHER },
  );
  const { usedBy, incomplete, calls } = await served.named('rds-custom-versions');
  expect({ usedBy, incomplete }).toEqual({
    usedBy: { [AMI]: ['custom-sqlserver-se 16.cev'], [OTHER]: ['custom-oracle-ee 19.cev'] },
    incomplete: [],
  });
  expect(calls).toEqual({ 'rds:DescribeDBEngineVersions': 9 });
});

it('RDS Custom: refused for an engine otherwise than as unknown it is incomplete', async () => {
  served.simulation.onBeforeCall = ({ operation }) => {
    if (operation === 'DescribeDBEngineVersions')
      served.simulation.setFaults([{ operation, answer: 'deny' }]);
  };
  expect((await served.named('rds-custom-versions')).incomplete).toHaveLength(1);
});

it('CodeBuild: a fleet that is gone since it was listed is passed over', async () => {
  served.users.codebuildFleets.push({ name: 'arm', imageId: AMI });
  served.simulation.onBeforeCall = ({ operation }) => {
    if (operation === 'BatchGetFleets') served.users.codebuildFleets.length = 0;
  };
  expect((await served.named('codebuild-fleets')).incomplete).toEqual([]);
});

it('Image Builder: each build of each version of an image, all pages of them', async () => {
  for (let index = 0; index < 30; index += 1)
    served.users.builtImages.push({
      ...{
        name: `image-${index}`,
        type: 'AMI',
        builds: [[amiId(2 * index)], [amiId(2 * index + 1)]],
      },
    });
  const { usedBy, calls } = await served.named('image-builder-images');
  expect(Object.keys(usedBy)).toHaveLength(60);
  expect(calls).toEqual({
    'imagebuilder:ListImages': 2,
    'imagebuilder:ListImageBuildVersions': 30,
  });
});

it('what names an image otherwise than by an id names no AMI here', async () => {
  served.users.recipes.push(
    { name: 'by-arn', parentImage: 'arn:aws:imagebuilder:eu-west-1:aws:image/al2023/x.x.x' },
    { name: 'by-parameter', parentImage: 'ssm:/golden/web' },
  );
  const { usedBy, count } = await served.named('image-builder-recipes');
  expect({ usedBy, count }).toEqual({ usedBy: {}, count: 2 });
});
