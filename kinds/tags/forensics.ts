import type { KnownTags } from './known-tag.ts';

const REASON = 'MANAGED_BY_SECURITY_SCANNER';
const EVIDENCE = { 'ebs-snapshot': REASON, 'ebs-volume': REASON, ami: REASON };

/** What tools for forensics set: what they hold may be evidence, and nobody attaches it. */
export const FORENSICS: readonly KnownTags[] = [
  {
    setBy: 'Cado Response (forensics)',
    tags: ['Name=CadoResponse*'],
    means: EVIDENCE,
    source:
      'https://raw.githubusercontent.com/cado-security/Deployment-Templates/main/cross-account/CrossAccountPolicy.yaml',
    sourceSays: 'its role deletes only snapshots with such a name: what they hold may be evidence',
  },
  {
    setBy: 'Automated Forensics Orchestrator for Amazon EC2',
    tags: ['ForensicID'],
    means: EVIDENCE,
    source:
      'https://github.com/aws-solutions/automated-forensic-orchestrator-for-amazon-ec2/blob/2e6cf1bb2e50efbced0aa45d634bdaad068c93b3/source/lambda/src/copysnapshot/performCopySnapshot.py',
    sourceSays:
      'its copies of the snapshots of an isolated instance, in both accounts; performInstanceSnapshot.py tags the first snapshots with nothing',
  },
  {
    setBy: 'aws_ir (forensics)',
    tags: ['cr-case-number'],
    means: EVIDENCE,
    source:
      'https://github.com/ThreatResponse/aws_ir_plugins/blob/54845f5819955cd1921b3ab7bf7c604ea5e447c2/aws_ir_plugins/snapshotdisks_host.py',
    sourceSays: 'the snapshots of a compromised instance are tagged with the number of the case',
  },
];
