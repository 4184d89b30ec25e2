import { policyOfKind } from '../../../core/input/of-kind.ts';
import { assess } from '../../../kinds/ami/assess.ts';
import type { Ami } from '../../../kinds/ami/facts.ts';
import { ami } from '../../../kinds/ami/index.ts';
import { REASON_BY_REFERENCE, ReferenceName } from '../../../kinds/ami/sources/names.ts';
import { ExecutionInput } from '../../../kinds/registry.ts';
import { anAmi } from '../../support/organizations/amis.ts';
import { daysAgo, NOW } from '../../support/organizations/snapshots.ts';

/** As an execution has it whose input says nothing of the policy, but for what is given of the kind. */
const policyWith = (own: Record<string, unknown> = {}) =>
  policyOfKind(ExecutionInput.parse({ policy: { kinds: { ami: own } } }).policy, 'ami');
const verdictOn = (given: Partial<Ami>, own?: Record<string, unknown>) =>
  assess(anAmi(given), policyWith(own), NOW);
const keeps = (...reasons: string[]) => ({ verdict: 'KEEP', reasons });
const stale = (reason: string) => ({ verdict: 'STALE', reasons: [reason] });
const unknown = (...reasons: string[]) => ({ verdict: 'UNKNOWN', reasons });
const family = (newer: string[]) => ({ id: 'web-# (x86_64)', size: 3, newer });

it('an AMI that nobody has launched for 180 days, and that nothing names, is unused', () => {
  expect(verdictOn({})).toEqual(stale('AMI_NOT_LAUNCHED_SINCE'));
  expect(verdictOn({ lastLaunchedAt: daysAgo(180) })).toEqual(stale('AMI_NOT_LAUNCHED_SINCE'));
});

it('one that AWS recorded no launch of was never launched, as far as that goes back', () => {
  expect(verdictOn({ lastLaunchedAt: null })).toEqual(stale('AMI_NEVER_LAUNCHED'));
});

it('of one from before AWS recorded launches nobody knows, unless it was launched since', () => {
  const createdAt = '2017-03-01T00:00:00.000Z';
  expect(verdictOn({ createdAt, lastLaunchedAt: null })).toEqual(unknown('LAUNCHES_UNKNOWN'));
  expect(verdictOn({ createdAt, lastLaunchedAt: daysAgo(1000) })).toEqual(
    stale('AMI_NOT_LAUNCHED_SINCE'),
  );
  const later = '2017-06-01T00:00:00.000Z';
  expect(verdictOn({ createdAt: later, lastLaunchedAt: null })).toEqual(
    stale('AMI_NEVER_LAUNCHED'),
  );
});

it.each(['failed', 'error', 'invalid'])(
  'one in the state %s is unused, whatever is the newest of its family',
  (state) => {
    const of = { state, lastLaunchedAt: null, family: family([]) };
    expect(verdictOn(of)).toEqual(stale('AMI_FAILED'));
    // EC2 may not say what it would have been.
    const bare = { ...of, imageType: 'unknown', rootDeviceType: 'unknown' };
    expect(verdictOn(bare)).toEqual(stale('AMI_FAILED'));
  },
);

it.each<[string, Partial<Ami>, string]>([
  ['launched lately', { lastLaunchedAt: daysAgo(179) }, 'LAUNCHED_LATELY'],
  ['that is the newest of its family', { family: family([]) }, 'NEWEST_OF_FAMILY'],
  ['that is being made', { state: 'pending' }, 'NOT_READY'],
  ['in a state that nobody knows', { state: 'resting' }, 'NOT_READY'],
  ['that is public', { isPublic: true, sharedWith: null }, 'SHARED'],
  ['that is shared with an account', { sharedWith: ['444455556666'] }, 'SHARED'],
  ['of a public parameter', { publicSsmParameter: '/aws/service/x' }, 'PUBLIC_SSM_PARAMETER'],
  ['that is protected', { deregistrationProtection: 'enabled-with-cooldown' }, 'LOCKED'],
  [
    'whose protection cools down',
    { deregistrationProtection: 'disabled after 2026-11-22T00:00:00.000Z' },
    'LOCKED',
  ],
  ['with a product code', { productCodes: ['4i20'] }, 'HAS_PRODUCT_CODE'],
  ['of a vault of AWS Backup', { ownerAlias: 'aws-backup-vault' }, 'MANAGED_BY_AWS_BACKUP'],
  ['that AWS Backup named', { name: 'AwsBackup_i-1_x' }, 'MANAGED_BY_AWS_BACKUP'],
  ['of Data Lifecycle Manager', { tags: { 'aws:dlm:x': '' } }, 'MANAGED_BY_DLM'],
  ['of EC2 Image Builder', { tags: { CreatedBy: 'EC2 Image Builder' } }, 'MANAGED_BY_AWS_SERVICE'],
  ['of a tag of AWS that nobody knows', { tags: { 'aws:new:x': '' } }, 'UNKNOWN_AWS_TAG'],
  ['that a tag protects', { tags: { 'orgsweep:protect': '' } }, 'PROTECTED_BY_TAG'],
  ['that is a kernel', { imageType: 'kernel' }, 'NO_MACHINE_IMAGE'],
  ['in S3', { rootDeviceType: 'instance-store' }, 'INSTANCE_STORE'],
  ['of which nobody says where it is', { rootDeviceType: 'unknown' }, 'INSTANCE_STORE'],
  ['younger than 90 days', { createdAt: daysAgo(89), lastLaunchedAt: null }, 'TOO_YOUNG'],
])('an AMI %s is kept', (_what, given, reason) => {
  expect(verdictOn(given)).toEqual(keeps(reason));
});

it.each(ReferenceName.options)('what %s names is kept, and needs nothing else', (name) => {
  expect(verdictOn({ usedBy: { [name]: ['x'] } })).toEqual(keeps(REASON_BY_REFERENCE[name]));
  const nothing = { usedBy: { [name]: [] } };
  expect(verdictOn(nothing)).toEqual(stale('AMI_NOT_LAUNCHED_SINCE'));
});

it.each(ReferenceName.options)('nothing is unused where %s was not listed to its end', (name) => {
  expect(verdictOn({ incompleteReferences: [name] })).toEqual(unknown('REFERENCES_INCOMPLETE'));
});

it('what nobody can read is not known, and never the same as none', () => {
  expect(verdictOn({ lastLaunchedAt: 'unreadable' })).toEqual(unknown('LAUNCHES_UNKNOWN'));
  expect(verdictOn({ createdAt: null })).toEqual(unknown('AGE_UNKNOWN'));
});

it('that it is deprecated or disabled is no reason: neither for unused nor for kept', () => {
  const given = { deprecatedAt: daysAgo(100), state: 'disabled' };
  expect(verdictOn(given)).toEqual(stale('AMI_NOT_LAUNCHED_SINCE'));
  expect(verdictOn({ ...given, lastLaunchedAt: daysAgo(10) })).toEqual(keeps('LAUNCHED_LATELY'));
});

it('goes by the keys of its own policy', () => {
  expect(verdictOn({ lastLaunchedAt: daysAgo(40) }, { minUnusedDays: 30 })).toEqual(
    stale('AMI_NOT_LAUNCHED_SINCE'),
  );
  expect(verdictOn({}, { minUnusedDays: 365 })).toEqual(keeps('LAUNCHED_LATELY'));
  expect(verdictOn({ family: family([]) }, { keepNewestPerName: 0 })).toEqual(
    stale('AMI_NOT_LAUNCHED_SINCE'),
  );
  const second = { family: family(['ami-newer']) };
  expect(verdictOn(second)).toEqual(stale('AMI_NOT_LAUNCHED_SINCE'));
  expect(verdictOn(second, { keepNewestPerName: 2 })).toEqual(keeps('NEWEST_OF_FAMILY'));
  expect(verdictOn({ createdAt: daysAgo(120) }, { minAgeDays: 200 })).toEqual(keeps('TOO_YOUNG'));
});

it('is kept by all that keeps it, each said once', () => {
  const given: Partial<Ami> = {
    usedBy: { instances: ['i-1'], 'launch-templates': ['lt-1 version 3'] },
    lastLaunchedAt: daysAgo(2),
    tags: { 'aws:backup:x': '', 'orgsweep:protect': '' },
    ownerAlias: 'aws-backup-vault',
  };
  expect(verdictOn(given)).toEqual(
    keeps(
      ...['USED_BY_INSTANCE', 'USED_BY_LAUNCH_TEMPLATE', 'LAUNCHED_LATELY'],
      ...['MANAGED_BY_AWS_BACKUP', 'PROTECTED_BY_TAG'],
    ),
  );
});

it('asks of every account for whatever may name an AMI of another one', () => {
  const facts = anAmi();
  const asks = ami.asks?.of(facts, { verdict: 'STALE', reasons: ['AMI_NEVER_LAUNCHED'] });
  expect(ami.asks?.from).toBe('REGION');
  expect(asks).toContainEqual({ source: 'instances', key: facts.imageId });
});

it('no input may ask to remove one, and is told that orgsweep only reports them', () => {
  const { error } = ExecutionInput.safeParse({ mode: 'delete', remove: ['ami'] });
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    [
      'remove.0',
      'orgsweep only reports "ami" and removes none of it; accepted: "ebs-snapshot", "ebs-volume"',
    ],
  ]);
  const of = (remove: unknown) => ExecutionInput.safeParse({ remove }).error?.issues[0]?.message;
  expect(of(['amis'])).toContain('expected one of');
});
