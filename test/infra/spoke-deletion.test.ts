import { KEEP_UNTIL_TAG, PROTECT_TAG } from '../../core/tags/protection.ts';
import { ebsSnapshot } from '../../kinds/ebs-snapshot/index.ts';
import { SNAPSHOT, decide } from '../support/hub/iam.ts';
import type { IamRequest, Tags } from '../support/hub/iam.ts';
import { spokeRoles } from '../support/hub/synthesized-spokes.ts';
import type { SynthesizedRole } from '../support/hub/synthesized-spokes.ts';

const MANAGER_KEYS = ebsSnapshot.managerTagKeys;
const MARK = { 'orgsweep:marked': 'true' };

let role: SynthesizedRole;

beforeAll(() => {
  const protectTags = ['Retain', 'Backup=yes', 'Keep=ask*', 'Pre${x}=${aws:x}?*'];
  role = spokeRoles({ protectTags })['orgsweep-deletion']!;
});

async function asked(request: Partial<IamRequest> & { action: string }): Promise<string> {
  return decide({ resource: SNAPSHOT, ...request, policy: role.policy });
}

const deleted = async (resourceTags: Tags) => asked({ action: 'ec2:DeleteSnapshot', resourceTags });

const marked = async (requestTags: Tags | undefined, resourceTags: Tags = {}) =>
  asked({ action: 'ec2:CreateTags', resourceTags, ...(requestTags && { requestTags }) });

describe('the deletion role may delete', () => {
  it('what carries the marker', async () => {
    expect(await deleted({ ...MARK, Name: 'old' })).toBe('Allowed');
  });

  it.each([
    [{}],
    [{ Name: 'old' }],
    [{ 'orgsweep:marked': 'yes' }],
    [{ 'orgsweep:marked': 'TRUE' }],
    [{ 'orgsweep:marked': '' }],
    [{ 'orgsweep:marked-too': 'true' }],
  ])('nothing without it: %j', async (tags) => {
    expect(await deleted(tags)).toBe('ImplicitlyDenied');
  });

  it.each([PROTECT_TAG, ...MANAGER_KEYS])('nothing with the tag %s', async (key) => {
    for (const value of ['', 'no', 'true']) {
      expect(await deleted({ ...MARK, [key]: value })).toBe('ExplicitlyDenied');
    }
  });

  it.each([
    [{ Retain: '' }],
    [{ Retain: 'no' }],
    [{ retain: '' }],
    [{ Backup: 'yes' }],
    [{ Backup: 'Yes' }],
    [{ backup: 'YES' }],
    [{ 'Backup=yes': '' }],
    [{ Keep: 'ask' }],
    [{ Keep: 'ask Jo' }],
    [{ 'Pre${x}': '${aws:x}?' }],
    [{ 'Pre${x}': '${aws:x}? and more' }],
  ])("nothing that the deployment's own tags protect: %j", async (tags: Tags) => {
    expect(await deleted({ ...MARK, ...tags })).toBe('ExplicitlyDenied');
  });

  it.each([[{ Backup: 'no' }], [{ Keep: 'nothing' }], [{ 'Pre${x}': '${aws:x}X' }]])(
    'what they only seem to: %j',
    async (tags: Tags) => {
      expect(await deleted({ ...MARK, ...tags })).toBe('Allowed');
    },
  );

  it('what was kept until a date: only the second look can compare it with today', async () => {
    expect(await deleted({ ...MARK, [KEEP_UNTIL_TAG]: '2001-01-01' })).toBe('Allowed');
  });
});

describe('the deletion role may mark', () => {
  it('with the marker', async () => {
    expect(await marked(MARK)).toBe('Allowed');
    expect(await marked(MARK, { ...MARK, Name: 'old' })).toBe('Allowed');
  });

  it.each([
    [{ 'orgsweep:marked': 'false' }],
    [{ 'Orgsweep:Marked': 'true' }],
    [{ Owner: 'me' }],
    [{ 'orgsweep:protect': 'true' }],
    [{ ...MARK, Owner: 'me' }],
    [{ ...MARK, 'orgsweep:protect': '' }],
    [{}],
    [undefined],
  ])('with no other tag, value, or one more: %j', async (tags?: Tags) => {
    expect(await marked(tags)).toBe('ImplicitlyDenied');
  });

  it.each([PROTECT_TAG, ...MANAGER_KEYS, 'Retain'])('nothing with the tag %s', async (key) => {
    expect(await marked(MARK, { [key]: 'x' })).toBe('ExplicitlyDenied');
  });

  it.each([
    'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0',
    'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0',
    'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0',
    'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0123456789abcdef0',
  ])('nothing but snapshots: not %s', async (resource) => {
    expect(await asked({ action: 'ec2:CreateTags', resource, requestTags: MARK })).toBe(
      'ImplicitlyDenied',
    );
  });
});
