import type { Clock } from '../../../clock/clock.ts';
import type { DatedChange, SimChange, SimJournal } from '../../model/change.ts';
import type { SimOrganization } from '../../model/organization.ts';
import type { Visibility } from './visibility.ts';
import { StandingClock } from '../../standing-clock.ts';

const NO_JOURNAL: SimJournal = { before: [], note: () => undefined, settle: async () => undefined };

interface ChangesOptions {
  readonly organization: SimOrganization;
  readonly clock: Clock;
  readonly makeVisibility: (clock: Clock) => Visibility;
  readonly journal?: SimJournal | undefined;
}

/**
 * The one way in which a call changes an organization. A change is made at one instant, so that one
 * that is done again from the journal has the same times in it.
 */
export class Changes {
  readonly visibility: Visibility;
  readonly #organization: SimOrganization;
  readonly #clock: StandingClock;
  readonly #journal: SimJournal;

  /** The organization follows the clock from now on. @throws where the journal doesn't fit it */
  constructor({ organization, clock, makeVisibility, journal = NO_JOURNAL }: ChangesOptions) {
    this.#organization = organization;
    this.#journal = journal;
    this.#clock = new StandingClock(clock);
    this.visibility = makeVisibility(this.#clock);
    organization.followClock(this.#clock);
    for (const dated of journal.before) this.#make(dated);
  }

  make(change: SimChange): void {
    const dated = { at: this.#clock.now(), change };
    this.#journal.note(dated);
    this.#make(dated);
  }

  async settle(): Promise<void> {
    await this.#journal.settle();
  }

  #make({ at, change }: DatedChange): void {
    this.#clock.standAt(at, () => this.#apply(change));
  }

  #apply(change: SimChange): void {
    const place = { accountId: change.accountId, region: change.region };
    const estate = this.#organization.estate(place.accountId, place.region);
    switch (change.kind) {
      case 'tag-snapshots': {
        const tags = Object.fromEntries(change.tags);
        for (const id of change.snapshotIds) {
          const snapshot = estate.snapshot(id);
          if (snapshot !== undefined) this.visibility.tagged(place, snapshot, tags);
          estate.tagSnapshot(id, tags);
        }
        return;
      }
      case 'delete-snapshot': {
        const snapshot = estate.snapshot(change.snapshotId);
        if (snapshot !== undefined) this.visibility.deleted(place, snapshot);
        estate.deleteSnapshot(change.snapshotId, change.by);
        return;
      }
      case 'restore-snapshot':
        estate.restoreSnapshot(change.snapshotId);
        this.visibility.restored(place, change.snapshotId);
    }
  }
}
