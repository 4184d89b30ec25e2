import { reasonOf } from '../../../report/words/reason-words.ts';
import { TagRule } from '../../../core/input/input.ts';
import { fitOf } from '../../../core/tags/tag-rule.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { readTags, UNKNOWN_AWS_TAG } from '../../../kinds/tags/read-tags.ts';
import { deniedKeysOf, KNOWN_TAGS } from '../../../kinds/tags/table.ts';

/** What people call their own backups and makers proves nothing. */
const EVERY_DAY = {
  Name: 'db',
  Environment: 'prod',
  owner: 'jo',
  CostCenter: '1',
  Backup: 'yes',
  Snapshot: 'true',
  BackupPolicy: 'daily',
  Retention: '30',
  CreatedBy: 'jo',
  'created-by': 'terraform',
  managed_by: 'terraform',
  ProvisionedBy: 'terraform',
  Owner: 'team-forensics',
  'case-number': '7',
  Application: 'Dremio',
  Vendor: 'Oracle',
  wiz: 'no',
  // Who asks EBS Snapshot Scheduler for backups tags instances and volumes so.
  'scheduler:ebs-snapshot': 'Yes',
};

describe.each(KNOWN_TAGS.map((known) => [known.setBy, known] as const))('%s', (_, known) => {
  it('has rules that name something, and a source that anybody can open', () => {
    for (const tag of known.tags) expect(TagRule.safeParse(tag).success).toBe(true);
    expect(known.tags.length).toBeGreaterThan(0);
    expect(known.source).toMatch(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/);
    expect(known.sourceSays).toMatch(/^\S.{20,}[^.]$/);
  });

  it('means something for kinds that there are, with words for every reason', () => {
    for (const [kind, meaning] of Object.entries(known.means)) {
      expect(KINDS.map(({ kind }) => kind)).toContain(kind);
      if (meaning !== null) expect(reasonOf(undefined, meaning).verdict).toBe('KEEP');
    }
  });

  it('names keys to IAM only of what it keeps', () => {
    const { deniedKeys = [], means, tags } = known;
    for (const key of deniedKeys)
      expect(tags.some((tag) => fitOf(tag, key, '') === 'EXACT')).toBe(true);
    if (deniedKeys.length > 0) expect(Object.values(means)).not.toContain(null);
  });

  it('leaves the tags alone that people have every day', () => {
    for (const [key, value] of Object.entries(EVERY_DAY))
      expect(known.tags.filter((tag) => fitOf(tag, key, value) !== null)).toEqual([]);
  });
});

it('no tag stands in both lists', () => {
  const saying = KNOWN_TAGS.filter(({ means }) => means['ebs-snapshot'] !== null);
  for (const { tags } of KNOWN_TAGS.filter(({ means }) => means['ebs-snapshot'] === null))
    for (const tag of tags) {
      const [key = '', value = ''] = tag.replace(/\*$/, 'x').split('=');
      const both = saying.filter((known) => known.tags.some((rule) => fitOf(rule, key, value)));
      expect(both).toEqual([]);
    }
});

it('a kind that a tag says nothing about takes it for unknown', () => {
  const tags = { 'aws:backup:source-resource': 'x', 'aws:cloudformation:stack-id': 'x', Name: 'x' };
  expect(readTags('another-kind', tags).needs.map(({ reason }) => reason)).toEqual([
    UNKNOWN_AWS_TAG,
    UNKNOWN_AWS_TAG,
  ]);
});

it('tells who sets a tag, and which tags say nothing', () =>
  expect(
    readTags('ebs-snapshot', {
      Name: 'db',
      'aws:cloudformation:stack-name': 'shop',
      _GX_BACKUP_: '',
      'aws:new:x': '',
    }),
  ).toEqual({
    needs: [
      { tag: '_GX_BACKUP_', setBy: 'Commvault', reason: 'MANAGED_BY_BACKUP_PRODUCT' },
      { tag: 'aws:new:x', setBy: null, reason: 'UNKNOWN_AWS_TAG' },
    ],
    others: [{ tag: 'aws:cloudformation:stack-name', setBy: 'CloudFormation' }],
  }));

it.each([
  ['Ops Automator', 'BACKUP_PRODUCT', 'OpsAutomator:stack-Snapshot-SourceVolume', 'vol-1'],
  ['EBS Snapshot Scheduler', 'BACKUP_PRODUCT', 'scheduler:ebs-snapshot', 'auto_delete'],
  ['Shelvery', 'BACKUP_PRODUCT', 'shelvery:tag_name', 'shelvery'],
  ['BOSH', 'BACKUP_PRODUCT', 'director_uuid', '5f0c'],
  ['RunsOn', 'BACKUP_PRODUCT', 'runs-on-snapshot-branch', 'main'],
  ['Xosphere', 'BACKUP_PRODUCT', 'xosphere.io/instance-orchestrator/xogroup-name', 'web'],
  ['Zerto', 'BACKUP_PRODUCT', 'ZERTO_TAG', 'ZERTO_EBS_RESOURCE'],
  ['Kasten K10', 'KUBERNETES', 'name', 'kasten__snapshot-shop-2026-11-27'],
  ['SAP HANA', 'BACKUP_PRODUCT', 'Createdby', 'AWS-HANA-Snapshot_of_hana01'],
  ['SAP ASE', 'BACKUP_PRODUCT', 'Createdby', 'AWS-ASE-Snapshot_of_ase01'],
  ['Dremio', 'BACKUP_PRODUCT', 'dremio_managed', 'true'],
  ['CloudSlash', 'BACKUP_PRODUCT', 'CloudSlash', 'Archive'],
  ['CloudSlash', 'BACKUP_PRODUCT', 'CreatedBy', 'CloudSlash'],
  ['Migrate to Virtual Machines', 'BACKUP_PRODUCT', 'm2vm-resource', 'snapshot'],
  ['TiDB', 'KUBERNETES', 'TiDBCluster-BR-Snapshot', 'new'],
  ['k8s-snapshots', 'KUBERNETES', 'created-by', 'k8s-snapshots'],
  ['Aqua', 'SECURITY_SCANNER', 'aqua-agentless-scanner', 'true'],
  ['Cado', 'SECURITY_SCANNER', 'Name', 'CadoResponse-import-1'],
  ['Forensics Orchestrator', 'SECURITY_SCANNER', 'ForensicID', '1c5b3574-8e67'],
  ['aws_ir', 'SECURITY_SCANNER', 'cr-case-number', 'cr-16-022605-7da6'],
  ['CloudGuard', 'SECURITY_SCANNER', 'Owner', 'CG.AWP'],
  ['VMClarity', 'SECURITY_SCANNER', 'Owner', 'VMClarity'],
  ['VMClarity', 'SECURITY_SCANNER', 'VMClarity.AssetScanID', '1'],
  ['agent-bom', 'SECURITY_SCANNER', 'agent-bom-sidescan', 'true'],
  ['CrowdStrike', 'SECURITY_SCANNER', 'ProvisionedBy', 'CrowdStrike'],
  ['Microsoft', 'SECURITY_SCANNER', 'CreatedBy', 'Microsoft Defender for Cloud'],
  ['Cortex', 'SECURITY_SCANNER', 'managed_by', 'paloaltonetworks'],
  ['Prisma Cloud', 'SECURITY_SCANNER', 'created-by', 'prismacloud-agentless-scan'],
  ['Sysdig', 'SECURITY_SCANNER', 'CreatedBy', 'Sysdig'],
  ['Upwind', 'SECURITY_SCANNER', 'UpwindComponent', 'CloudScanner'],
  ['Wiz', 'SECURITY_SCANNER', 'wiz', 'auto-gen-snapshot'],
])('%s: MANAGED_BY_%s by %s=%s', (setBy, group, tag, value) => {
  const reason = `MANAGED_BY_${group}`;
  const sign = { tag, setBy: expect.stringContaining(setBy), reason };
  expect(readTags('ebs-snapshot', { [tag]: value })).toEqual({ needs: [sign], others: [] });
});

it('every source in a repository names the file, at one commit', () => {
  const inRepositories = KNOWN_TAGS.filter(({ source }) => source.includes('//github.com/'));
  expect(inRepositories.length).toBeGreaterThan(25);
  for (const { source } of inRepositories)
    expect(source).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/[0-9a-f]{40}\/\S+\.\w+$/);
});

it('IAM is told of no key twice', () => {
  const keys = [...deniedKeysOf('ebs-snapshot').values()].flat();
  expect(keys.length).toBeGreaterThan(25);
  expect(new Set(keys).size).toBe(keys.length);
  expect([...deniedKeysOf('another-kind')]).toEqual([]);
});
