/** What may need a resource of EC2 and no kind reads: each of them says so, in the same words. */
export const IN_CONFIGURATION_AND_CODE: readonly string[] = [
  'CloudFormation and Service Catalog templates, Terraform, Packer and other code',
  'configuration of Karpenter, Cluster API, kOps, Nomad and the like',
];
