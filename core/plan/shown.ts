import { z } from 'zod';
import { AccountId } from '../model/ids.ts';
import { OWNER_TAGS } from '../tags/owner-tag.ts';

/** Of a resource that a request names: what people know it by. Strangers wrote it, so it is short. */
export const NamedResource = z.strictObject({
  /** As `resourceKey`. */
  key: z.string(),
  name: z.string().nullable(),
  /** The first of the owner tags that it has. */
  owner: z.strictObject({ tag: z.enum(OWNER_TAGS), value: z.string() }).nullable(),
});
export type NamedResource = z.infer<typeof NamedResource>;

/**
 * What ShowPlan gives to the request, in the machine's own state, where nobody who writes in the
 * store can change it: the names of what the request names, and no more.
 */
export const Shown = z.strictObject({
  /** Why there is no `report.html`; null: it is there. */
  pageFailure: z.string().nullable(),
  /** Why there is no `findings.csv`; null: it is there. */
  csvFailure: z.string().nullable(),
  /** What the deployment sets, in words; absent: nothing, or made by an earlier version. */
  floors: z.string().optional(),
  accounts: z.array(z.strictObject({ id: AccountId, name: z.string() })),
  resources: z.array(NamedResource),
});
export type Shown = z.infer<typeof Shown>;
