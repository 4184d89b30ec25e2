import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';

const named = ebsSnapshot.blindSpots.join('; ');

it.each([
  'Recycle Bin',
  'EC2 and Spot fleets',
  'persistent Spot requests',
  'Scheduled Instances',
  'CloudFormation',
  'Service Catalog',
  'Terraform',
  'Image Builder',
  'Elastic Beanstalk',
  'Systems Manager',
  'RunTask',
  'service revisions',
  'Karpenter',
  'replacements of a root volume',
  'copies of a snapshot',
  'always detached when a run scans',
])('what is not looked at is named: %s', (what) => {
  expect(named).toContain(what);
});

it('each in a phrase that no message cuts', () => {
  for (const one of ebsSnapshot.blindSpots) expect(one.length).toBeLessThanOrEqual(80);
});
