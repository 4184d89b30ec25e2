import type { KnownTags } from './known-tag.ts';

const SCANNER = { 'ebs-snapshot': 'MANAGED_BY_SECURITY_SCANNER' };

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
    source: 'https://github.com/lacework/terraform-aws-agentless-scanning',
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
];
