import { kindNamed, kindsNamed } from '../../kinds/among.ts';
import { sessionActions } from '../../kinds/grant.ts';
import { ExecutionInput, KINDS } from '../../kinds/registry.ts';

describe('the registry of kinds', () => {
  it('finds a kind by its name, and says which there are', () => {
    expect(kindNamed(KINDS, 'ebs-snapshot').kind).toBe('ebs-snapshot');
    expect(() => kindNamed(KINDS, 'ebs-snapshots')).toThrow(
      'kind "ebs-snapshots" doesn\'t exist; accepted: ebs-snapshot',
    );
  });

  it('gives the kinds of some names in their own order, and refuses a name that none has', () => {
    const kind = kindNamed(KINDS, 'ebs-snapshot');
    const kinds = [{ ...kind, kind: 'ami' }, kind];
    expect(kindsNamed(kinds, ['ebs-snapshot', 'ami'])).toEqual(kinds);
    expect(kindsNamed(kinds, ['ebs-snapshot'])).toEqual([kind]);
    expect(() => kindsNamed([kind], ['ebs-snapshot', 'ami'])).toThrow('kind "ami" doesn\'t exist');
  });

  it('folds what the sessions may do from its kinds', () => {
    const { discover, remove, restore } = sessionActions([kindNamed(KINDS, 'ebs-snapshot')]);
    expect(discover).toEqual([
      'autoscaling:DescribeLaunchConfigurations',
      'ebs:ListChangedBlocks',
      'ebs:ListSnapshotBlocks',
      'ec2:DescribeFastSnapshotRestores',
      'ec2:DescribeImages',
      'ec2:DescribeInstances',
      'ec2:DescribeLaunchTemplateVersions',
      'ec2:DescribeLaunchTemplates',
      'ec2:DescribeLockedSnapshots',
      'ec2:DescribeRegions',
      'ec2:DescribeSnapshotAttribute',
      'ec2:DescribeSnapshotTierStatus',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'ec2:ListImagesInRecycleBin',
      'ec2:ListSnapshotsInRecycleBin',
      'ec2:ListVolumesInRecycleBin',
      'ecs:DescribeServices',
      'ecs:ListClusters',
      'ecs:ListServices',
      'rbin:GetRule',
      'rbin:ListRules',
      'storagegateway:ListVolumes',
    ]);
    const actions = ['ec2:CreateTags', 'ec2:DeleteSnapshot'];
    expect(remove).toEqual({ 'ebs-snapshot': { delete: { actions } } });
    expect(restore['ebs-snapshot']).toEqual({
      delete: {
        actions: [
          'ec2:CreateTags',
          'ec2:DescribeSnapshots',
          'ec2:ListSnapshotsInRecycleBin',
          'ec2:RestoreSnapshotFromRecycleBin',
        ],
      },
    });
  });

  it('gives the execution input its kinds and its skippable references', () => {
    expect(ExecutionInput.parse({}).kinds).toEqual(KINDS.map(({ kind }) => kind));
    const skipping = (name: string) =>
      ExecutionInput.safeParse({ policy: { skipReferences: [name] } }).success;
    expect(skipping('amis')).toBe(true);
    expect(skipping('volumes')).toBe(false);
    expect(ExecutionInput.safeParse({ kinds: ['no-such-kind'] }).success).toBe(false);
  });
});
