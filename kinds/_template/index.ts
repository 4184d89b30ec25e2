import { defineKind } from '../kind.ts';
import { assess } from './assess.ts';
import { Address, KIND } from './facts.ts';
import { listAddresses } from './listing.ts';

/** The smallest kind: it is listed, assessed and told of. docs/adding-a-kind.md begins with it. */
export const template = defineKind<Address>({
  kind: KIND,
  reach: 'regional',
  facts: Address,
  iam: {
    discover: [{ does: 'READ', actions: ['ec2:DescribeAddresses'] }],
    remove: [],
    restore: [],
  },
  discover: async ({ clients }) => ({
    resources: await listAddresses(clients.ec2),
    incomplete: [],
    counts: {},
    foreignReferences: [],
  }),
  assess,
  describe: ({ allocationId, publicIp, associationId, tags }) => ({
    resourceId: allocationId,
    // AWS doesn't say when an address was allocated.
    startedAt: null,
    ageDays: null,
    sizeGiB: null,
    monthlyCostUsdUpTo: null,
    tags,
    evidence: { publicIp, associationId },
  }),
  words: {
    one: 'address',
    many: 'addresses',
    reasons: { STALE: { ADDRESS_UNASSOCIATED: 'nothing has it' } },
  },
});
