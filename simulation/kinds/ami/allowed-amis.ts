import { PerEstate } from '../../model/per-estate.ts';
import { hash32, hashKey } from '../../population/hash.ts';
import type { Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { element } from '../../services/protocols/xml.ts';

const STATES = ['disabled', 'disabled', 'audit-mode', 'enabled'] as const;

/** In some accounts and Regions on, in others tried out. The account's own AMIs are shown all the same. */
const STATE = new PerEstate(
  ({ origin: { seed }, accountId, region }) =>
    STATES[hash32(hashKey(seed, 'allowed AMIs', accountId, region), 0) % STATES.length] ??
    'disabled',
);

export const getAllowedImagesSettings: Ec2Operation = {
  accepts: [],
  bucket: nonMutatingBucket,
  answer: (call) => element('state', STATE.of(call.estate())) + element('managedBy', 'account'),
};
