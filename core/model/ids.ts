import { z } from 'zod';
import { acceptedAccountId } from './ids-meant.ts';

/** Twelve digits, as AWS Organizations numbers accounts. */
export const AccountId = z
  .string('accepted: 12 digits in quotes, as a number loses its zeros in front')
  .regex(/^\d{12}$/, { error: ({ input }) => acceptedAccountId(input) })
  .meta({ title: 'account id' });
export type AccountId = z.infer<typeof AccountId>;

/** The shape of a Region name; whether the Region exists is asked of AWS in Prepare. */
export const Region = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'accepted: a Region name such as "eu-west-1"')
  .meta({ title: 'Region name' });
export type Region = z.infer<typeof Region>;

export const OrganizationalUnitId = z
  .string()
  .regex(/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'accepted: an OU id such as "ou-ab12-cdef3456"')
  .meta({ title: 'OU id' });
export type OrganizationalUnitId = z.infer<typeof OrganizationalUnitId>;

/** Also the name of the Step Functions execution, hence its alphabet and length. */
export const ExecutionId = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,80}$/, 'accepted: 1 to 80 letters, digits, "-" and "_"')
  .meta({ title: 'execution id' });
export type ExecutionId = z.infer<typeof ExecutionId>;

/** A resource kind's name, such as "ebs-snapshot". Which names exist, the kinds' registry says. */
export const KindName = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
export type KindName = z.infer<typeof KindName>;

/** A step of a removal, in the words of a command. */
export const StepName = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
export type StepName = z.infer<typeof StepName>;

/** A stable upper-case code: a verdict's reason, or why a plan holds a removal back. */
export const ReasonCode = z.string().regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** ISO 8601 in UTC, with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;

/** One resource of the whole organization. */
export const ResourceRef = z.strictObject({
  kind: KindName,
  accountId: AccountId,
  region: Region,
  resourceId: z.string().min(1),
});
export type ResourceRef = z.infer<typeof ResourceRef>;

/** One resource of a target that is known. */
export type ResourceInTarget = Readonly<Pick<ResourceRef, 'kind' | 'resourceId'>>;

/** Names a resource within its target, the same in history, plan and ledger. */
export function keyInTarget(of: ResourceInTarget): string {
  return `${of.kind}:${of.resourceId}`;
}

/** What a `keyInTarget` names. */
export function resourceOf(key: string): ResourceInTarget {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon), resourceId: key.slice(colon + 1) };
}

/** Names a resource of the whole organization, the same in plan, ledger and outcomes. */
export function resourceKey(of: Readonly<ResourceRef>): string {
  return `${of.accountId}/${of.region}/${keyInTarget(of)}`;
}
