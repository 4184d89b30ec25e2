import type { SimEstate, SimSnapshot } from '../../simulation/model.ts';
import type { Effect } from './acts.ts';

const DAY_MS = 86_400_000;
/** Needed since before the first call. */
const ALWAYS = -1;

/** Why a snapshot must not go, and from which call on. */
export interface Need {
  readonly reason: string;
  readonly since: number;
}

/**
 * What is needed, by the simulated organization's own account of it: the ground truth it was made
 * with, and what other users did since. Age is the policy's matter: see `isOldEnough`.
 */
export class Needs {
  readonly #needs = new Map<string, Need[]>();
  readonly #copies = new Map<string, readonly string[]>();
  /** Snapshots that another user deleted, and before which call. */
  readonly goneSince = new Map<string, number>();

  constructor(estates: readonly SimEstate[]) {
    for (const estate of estates) {
      this.#learnCopies(estate);
      for (const { snapshotId, reasons, verdict } of estate.groundTruths()) {
        if (verdict === 'STALE') continue;
        const needs = reasons.filter((reason) => reason !== 'TOO_YOUNG');
        this.#needs.set(
          snapshotId,
          needs.map((reason) => ({ reason, since: ALWAYS })),
        );
      }
    }
  }

  of(snapshotId: string): readonly Need[] {
    return this.#needs.get(snapshotId) ?? [];
  }

  /** The other completed snapshots that its volume began with. */
  otherCopies(snapshotId: string): readonly string[] {
    return this.#copies.get(snapshotId)?.filter((id) => id !== snapshotId) ?? [];
  }

  #learnCopies(estate: SimEstate): void {
    const byVolume = new Map<string, string[]>();
    for (const { snapshotId } of estate.groundTruths()) {
      const { volumeId = '', state } = estate.snapshot(snapshotId) ?? {};
      const copies = byVolume.get(volumeId) ?? [];
      byVolume.set(volumeId, copies);
      this.#copies.set(snapshotId, copies);
      if (state === 'completed') copies.push(snapshotId);
    }
  }

  /** Takes in what an act made of snapshots, just before this call. */
  learn(effects: readonly Effect[], call: number): void {
    for (const effect of effects) {
      const { snapshotId } = effect;
      if ('gone' in effect) this.goneSince.set(snapshotId, call);
      else
        this.#needs.set(snapshotId, [
          ...this.of(snapshotId),
          { reason: effect.needed, since: call },
        ]);
    }
  }
}

export function isOldEnough({ startTime }: SimSnapshot, minAgeDays: number, at: number): boolean {
  return Math.floor((at - startTime.getTime()) / DAY_MS) >= minAgeDays;
}
