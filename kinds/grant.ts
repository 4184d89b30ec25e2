/**
 * What a spoke role may do for a kind. It says what the actions are for, and the roles' policies say
 * from that how far they reach: a kind can't forget the conditions.
 */
export type Grant = Reads | Changes;

interface Reads {
  readonly does: 'READ';
  readonly actions: readonly string[];
  /** Where the actions know resources, the only ones: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource?: string;
}

/**
 * - `MARK`: tags with orgsweep's marker, and with nothing else.
 * - `REMOVE`: removes what carries the marker, and no tag that protects.
 * - `BRING_BACK`: takes out of the Recycle Bin; there is nothing in it that may not come back.
 * - `PROTECT`: tags with `orgsweep:protect`, and with nothing else.
 */
export interface Changes {
  readonly does: 'MARK' | 'REMOVE' | 'BRING_BACK' | 'PROTECT';
  readonly actions: readonly string[];
  /** The only resources: an ARN after `arn:PARTITION:`, with `*`. */
  readonly resource: string;
}

export function actionsOf(grants: readonly Grant[]): readonly string[] {
  return grants.flatMap(({ actions }) => actions);
}
