import type { KnownTags } from './known-tag.ts';

const REASON = 'MANAGED_BY_SECURITY_SCANNER';

/** The sources tell of snapshots. A volume with the same tag is kept too: it may be the scanner's. */
const SCANNER = { 'ebs-snapshot': REASON, 'ebs-volume': REASON, ami: REASON };

/** What products set that look into snapshots: they delete them themselves. */
export const SECURITY_SCANNERS: readonly KnownTags[] = [
  {
    setBy: 'Datadog Agentless Scanner',
    tags: ['DatadogAgentlessScanner=true'],
    means: SCANNER,
    source:
      'https://github.com/DataDog/terraform-module-datadog-agentless-scanner/blob/01b9166f55046b1fa390e30596e9b56b0635cd8f/modules/scanning-delegate-role/main.tf',
    sourceSays:
      'it makes and deletes only snapshots with this tag; false is how an owner forbids a scan',
  },
  {
    setBy: 'Lacework',
    tags: ['LWTAG_SIDEKICK'],
    means: SCANNER,
    source:
      'https://github.com/lacework/terraform-aws-agentless-scanning/blob/03fa7188e61b372d1ebaed78a20fb0cbf8f3fdee/main.tf',
    sourceSays: 'its role deletes only snapshots with this tag',
  },
  {
    setBy: 'Orca Security',
    tags: ['Orca'],
    means: SCANNER,
    source:
      'https://github.com/tausif-khaleel-0/iacproject/blob/e6038ed52547a8e31938e71b3766d6e9a736a453/policies/scanneraccount/client_to_orca_policy.json.tpl',
    sourceSays: 'a copy of its policy: it tags its snapshots so, and deletes only those',
  },
  {
    setBy: 'Wiz',
    tags: ['wiz=auto-gen-snapshot'],
    means: SCANNER,
    source:
      'https://github.com/CyberViking949/aws-wiz-connector/blob/1940b941a35507e76d123191cde872298fdcdf89/CFN_Template/wiz-aws-standard-org.json',
    sourceSays: 'a copy of its CloudFormation template: it deletes only snapshots with this tag',
  },
  {
    setBy: 'Microsoft Defender for Cloud',
    tags: ['CreatedBy=Microsoft Defender for Cloud'],
    means: SCANNER,
    source:
      'https://github.com/MicrosoftDocs/defender-docs/blob/0d3d558147f70d6decba18060690f7fa7446299b/articles/defender-for-cloud/concept-agentless-data-collection.md',
    sourceSays: 'its role VmScanner deletes only snapshots with this tag',
  },
  {
    setBy: 'Prisma Cloud, of Palo Alto Networks',
    tags: ['created-by=prismacloud-agentless-scan'],
    means: SCANNER,
    source:
      'https://docs.paloaltonetworks.com/prisma/prisma-cloud/prisma-cloud-admin-compute/configure/permissions',
    sourceSays: 'the permissions of agentless scanning: it deletes only snapshots with this tag',
  },
  {
    setBy: 'Cortex Cloud, of Palo Alto Networks',
    tags: ['managed_by=paloaltonetworks'],
    means: SCANNER,
    source:
      'https://github.com/phelipeavila/cortex-cloud-aws-tf-connector/blob/39e2731795d24b8523fc8df30615756afd7db365/iam.tf',
    sourceSays: 'a connector for it: its policy deletes and shares only snapshots with this tag',
  },
  {
    setBy: 'CrowdStrike Falcon',
    tags: ['ProvisionedBy=CrowdStrike'],
    means: SCANNER,
    source:
      'https://github.com/CrowdStrike/terraform-aws-cloud-registration/blob/1177c738266b6017070a41267ad0a9e17a971364/modules/agentless-scanning-roles/integration_role.tf',
    sourceSays: 'it makes, copies and deletes only snapshots with the tag that locals.tf names',
  },
  {
    setBy: 'Sysdig',
    tags: ['CreatedBy=Sysdig'],
    means: SCANNER,
    source:
      'https://github.com/sysdiglabs/terraform-aws-secure/blob/1a3f6bf4ed99fcc5006ae681d3b86a5dd366af2e/modules/agentless-scanning/main.tf',
    sourceSays: 'it tags its snapshots so, and deletes only those',
  },
  {
    setBy: 'Upwind',
    tags: ['UpwindComponent'],
    means: SCANNER,
    source:
      'https://github.com/upwindsecurity/terraform-aws-onboarding/blob/27ec097d34fa4c10d664f4e7d96fc5fdb6e25824/modules/iam_cloudscanner_execution_role/main.tf',
    sourceSays: 'it makes, copies and deletes only snapshots with UpwindComponent=CloudScanner',
  },
  {
    setBy: 'Aqua Security',
    tags: ['aqua-agentless-scanner'],
    means: SCANNER,
    source:
      'https://github.com/aquasecurity/terraform-aws-onboarding/blob/03652aa95e52731c11b6514177d62fb402c4cb7e/modules/single/modules/lambda/main.tf',
    sourceSays: 'its role deletes only snapshots with this tag',
  },
  {
    setBy: 'Check Point CloudGuard AWP',
    tags: ['Owner=CG.AWP'],
    means: SCANNER,
    source:
      'https://github.com/dome9/terraform-dome9-awp-aws/blob/0c0b2991100f7f2324d4ad23c3ce699f1eb6573b/main.tf',
    sourceSays: 'it makes, copies and deletes only snapshots with this tag',
  },
  {
    setBy: 'VMClarity, of OpenClarity',
    tags: ['Owner=VMClarity', 'VMClarity.*'],
    means: SCANNER,
    source:
      'https://github.com/openclarity/vmclarity/blob/dc27c53bb16a738db2c5d22fc303e3aa5a9ea6a0/provider/aws/volume.go',
    sourceSays:
      'its snapshots get the tags of EC2TagsFromScanMetadata, which types/types.go of a later version spells out',
  },
  {
    setBy: 'agent-bom',
    tags: ['agent-bom-sidescan*'],
    means: SCANNER,
    source:
      'https://github.com/msaad00/agent-bom/blob/56fc8a63110011579f7ab918196a9b3facc84841/deploy/terraform/connect-aws-sidescan/variables.tf',
    sourceSays:
      'its tag, if nobody named another: main.tf beside it deletes only snapshots with it',
  },
];
