import { z } from 'zod';
import { amis } from './ami/index.ts';
import type { SimKind } from './kind.ts';
import { amiUsers } from './ami-users/index.ts';
import { ebsSnapshots } from './ebs-snapshot/index.ts';
import { ebsVolumes } from './ebs-volume/index.ts';

/** What the simulated AWS has. */
export const SIM_KINDS: readonly SimKind[] = [ebsSnapshots, ebsVolumes, amis, amiUsers];

/** A change as it stands in the journal of a kept organization. */
export const AnySimChange = z.union(
  SIM_KINDS.flatMap(({ changes = [] }) => changes.map(({ schema }) => schema)),
);
