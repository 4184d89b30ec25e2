import { CreateTagsCommand, DeleteTagsCommand, ReleaseAddressCommand } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { SimKind } from '../../../simulation/kinds/kind.ts';
import { SIM_KINDS } from '../../../simulation/kinds/registry.ts';
import type { DatedChange } from '../../../simulation/model/change.ts';
import { PerEstate } from '../../../simulation/model/per-estate.ts';
import { changeRule } from '../../../simulation/services/ec2/change-rule.ts';
import {
  BUCKETS,
  placeOf,
  refuseUnlessRoleAllows,
} from '../../../simulation/services/ec2/operation.ts';
import { markerConditions } from '../../../simulation/services/ec2/role-conditions.ts';
import { shapeOf } from '../../../simulation/services/ec2/resource-ids.ts';
import { ServiceError } from '../../../simulation/services/call/service.ts';
import { element } from '../../../simulation/services/protocols/xml.ts';
import { serve } from '../../support/organizations/served-organization.ts';
import { SPOKE } from '../../support/organizations/tiny-organization.ts';

/** All of a kind in one file: what `simulation/kinds/NAME/` would have. */
const ADDRESSES = new PerEstate(
  ({ origin }) =>
    new Map(
      Array.from({ length: origin.amounts['made-up-address'] ?? 0 }, (_, number) => [
        `eipalloc-0000000${number}`,
        {} as Record<string, string>,
      ]),
    ),
);
const TAG_ADDRESSES = changeRule(
  'tag-addresses',
  { ids: z.array(z.string()), tags: z.array(z.tuple([z.string(), z.string()])) },
  ({ ids, tags }, { estate }) => {
    for (const id of ids) ADDRESSES.of(estate).set(id, Object.fromEntries(tags));
  },
);
const RELEASE_ADDRESS = changeRule(
  'release-address',
  { id: z.string() },
  ({ id }, { estate }) => void ADDRESSES.of(estate).delete(id),
);
const arnOf = (region: string, id: string) => `arn:aws:ec2:${region}::elastic-ip/${id}`;
const addresses: SimKind = {
  name: 'made-up-address',
  changes: [TAG_ADDRESSES, RELEASE_ADDRESS],
  ec2: {
    ReleaseAddress: {
      accepts: ['AllocationId'],
      bucket: () => ({ name: 'ReleaseAddress', size: BUCKETS.mutating }),
      authorize: (call) => {
        const id = call.parameters.require('AllocationId');
        const tags = ADDRESSES.of(call.estate()).get(id) ?? {};
        refuseUnlessRoleAllows(call, { arn: arnOf(call.region, id), tags });
      },
      answer: (call) => {
        const id = call.parameters.require('AllocationId');
        call.change(RELEASE_ADDRESS.of(placeOf(call), { id }));
        return element('return', true);
      },
    },
  },
  taggable: {
    ids: {
      shape: shapeOf('eipalloc'),
      malformed: (id) => new ServiceError('InvalidAllocationID.Malformed', id),
      notFound: (id) => new ServiceError('InvalidAllocationID.NotFound', id),
    },
    arnOf: ({ region }, id) => arnOf(region, id),
    tagsOf: (estate, id) => ADDRESSES.of(estate).get(id),
    tagsAsSeen: (call, id) => ADDRESSES.of(call.estate()).get(id),
    change: (place, ids, tags) => TAG_ADDRESSES.of(place, { ids, tags }),
  },
  roleActions: { deletion: ['ec2:ReleaseAddress'] },
  conditions: { arnType: 'elastic-ip', mayChange: markerConditions(/^orgsweep:protect$/i) },
};
const kinds = [...SIM_KINDS, addresses];
const estates = { [`${SPOKE}/eu-west-1`]: { amounts: { 'made-up-address': 2 } } };
const marker = [{ Key: 'orgsweep:marked', Value: 'true' }];

it('takes state, changes, tags, operations and role of a kind from that kind alone', async () => {
  const noted: DatedChange[] = [];
  const journal = {
    before: [],
    note: (change: DatedChange) => void noted.push(change),
    settle: async () => undefined,
  };
  const served = await serve({ estates }, { kinds, journal });
  const deletion = served.ec2(await served.assume('orgsweep-deletion'));
  const release = async (number: number) =>
    deletion.send(new ReleaseAddressCommand({ AllocationId: `eipalloc-0000000${number}` }));
  await expect(release(0)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  await deletion.send(new CreateTagsCommand({ Resources: ['eipalloc-00000000'], Tags: marker }));
  await release(0);
  const other = { Key: 'team', Value: 'blue' };
  await expect(
    deletion.send(new CreateTagsCommand({ Resources: ['eipalloc-00000001'], Tags: [other] })),
  ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  const there = ADDRESSES.of(served.organization.estate(SPOKE, 'eu-west-1'));
  expect([...there.keys()]).toEqual(['eipalloc-00000001']);
  expect(noted.map(({ change }) => change.kind)).toEqual(['tag-addresses', 'release-address']);
  await served.close();

  const again = await serve({ estates }, { kinds, journal: { ...journal, before: noted } });
  const reopened = ADDRESSES.of(again.organization.estate(SPOKE, 'eu-west-1'));
  expect([...reopened.keys()]).toEqual(['eipalloc-00000001']);
  await again.close();
});

it('knows nothing of a kind that it was not given', async () => {
  const served = await serve({ estates });
  const ec2 = served.ec2(await served.assume('orgsweep-deletion'));
  const Resources = ['eipalloc-00000000'];
  await expect(
    ec2.send(new ReleaseAddressCommand({ AllocationId: Resources[0] })),
  ).rejects.toMatchObject({ name: 'InvalidAction' });
  await expect(ec2.send(new CreateTagsCommand({ Resources, Tags: marker }))).rejects.toMatchObject({
    name: 'InvalidID',
  });
  await expect(ec2.send(new DeleteTagsCommand({ Resources }))).rejects.toMatchObject({
    name: 'InvalidAction',
  });
  await served.close();
});

it('refuses a journal with a change that no kind has', async () => {
  const change = { kind: 'release-address', accountId: SPOKE, region: 'eu-west-1', id: 'x' };
  const before = [{ at: new Date(0), change }];
  const journal = { before, note: () => undefined, settle: async () => undefined };
  await expect(serve({}, { journal })).rejects.toThrow('no kind has a change "release-address"');
});
