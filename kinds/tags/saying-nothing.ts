import { type KnownTags, managedPolicy } from './known-tag.ts';

const NOTHING = { 'ebs-snapshot': null, 'ebs-volume': null, ami: null };
const NOTHING_OF_SNAPSHOTS = { 'ebs-snapshot': null };

/** What tells where something comes from, and not whether anybody needs it. A finding shows it. */
export const SAYING_NOTHING: readonly KnownTags[] = [
  {
    setBy: 'CloudFormation',
    tags: ['aws:cloudformation:*'],
    means: NOTHING,
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html',
    sourceSays:
      'a stack tags what it makes so, as far as the type of resource takes tags of stacks',
  },
  {
    setBy: 'EC2 Auto Scaling',
    tags: ['aws:autoscaling:*'],
    means: NOTHING,
    source: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html',
    sourceSays: 'instances that a group launches get its name',
  },
  {
    setBy: 'EC2 launch templates',
    tags: ['aws:ec2launchtemplate:*'],
    means: NOTHING,
    source:
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html',
    sourceSays: 'instances launched from a template get its id and version',
  },
  {
    setBy: 'EC2 Fleet and Spot Fleet',
    tags: ['aws:ec2:fleet-id', 'aws:ec2spot:fleet-request-id'],
    means: NOTHING,
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-ec2-fleet.html',
    sourceSays:
      "instances that a fleet launches get its id: seen in AWS's Spot workshop and in public code, not on this page",
  },
  {
    setBy: 'Service Catalog',
    tags: ['aws:servicecatalog:*'],
    means: NOTHING,
    source: 'https://docs.aws.amazon.com/servicecatalog/latest/adminguide/autotags.html',
    sourceSays:
      'AutoTags: what a product provisions gets its portfolio, product and who provisioned it',
  },
  {
    setBy: 'VSS snapshots',
    tags: ['AwsVssConfig'],
    means: NOTHING_OF_SNAPSHOTS,
    source: managedPolicy('AWSEC2VssSnapshotPolicy'),
    sourceSays: 'a snapshot that somebody took by VSS; who keeps it, other tags say',
  },
  {
    setBy: 'Elastio, when it is done',
    tags: ['elastio:imported-to-rp'],
    means: NOTHING_OF_SNAPSHOTS,
    source:
      'https://github.com/elastio/contrib/blob/086d087621f3a6a24b8b799d95a06ad35a2663c3/cleanup-imported-ebs-snapshots/README.md',
    sourceSays: "the snapshot's data is in Elastio's vault by now, and Elastio won't delete it",
  },
];
