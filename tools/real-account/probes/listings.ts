import { BrokenListing } from '../../../aws/answers/pages.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { listVolumes } from '../../../kinds/listings/volumes.ts';
import { listInstances } from '../../../kinds/listings/instances.ts';
import { SOURCES } from '../../../kinds/ebs-snapshot/sources/registry.ts';
import { recycleBin } from '../../../kinds/ebs-snapshot/recycle-bin.ts';
import { listRecycleBinRules } from '../../../aws/services/recycle-bin-rules.ts';
import { lookIn } from '../look.ts';
import { differs, type Probe, same, type Seen } from '../probe.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

const OTHERWISE =
  'An empty listing could look broken, and then nothing is ever unused; or a call with a parameter that AWS refuses leaves a gap in every account.';

interface Listing {
  readonly name: string;
  readonly file: string;
  readonly iam: readonly string[];
  readonly list: (sandbox: Sandbox) => AsyncIterable<unknown>;
}

const OWN: readonly Listing[] = [
  {
    name: 'snapshots',
    file: 'kinds/ebs-snapshot/listing.ts',
    iam: ['ec2:DescribeSnapshots'],
    list: ({ reading, accountId }) => listSnapshots(reading.ec2, accountId),
  },
  {
    name: 'volumes',
    file: 'kinds/listings/volumes.ts',
    iam: ['ec2:DescribeVolumes'],
    list: ({ reading }) => listVolumes(reading.ec2),
  },
  {
    name: 'instances',
    file: 'kinds/listings/instances.ts',
    iam: ['ec2:DescribeInstances'],
    list: ({ reading }) => listInstances(reading.ec2),
  },
  {
    name: 'recycle-bin-rules',
    file: 'aws/services/recycle-bin-rules.ts',
    iam: ['rbin:ListRules', 'rbin:GetRule'],
    list: async function* ({ reading }) {
      yield* await recycleBin.rules(reading);
      yield* await listRecycleBinRules(reading.rbin, 'EC2_IMAGE');
      yield* await listRecycleBinRules(reading.rbin, 'EBS_VOLUME');
    },
  },
  ...SOURCES.map((source) => ({
    name: source.name,
    file: 'kinds/ebs-snapshot/sources/registry.ts',
    iam: source.listing.iam,
    list: (sandbox: Sandbox) => lookIn(sandbox).read(source),
  })),
];

/** Each listing that a verdict rests on, asked for as every run asks for it. */
export const LISTING_PROBES: readonly Probe[] = OWN.map(({ name, file, iam, list }) => ({
  name: `listing-${name}`,
  fact: `The listing of ${name.replaceAll('-', ' ')} takes the parameters that orgsweep sends, and has its list also where there is nothing.`,
  ofAll:
    'Each listing takes the parameters that orgsweep sends, and has its list also where there is nothing.',
  assumedIn: file,
  otherwise: OTHERWISE,
  matters: 'SAFETY',
  sends: 'READS',
  costUsd: 0,
  iam,
  expected: 'read to its end',
  run: async (sandbox) => readToItsEnd(list(sandbox)),
}));

async function readToItsEnd(listing: AsyncIterable<unknown>): Promise<Seen> {
  let count = 0;
  try {
    for await (const _ of listing) count += 1;
  } catch (error) {
    if (error instanceof BrokenListing) return differs(error.message);
    throw error;
  }
  return same(`read to its end: ${count} listed`);
}
