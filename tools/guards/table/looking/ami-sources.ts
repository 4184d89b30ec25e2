import type { Guard } from '../../guard.ts';

const SOURCES = 'ami/sources/sources';
const LAUNCHES = ['ami/sources/launches'];
const SERVICES = ['ami/sources/services'];
const ANSWERS = ['ami/sources/not-understood'];

/** A place that isn't looked at: an AMI that only it names would be unused. */
function place(name: string, constant: string, keeps: string): Guard {
  return {
    name: `ami-named-by-${name}`,
    promise: 1,
    keeps: `an AMI is unused that ${keeps}`,
    in: 'ami/sources/registry.ts#SOURCES',
    find: `${constant},`,
    replace: '',
    tests: [SOURCES],
    title: `${name}: names an AMI`,
  };
}

function ofLaunches(guard: Omit<Guard, 'promise' | 'tests'>): Guard {
  return { promise: 1, tests: LAUNCHES, ...guard };
}

function ofServices(guard: Omit<Guard, 'promise' | 'tests'>): Guard {
  return { promise: 1, tests: SERVICES, ...guard };
}

/** An answer that nobody understands is no empty one. */
function ofAnswers(guard: Omit<Guard, 'promise' | 'tests'>): Guard {
  return { promise: 1, tests: ANSWERS, ...guard };
}

/** The places that may name an AMI, each of them, and what is easily missed in them. */
export const AMI_SOURCES: readonly Guard[] = [
  place('instances', 'instances', 'an instance was launched from'),
  place('launch-templates', 'launchTemplates', 'a version of a launch template names'),
  place(
    'launch-template-parameters',
    'launchTemplateParameters',
    "a launch template names by another account's parameter",
  ),
  place('launch-configurations', 'launchConfigurations', 'a launch configuration names'),
  place('auto-scaling-groups', 'autoScalingGroups', 'an override of an Auto Scaling group names'),
  place('instance-refreshes', 'instanceRefreshes', 'an instance refresh is to bring'),
  place('spot-fleets', 'spotFleets', 'a Spot fleet names'),
  place('ec2-fleets', 'ec2Fleets', 'an EC2 fleet names'),
  place('spot-requests', 'spotRequests', 'a Spot request names'),
  place('fast-launch-images', 'fastLaunchImages', 'somebody pays fast launch for'),
  place('image-exports', 'imageExports', 'is being exported'),
  place('image-stores', 'imageStores', 'is being stored'),
  place('ssm-parameters', 'ssmParameters', 'a parameter of Systems Manager names'),
  place('image-builder-recipes', 'imageBuilderRecipes', 'a recipe of Image Builder names'),
  place(
    'image-builder-container-recipes',
    'imageBuilderContainerRecipes',
    'a container recipe of Image Builder names',
  ),
  place('image-builder-images', 'imageBuilderImages', 'is an image of Image Builder'),
  place('batch-compute-environments', 'batchComputeEnvironments', 'AWS Batch names'),
  place(
    'elastic-beanstalk-configurations',
    'elasticBeanstalkConfigurations',
    'a configuration of Elastic Beanstalk names',
  ),
  place(
    'elastic-beanstalk-platforms',
    'elasticBeanstalkPlatforms',
    'a platform of Elastic Beanstalk names',
  ),
  place('emr-clusters', 'emrClusters', 'a cluster of EMR names'),
  place('codebuild-fleets', 'codebuildFleets', 'a fleet of CodeBuild names'),
  place('sagemaker-clusters', 'sagemakerClusters', 'a cluster of HyperPod names'),
  place('pcs-node-groups', 'pcsNodeGroups', 'a node group of PCS names'),
  place('rds-custom-versions', 'rdsCustomVersions', 'a version of RDS Custom names'),
  ofLaunches({
    name: 'ami-parameter-of-another-account-hidden',
    keeps: "another account's parameter that isn't seen from here names nothing",
    in: 'launch-template-parameters.ts#resolve',
    find: "code === NO_PARAMETER && !parameter.startsWith('arn:')",
    replace: 'code === NO_PARAMETER',
  }),
  ofLaunches({
    name: 'ami-parameter-denied',
    keeps: 'a parameter that the role may not read names nothing',
    in: 'launch-template-parameters.ts#resolve',
    find: 'throw error;',
    replace: 'return null;',
  }),
  ofLaunches({
    name: 'ami-parameter-of-a-version-gone',
    keeps: 'a parameter is not resolved, because the version that was asked is gone',
    in: 'launch-template-parameters.ts#listResolved',
    find: "if (answer === 'GONE') continue;",
    replace: '',
  }),
  ofLaunches({
    name: 'ami-resolved-by-ec2',
    keeps: 'a launch template names a parameter, and not the AMI that a launch takes',
    in: 'launch-template-parameters.ts#resolve',
    find: 'ResolveAlias: true,',
    replace: '',
  }),
  ofLaunches({
    name: 'ami-template-denied',
    keeps: 'a launch template whose versions are denied is taken for one that is gone',
    in: 'launch-template-versions.ts#allVersions',
    find: "if (toAwsFailure(error).code !== 'InvalidLaunchTemplateId.NotFound') throw error;",
    replace: 'toAwsFailure(error);',
  }),
  ofLaunches({
    name: 'ami-unknown-state-is-not-over',
    keeps: 'a fleet in a state that is new names nothing',
    in: 'spotFleets',
    find: "OVER.has(SpotFleetRequestState ?? '')",
    replace: "SpotFleetRequestState !== 'active'",
  }),
  ofServices({
    name: 'ami-older-parameter-versions',
    keeps: 'an AMI is unused that an older version of a parameter names',
    in: 'ssm-parameters.ts#listNamingVersions',
    find: 'Math.max(parameter.Version ?? Infinity, now.version) > 1',
    replace: 'false',
  }),
  ofServices({
    name: 'ami-older-versions-of-text',
    keeps: 'an AMI is unused that an older version of a text names',
    in: 'ssm-parameters.ts#listNamingVersions',
    find: 'parameter.DataType === IMAGE || now.imageIds.length > 0',
    replace: 'parameter.DataType === IMAGE',
  }),
  {
    name: 'secrets-are-not-read',
    promise: 6,
    keeps: 'values of secure strings are asked for',
    in: 'ssm-parameters.ts#listParameters',
    find: 'if (parameter.Type !== SECRET) yield parameter;',
    replace: 'yield parameter;',
    tests: SERVICES,
  },
  ofServices({
    name: 'ami-saved-configurations',
    keeps: 'an AMI is unused that a saved configuration of Elastic Beanstalk names',
    in: 'elastic-beanstalk-configurations.ts#listConfigurations',
    find: ', ...(await savedConfigurations(client))',
    replace: '',
  }),
  {
    name: 'plain-answer-without-its-list',
    promise: 1,
    keeps: 'an answer without its list is read as an empty one',
    in: 'services/ask.ts#ask',
    find: 'if (parsed.success) return parsed.data;',
    replace: 'if (parsed.success || true) return (parsed.data ?? []) as A;',
    tests: ['ami/sources/ask'],
  },
  {
    name: 'plain-pages-in-circles',
    promise: 1,
    keeps: 'a listing of a service that goes in circles is read as ended',
    in: 'services/ask.ts#itemsOf',
    find: 'yield* itemsOfPages(question.operation, pages(), question.items, tokenOf);',
    replace: 'for await (const page of pages()) { yield* question.items(page); break; }',
    tests: LAUNCHES,
    title: 'circles',
  },
  ofAnswers({
    name: 'plain-token-in-another-spelling',
    keeps: 'a listing ends, as its token has another name than expected',
    in: 'services/ask.ts#ask',
    find: 'LIKE_A_TOKEN.test(name)',
    replace: 'false',
  }),
  ofAnswers({
    name: 'plain-answer-about-another',
    keeps: 'an answer about something else is read as one about what was asked for',
    in: 'services/ask.ts#checkIsAbout',
    find: 'told !== asked',
    replace: 'false',
  }),
  ofAnswers({
    name: 'xml-list-of-other-items',
    keeps: 'a list whose items have another name is read as an empty one',
    in: 'services/xml-list.ts#toItems',
    find: 'items?.[0] !== itemName || others.length > 0) return element;',
    replace: 'items?.[0] !== itemName || others.length > 0) return [];',
  }),
  ofAnswers({
    name: 'ami-parameter-seen-and-lost',
    keeps: 'a parameter names nothing, as its history came without the version just seen',
    in: 'ssm-parameters.ts#allVersions',
    find: 'if (!hasNow)',
    replace: 'if (false)',
  }),
  ofAnswers({
    name: 'ami-environment-without-settings',
    keeps: 'an environment just listed names nothing, as its settings came empty',
    in: 'elastic-beanstalk-configurations.ts#imageIdsOf',
    find: 'options.length === 0',
    replace: 'false',
  }),
  ofAnswers({
    name: 'ami-of-an-instance-not-told',
    keeps: 'an instance names nothing, as its answer came without its AMI',
    in: 'readSource',
    find: 'source.namesAlways === true && referrer.keys.length === 0',
    replace: 'false',
    title: 'comes without',
  }),
  ofAnswers({
    name: 'reservation-without-instances',
    keeps: 'a reservation has no instances, as its answer came without their list',
    in: 'listInstances',
    find: "throw brokenListing(OPERATION, 'a reservation came without its instances');",
    replace: 'continue;',
    title: 'of a reservation under another name',
  }),
  ofServices({
    name: 'ami-custom-engines-by-name',
    keeps: 'a version of RDS Custom is missed that is not among all versions',
    in: 'services/rds.ts#listEngineVersions',
    find: 'of CUSTOM_ENGINES',
    replace: 'of [] as string[]',
  }),
];
