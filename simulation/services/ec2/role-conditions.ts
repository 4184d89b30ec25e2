import type { SpokeRole } from '../call/service.ts';

type Tags = Readonly<Record<string, string>>;

/** A change that a spoke role asks for, of one resource. */
export interface RoleRequest {
  readonly role: SpokeRole;
  /** `ec2:DeleteSnapshot`. */
  readonly action: string;
  /** Its ARN. */
  readonly resource: string;
  /** As late as EC2 shows them. */
  readonly resourceTags: Tags;
  /** Of requests that tag. */
  readonly requestTags?: Tags;
  /** Of what the request makes: `CreateSnapshot`. */
  readonly createAction?: string;
}

/** Whether the conditions of the role's policy hold; which actions it has, is asked before. */
export type MayChange = (request: RoleRequest) => boolean;

/**
 * The tag in the deletion role's conditions. Stated here once more: the simulation must not know
 * what orgsweep sends.
 *
 * @internal The proof holds it against the product's.
 */
export const MARKER_TAG = { key: 'orgsweep:marked', value: 'true' } as const;

/**
 * The roles' conditions on a kind that is removed by its marker, unless the simulation was given
 * others.
 *
 * @param protects the tag keys that deny every change. IAM doesn't tell capitals in keys from small
 *   letters
 */
export function markerConditions(protects: RegExp): MayChange {
  return ({ role, action, resourceTags, requestTags = {} }) => {
    if (role === 'restore') {
      const keys = Object.keys(requestTags);
      return action !== 'ec2:CreateTags' || keys.every((key) => key === 'orgsweep:protect');
    }
    if (Object.keys(resourceTags).some((key) => protects.test(key))) return false;
    return action === 'ec2:CreateTags'
      ? Object.keys(requestTags).length === 1 && isMarked(requestTags)
      : isMarked(resourceTags);
  };
}

function isMarked(tags: Tags): boolean {
  return tags[MARKER_TAG.key] === MARKER_TAG.value;
}
