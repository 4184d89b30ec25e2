import type { Guard } from '../../guard.ts';

const ASSESS = ['ami-assess'];
const DISCOVER = ['looking/amis'];

function line(name: string, keeps: string, find: string, within: string): Guard {
  return {
    ...{ name: `ami-${name}`, promise: 1, keeps: `an AMI is stale ${keeps}` },
    ...{ in: `ami/assess.ts#${within}`, find, replace: '', tests: ASSESS },
  };
}
const needed = (name: string, keeps: string, find: string) =>
  line(name, keeps, find, 'stillNeeded');
const said = (name: string, keeps: string, find: string) => line(name, keeps, find, 'ownersSay');
const judged = (name: string, keeps: string, find: string) => line(name, keeps, find, 'assess');

/** What keeps an AMI, and what has to be known before one is unused. */
export const AMI: readonly Guard[] = [
  judged('named', 'that something would launch', '...namedBy(ami),'),
  needed(
    'not-ready',
    'that is still being made',
    "...(state === 'available' || state === 'disabled' ? [] : ['NOT_READY']),",
  ),
  needed(
    'launched-lately',
    'that somebody launched lately',
    "...(unusedDays !== null && unusedDays < minUnusedDays ? ['LAUNCHED_LATELY'] : []),",
  ),
  needed(
    'newest-of-family',
    'that is the newest build of its purpose',
    "...(isNewest ? ['NEWEST_OF_FAMILY'] : []),",
  ),
  said(
    'shared',
    'that others may launch',
    "...(ami.isPublic || (sharedWith ?? []).length > 0 ? ['SHARED'] : []),",
  ),
  said(
    'public-parameter',
    'that a public parameter is about',
    "...(ami.publicSsmParameter === null ? [] : ['PUBLIC_SSM_PARAMETER']),",
  ),
  said(
    'locked',
    'that its owner protects from being deregistered',
    "...(protection === null || protection === 'disabled' ? [] : ['LOCKED']),",
  ),
  said(
    'product-code',
    'that is sold, or was bought',
    "...(ami.productCodes.length > 0 ? ['HAS_PRODUCT_CODE'] : []),",
  ),
  said(
    'of-backup',
    'that AWS Backup has in a vault',
    "...(isOfBackup ? ['MANAGED_BY_AWS_BACKUP'] : []),",
  ),
  said(
    'kernel',
    'that other AMIs boot with',
    "...(isSaid(ami, ami.imageType, 'machine') ? [] : ['NO_MACHINE_IMAGE']),",
  ),
  said(
    'in-s3',
    'that no Recycle Bin would keep',
    "...(isSaid(ami, ami.rootDeviceType, 'ebs') ? [] : ['INSTANCE_STORE']),",
  ),
  judged(
    'tags-of-need',
    'that carries the tag of a service or a product',
    '...readTags(KIND, ami.tags).needs.map(({ reason }) => reason),',
  ),
  judged(
    'young',
    'that is younger than the policy asks for',
    "...((ageDaysAt(ami.createdAt, now) ?? Infinity) < policy.minAgeDays ? ['TOO_YOUNG'] : []),",
  ),
  judged(
    'protected-by-tag',
    'that a tag protects',
    "...(isProtectedByTag(ami.tags, policy.protectTags, now) ? ['PROTECTED_BY_TAG'] : []),",
  ),
  judged(
    'references-incomplete',
    'although something that could name it was not listed to its end',
    "...(ami.incompleteReferences.length > 0 ? ['REFERENCES_INCOMPLETE'] : []),",
  ),
  judged(
    'age-unknown',
    'of which nobody knows when it was made',
    "...(ami.createdAt === null ? ['AGE_UNKNOWN'] : []),",
  ),
  judged(
    'launches-unknown',
    'from before AWS recorded launches',
    "...(isFailed(ami) || areLaunchesKnown(ami) ? [] : ['LAUNCHES_UNKNOWN']),",
  ),
  {
    ...{ name: 'ami-attributes-failed', promise: 1 },
    keeps: 'an AMI is stale although nobody may say whom it is shared with',
    in: 'ami/attributes.ts#imageAttributes',
    find: '{ ...ami, incompleteReferences: [...ami.incompleteReferences, NAME] }',
    replace: '{ ...ami, sharedWith: [] }',
    tests: DISCOVER,
  },
  {
    ...{ name: 'ami-newer-can-be-launched', promise: 1 },
    keeps: 'the newest AMI that can be launched is stale, as a newer one is there that cannot',
    in: 'ami/family.ts#familiesOf',
    find: 'members.filter(isLaunchable).toSorted(newestFirst)',
    replace: 'members.toSorted(newestFirst)',
    tests: ['ami-family'],
  },
  {
    ...{ name: 'ami-cool-down', promise: 1 },
    keeps: 'an AMI is stale whose protection was switched off this day',
    in: 'ami/assess.ts#ownersSay',
    find: "protection === null || protection === 'disabled'",
    replace: "protection === null || protection.startsWith('disabled')",
    tests: ['ami-assess'],
  },
  {
    ...{ name: 'ami-launch-unreadable', promise: 1 },
    keeps: 'an AMI is stale of whose last launch nobody can read when it was',
    in: 'areLaunchesKnown',
    find: "return lastLaunchedAt !== 'unreadable';",
    replace: 'return true;',
    tests: ['ami-assess'],
  },
  {
    ...{ name: 'ami-state-unknown', promise: 1 },
    keeps: 'an AMI is stale in a state that nobody knows',
    in: 'ami/assess.ts#stillNeeded',
    find: "state === 'available' || state === 'disabled'",
    replace: "state !== 'pending'",
    tests: ['ami-assess'],
  },
  {
    ...{ name: 'ami-named-by-backup', promise: 1 },
    keeps: 'an AMI is stale that AWS Backup made, as it has no owner alias',
    in: 'ami/assess.ts#ownersSay',
    find: '|| NAMED_BY_BACKUP.test(ami.name)',
    replace: '',
    tests: ['ami-assess'],
  },
  {
    ...{ name: 'ami-shared-with-the-unknown', promise: 1 },
    keeps: 'an AMI is stale that is shared with somebody in a form that is new',
    in: 'ami/attributes.ts#readPermissions',
    find: 'return answer.LaunchPermissions.map(',
    replace:
      'return answer.LaunchPermissions.filter((one) => Object.values(one).some(Boolean)).map(',
    tests: ['ami-discover'],
  },
  {
    ...{ name: 'ami-asks-others', promise: 1 },
    keeps: 'an AMI is stale from which an instance of another account runs',
    in: 'ami/index.ts#ami',
    find: 'of: ({ imageId }) => CROSSING.map((source) => ({ source, key: imageId })),',
    replace: 'of: () => [],',
    tests: ['ami-assess'],
  },
  {
    ...{ name: 'ami-without-owner', promise: 1 },
    keeps: "an AMI is nobody's, as its answer came without its owner",
    in: 'ami/discover.ts#listed',
    find: 'ami.ownerId === NO_OWNER',
    replace: 'ami.ownerId === null',
    tests: ['ami-discover'],
  },
  {
    ...{ name: 'ami-of-others', promise: 1 },
    keeps: 'an AMI of somebody else is stale',
    in: 'ami/discover.ts#factsOf',
    find: 'if (ami.ownerId !== accountId) continue;',
    replace: '',
    tests: ['ami-discover'],
  },
  {
    ...{ name: 'ami-family-of-a-processor', promise: 1 },
    keeps: 'the newest AMI for a processor is stale, as one for another is newer',
    in: 'familyIdOf',
    find: 'return ami.architecture === null ? stem : `${stem} (${ami.architecture})`;',
    replace: 'return stem;',
    tests: ['ami-family'],
  },
  {
    ...{ name: 'ami-newer-stays', promise: 1 },
    keeps: 'the newest AMI is stale, as a newer one is there that is about to go',
    in: 'isLaunchable',
    find: ' && !isMarkedForRemoval(tags)',
    replace: '',
    tests: ['ami-family'],
  },
  {
    ...{ name: 'ami-family-by-its-tag', promise: 1 },
    keeps: 'the newest AMI of a purpose is stale, as its name is like that of another',
    in: 'familyIdOf',
    find: 'if (byTag !== undefined) return `${familyTag}=${byTag}`;',
    replace: '',
    tests: ['ami-family'],
  },
  {
    ...{ name: 'ami-candidates-are-looked-for', promise: 1 },
    keeps: 'an AMI is stale that only a template names, as nobody read what costs calls',
    in: 'ami/discover.ts#discover',
    find: "await gather(look, gathering, { all, readFor: 'candidates' });",
    replace: ';',
    tests: ['ami-discover'],
  },
];
