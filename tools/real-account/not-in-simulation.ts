const DENIALS =
  'The simulated organization does not have this call, so it has nothing that a policy could deny.';
const PARTS =
  'The simulated organization makes no volumes, snapshots, AMIs and rules for its clients.';

/** Probes that stay NOT SETTLED on the simulated organization, also with `--write`, and why. */
export const NOT_IN_SIMULATION: Readonly<Record<string, string>> = {
  'denied-autoscaling': DENIALS,
  'denied-ec2': DENIALS,
  'denied-ecs': DENIALS,
  'denied-ssm': DENIALS,
  'denied-storagegateway': DENIALS,
  'marker-shows': PARTS,
  'deletion-shows': PARTS,
  'deleted-twice': PARTS,
  'delete-locked': PARTS,
  'delete-used-by-ami': PARTS,
  'volume-of-copy': PARTS,
  'recycle-bin': PARTS,
  'blocks-of-encrypted': PARTS,
};
