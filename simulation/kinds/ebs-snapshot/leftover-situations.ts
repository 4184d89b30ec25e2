import type { SimImage } from '../../model/organization.ts';
import type { SimSnapshot } from '../../model/snapshot.ts';

/**
 * What an AMI left behind, or seems to have, and what must become of it: written down beside it, never
 * computed. What is kept, exactly one thing keeps.
 */
export interface LeftoverSituation {
  readonly name: string;
  readonly verdict: 'STALE' | 'KEEP';
  readonly reasons: readonly string[];
  /** Which of AWS's descriptions it has; `more`: somebody wrote something after it. */
  readonly words: 'created' | 'created-from-volume' | 'copied';
  readonly more?: string;
  /** Attached to an instance that runs, or gone; of a copy nobody knows. */
  readonly volume: 'in-use' | 'gone' | 'unknown';
  readonly transferType?: NonNullable<SimSnapshot['transferType']>;
  /** What became of the AMI that its description names. */
  readonly ami: 'gone' | 'in-recycle-bin' | Exclude<SimImage['state'], 'available'>;
  /** Another AMI was registered from it. */
  readonly isRegisteredAgain?: true;
}

type More = Partial<LeftoverSituation>;

function left(name: string, more: More = {}): LeftoverSituation {
  const usual = { words: 'created', volume: 'gone', ami: 'gone' } as const;
  return { name, verdict: 'STALE', reasons: ['AMI_GONE'], ...usual, ...more };
}

function kept(name: string, reason: string, more: More = {}): LeftoverSituation {
  return { ...left(name, more), verdict: 'KEEP', reasons: [reason] };
}

const COPY = { words: 'copied', volume: 'unknown' } as const;

export const LEFTOVER_SITUATIONS: readonly LeftoverSituation[] = [
  left('ami-left'),
  left('ami-left-older-words', { words: 'created-from-volume' }),
  left('ami-left-volume-in-use', { volume: 'in-use' }),
  left('ami-left-copied', COPY),
  kept('ami-in-bin', 'AMI_IN_RECYCLE_BIN', { ami: 'in-recycle-bin' }),
  kept('registered-again', 'USED_BY_AMI', { isRegisteredAgain: true }),
  // Names an AMI that never was in this account and Region.
  kept('copy-keeps-description', 'COPY_ORIGIN_UNKNOWN', {
    ...{ volume: 'unknown', transferType: 'standard' },
  }),
  kept('ami-left-and-more-words', 'IN_USE', { volume: 'in-use', more: ', for the auditors' }),
  kept('copied-and-more-words', 'COPY_ORIGIN_UNKNOWN', { ...COPY, more: ' For the auditors.' }),
  // They are listed, and name none of their snapshots.
  kept('ami-under-way', 'IN_USE', { volume: 'in-use', ami: 'pending' }),
  kept('ami-failed', 'IN_USE', { volume: 'in-use', ami: 'failed' }),
];
