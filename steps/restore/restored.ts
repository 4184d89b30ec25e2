import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { classifyCode } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { LedgerSays, RestoreResult } from '../../core/removal/restore.ts';
import type { RestoreDeps } from '../deps.ts';
import type { ResourceRef } from '../../core/model/ids.ts';
import type { Lease } from '../ledger/lease.ts';
import type { LedgerEntry } from '../ledger/ledger-batch.ts';
import type { KnownOfTarget } from './known-of-target.ts';

export interface RestoreRequest {
  readonly executionId: string;
  /** Only these; none: all that the execution may have removed. */
  readonly resourceIds: readonly string[];
  /** Nothing is changed, and nothing written. */
  readonly dryRun: boolean;
}

/** What it takes to restore in one target. */
export interface Restoring {
  readonly deps: RestoreDeps;
  readonly request: RestoreRequest;
  readonly clients: SpokeClients;
  /** null: a dry run has none. */
  readonly lease: Pick<Lease, 'renew'> | null;
  readonly known: KnownOfTarget;
}

/** A resource of the ledger that is to be brought back. */
export interface ToRestore
  extends
    LedgerSays,
    Readonly<ResourceRef>,
    Readonly<Pick<LedgerEntry, 'step' | 'record' | 'made'>> {}

/** One resource, and how bringing it back ended. */
export interface Restored {
  readonly resourceId: string;
  /** null: the execution knows nothing of it. */
  readonly place: Omit<ResourceRef, 'resourceId'> | null;
  readonly result: RestoreResult;
  readonly failure?: AwsFailure;
  /** Its id now, where that is another one. */
  readonly newId?: string;
  /** What else is another one now, as a sentence. */
  readonly whatIsNew?: string;
  readonly supersededBy?: string;
  /** What was made of it before it was removed, and stays now that the bin gave it back. */
  readonly copyLeft?: string;
}

export function toRestored(
  { kind, accountId, region, resourceId }: ToRestore,
  result: RestoreResult,
  failure?: AwsFailure,
): Restored {
  return { resourceId, place: { kind, accountId, region }, result, ...(failure && { failure }) };
}

/** How a resource ended that AWS or something else wouldn't let be restored. */
export function toFailed(resource: ToRestore, failure: AwsFailure): Restored {
  const isDenied = classifyCode(failure.code) === 'DENIED';
  return toRestored(resource, isDenied ? 'DENIED' : 'FAILED', failure);
}
