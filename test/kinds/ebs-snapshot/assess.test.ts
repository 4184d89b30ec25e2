import { assess } from '../../../kinds/ebs-snapshot/assess.ts';
import {
  NOW,
  aPolicy,
  aSnapshot,
  aVolume,
  anAttachment,
  daysAgo,
} from '../../support/organizations/snapshots.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';

const keep = (...reasons: string[]) => ({ verdict: 'KEEP', reasons });
const stale = (reason: string) => ({ verdict: 'STALE', reasons: [reason] });
const unknown = (...reasons: string[]) => ({ verdict: 'UNKNOWN', reasons });

const verdictOn = (over: Partial<EbsSnapshot>, policy = aPolicy(), now = NOW) =>
  assess(aSnapshot(over), policy, now);

describe('a snapshot is stale', () => {
  it('when its volume no longer exists', () =>
    expect(verdictOn({ volume: null })).toEqual(stale('VOLUME_MISSING')));

  it('when its volume is attached to nothing', () =>
    expect(verdictOn({ volume: aVolume() })).toEqual(stale('VOLUME_NOT_ATTACHED')));

  it.each(['terminated', 'shutting-down'])('when its volume is only on a %s instance', (state) => {
    const volume = aVolume(anAttachment({ instanceState: state }));
    expect(verdictOn({ volume })).toEqual(stale('VOLUME_NOT_ATTACHED'));
  });
});

describe('a snapshot is in use', () => {
  it.each(['pending', 'running', 'stopping', 'stopped', 'rebooting-in-a-new-way'])(
    'while its volume is on a %s instance',
    (state) => {
      const volume = aVolume(anAttachment({ instanceState: state }));
      expect(verdictOn({ volume })).toEqual(keep('IN_USE'));
    },
  );

  it('while its volume is on an instance that was not listed', () =>
    expect(verdictOn({ volume: aVolume(anAttachment({ instanceState: null })) })).toEqual(
      keep('IN_USE'),
    ));

  it('while its volume is attached without an instance id, to something AWS manages', () =>
    expect(
      verdictOn({ volume: aVolume(anAttachment({ instanceId: null, instanceState: null })) }),
    ).toEqual(keep('IN_USE')));

  it('while its volume is attached without an instance id, although instances are incomplete', () => {
    const volume = aVolume(anAttachment({ instanceId: null, instanceState: null }));
    expect(verdictOn({ volume, incompleteReferences: ['instances'] })).toEqual(keep('IN_USE'));
  });

  it('while its volume has an associated resource, whatever its instance does', () => {
    const associatedResource = 'arn:aws:ecs:eu-west-1:111122223333:task/c/1';
    const volume = aVolume(anAttachment({ associatedResource, instanceState: 'terminated' }));
    expect(verdictOn({ volume })).toEqual(keep('IN_USE'));
  });

  it('while one of several attachments holds its volume (Multi-Attach)', () => {
    const volume = aVolume(anAttachment({ instanceState: 'terminated' }), anAttachment());
    expect(verdictOn({ volume })).toEqual(keep('IN_USE'));
  });

  it('while EC2 says its volume is, without saying by what', () =>
    expect(verdictOn({ volume: { ...aVolume(), state: 'in-use' } })).toEqual(keep('IN_USE')));

  it.each(['creating', 'unknown', 'a-state-of-next-year'])(
    'while its volume is %s: nothing says yet that it is attached to nothing',
    (state) => expect(verdictOn({ volume: { ...aVolume(), state } })).toEqual(keep('IN_USE')),
  );

  it.each(['error', 'deleting', 'deleted'])('but not while its volume is %s', (state) =>
    expect(verdictOn({ volume: { ...aVolume(), state } })).toEqual(stale('VOLUME_NOT_ATTACHED')),
  );
});

describe('age', () => {
  it('keeps a snapshot one day short of minAgeDays, not one of that age', () => {
    const policy = aPolicy({ minAgeDays: 30 });
    expect(verdictOn({ startedAt: daysAgo(29.99) }, policy)).toEqual(keep('TOO_YOUNG'));
    expect(verdictOn({ startedAt: daysAgo(30) }, policy)).toEqual(stale('VOLUME_MISSING'));
  });

  it('of a snapshot from the future is too young, even for minAgeDays 0', () =>
    expect(verdictOn({ startedAt: daysAgo(-1) }, aPolicy({ minAgeDays: 0 }))).toEqual(
      keep('TOO_YOUNG'),
    ));

  it('that is not known is UNKNOWN, never STALE', () =>
    expect(verdictOn({ startedAt: null })).toEqual(unknown('AGE_UNKNOWN')));
});

describe('a snapshot is kept, however old and unattached', () => {
  it.each(['pending', 'error', 'recoverable', 'recovering', 'unknown'])('in state %s', (state) =>
    expect(verdictOn({ state })).toEqual(keep('NOT_COMPLETED')),
  );

  it('on an Outpost, which has no Recycle Bin', () =>
    expect(verdictOn({ outpostArn: 'arn:aws:outposts:x' })).toEqual(keep('ON_OUTPOST')));

  it('while an AMI is made of it', () =>
    expect(verdictOn({ usedBy: { amis: ['ami-1'] } })).toEqual(keep('USED_BY_AMI')));

  it.each([
    ['MANAGED_BY_AWS_BACKUP', 'aws:backup:source-resource'],
    ['MANAGED_BY_DLM', 'aws:dlm:lifecycle-policy-id'],
    ['MANAGED_BY_DLM', 'dlm:managed'],
    ['MANAGED_BY_KUBERNETES', 'CSIVolumeSnapshotName'],
    ['MANAGED_BY_KUBERNETES', 'ebs.csi.aws.com/cluster'],
    ['MANAGED_BY_KUBERNETES', 'kubernetes.io/cluster/prod'],
    ['MANAGED_BY_KUBERNETES', 'velero.io/backup'],
    ['MANAGED_BY_DRS', 'AWSElasticDisasterRecoveryManaged'],
    ['MANAGED_BY_MGN', 'AWSApplicationMigrationServiceManaged'],
    ['MANAGED_BY_MGN', 'AWSApplicationMigrationServiceSourceServerID'],
    ['MANAGED_BY_COMPUTE_OPTIMIZER', 'aws:compute-optimizer:automation-event-id'],
    ['MANAGED_BY_AWS_SERVICE', 'AWSRDSCustom'],
    ['MANAGED_BY_KUBERNETES', 'eks:eks-cluster-name'],
    ['MANAGED_BY_KUBERNETES', 'ark.heptio.com/backup'],
    ['MANAGED_BY_KUBERNETES', 'kanister.io/clustername'],
    ['MANAGED_BY_BACKUP_PRODUCT', '_GX_BACKUP_'],
    ['MANAGED_BY_BACKUP_PRODUCT', 'DeleteOn'],
    ['MANAGED_BY_SECURITY_SCANNER', 'GuardDutyScanId'],
    // As somebody may have copied them.
    ['MANAGED_BY_MGN', 'awsapplicationmigrationservicemanaged'],
    ['MANAGED_BY_KUBERNETES', 'csivolumesnapshotname'],
    ['MANAGED_BY_DLM', 'DLM:Managed '],
  ])('%s: tag %s', (reason, key) =>
    expect(verdictOn({ tags: { [key]: 'x' } })).toEqual(keep(reason)),
  );

  it.each([
    ['MANAGED_BY_AWS_SERVICE', { CreatedBy: 'EC2 Image Builder' }],
    ['MANAGED_BY_MGN', { CreatedBy: 'AWSApplicationMigrationService' }],
    ['MANAGED_BY_BACKUP_PRODUCT', { Vendor: 'Clumio' }],
    ['MANAGED_BY_KUBERNETES', { Name: 'Kasten: Snapshot of pvc-1' }],
  ])('%s: %j', (reason, tags) => expect(verdictOn({ tags })).toEqual(keep(reason)));

  it.each([
    [{ CreatedBy: 'jo' }],
    [{ Vendor: 'Acme' }],
    [{ Name: 'Snapshot' }],
    [{ cluster: 'blue' }],
    [{ 'my:dlm:managed': 'true' }],
    [{ Orcas: 'x' }],
    [{ awsome: 'x' }],
  ])('but not by %j', (tags) =>
    expect(verdictOn({ tags } as never)).toEqual(stale('VOLUME_MISSING')),
  );

  it.each([
    'aws:cloudformation-hooks:x',
    'aws:ec2:fleetid',
    'aws:ec2:fleet-id:x',
    'aws:autoscaling-plans:x',
    'aws:EC2LaunchTemplate:id',
    'aws:something-new',
    'aws:',
    'AWS:ssmmessages:session-id',
    'aws:ec2:fleet',
    'aws:cloud9:environment',
  ])('with the tag %s, which AWS put there and nobody knows', (key) =>
    expect(verdictOn({ tags: { [key]: 'x' } })).toEqual(keep('UNKNOWN_AWS_TAG')),
  );

  it.each([
    'aws:cloudformation:stack-name',
    'aws:autoscaling:groupName',
    'aws:ec2launchtemplate:id',
    'aws:ec2launchtemplate:version',
    'aws:ec2:fleet-id',
    'aws:ec2spot:fleet-request-id',
    'aws:servicecatalog:productArn',
  ])('but not with %s, which says nothing of need', (key) =>
    expect(verdictOn({ tags: { [key]: 'x' } })).toEqual(stale('VOLUME_MISSING')),
  );

  it.each([null, 'vol-ffff', 'vol-ffffffff', 'vol-fffffffffffffffff', 'vol-FFFFFFFF', '', 'vol-'])(
    'as a copy whose volume %s says nothing',
    (volumeId) => expect(verdictOn({ volumeId })).toEqual(keep('COPY_ORIGIN_UNKNOWN')),
  );

  it('as of a volume that is not EBS (a Storage Gateway writes its ids in capitals)', () =>
    expect(verdictOn({ volumeId: 'vol-1122AABBCCDDEEFF0' })).toEqual(keep('COPY_ORIGIN_UNKNOWN')));

  it('but a real volume id that begins with f is not a copy', () =>
    expect(verdictOn({ volumeId: 'vol-ffffffff0' })).toEqual(stale('VOLUME_MISSING')));

  it('for every reason there is, all of them named', () =>
    expect(
      verdictOn({
        volumeId: null,
        volume: aVolume(anAttachment()),
        startedAt: daysAgo(1),
        state: 'pending',
        usedBy: { amis: ['ami-1'] },
        tags: { 'aws:backup:x': '', 'aws:dlm:x': '', 'orgsweep:protect': '' },
      }).reasons,
    ).toEqual([
      'IN_USE',
      'TOO_YOUNG',
      'NOT_COMPLETED',
      'USED_BY_AMI',
      'MANAGED_BY_AWS_BACKUP',
      'MANAGED_BY_DLM',
      'PROTECTED_BY_TAG',
      'COPY_ORIGIN_UNKNOWN',
    ]));
});

describe('what was not seen completely is never stale', () => {
  it.each(['volumes', 'instances', 'amis'] as const)('%s', (source) =>
    expect(verdictOn({ incompleteReferences: [source] })).toEqual(unknown('REFERENCES_INCOMPLETE')),
  );

  it('nor in use by a part of the volumes', () =>
    expect(
      verdictOn({ volume: aVolume(anAttachment()), incompleteReferences: ['volumes'] }),
    ).toEqual(unknown('REFERENCES_INCOMPLETE')));

  it('nor in use by an instance that a part of the instances did not show', () =>
    expect(
      verdictOn({
        volume: aVolume(anAttachment({ instanceState: null })),
        incompleteReferences: ['instances'],
      }),
    ).toEqual(unknown('REFERENCES_INCOMPLETE')));

  it('but what keeps it anyway is said', () =>
    expect(verdictOn({ startedAt: daysAgo(1), incompleteReferences: ['amis'] })).toEqual(
      keep('TOO_YOUNG'),
    ));

  it('with every unknown named', () =>
    expect(verdictOn({ startedAt: null, incompleteReferences: ['amis'] })).toEqual(
      unknown('REFERENCES_INCOMPLETE', 'AGE_UNKNOWN'),
    ));
});
