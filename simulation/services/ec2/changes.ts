import type { Clock } from '../../../clock/clock.ts';
import type { DatedChange, SimChange, SimJournal } from '../../model/change.ts';
import type { SimOrganization } from '../../model/organization.ts';
import type { ChangeRule } from './change-rule.ts';
import type { Visibility } from './visibility.ts';
import { StandingClock } from '../../standing-clock.ts';

const NO_JOURNAL: SimJournal = { before: [], note: () => undefined, settle: async () => undefined };

interface ChangesOptions {
  readonly organization: SimOrganization;
  readonly clock: Clock;
  /** Of all kinds. */
  readonly rules: readonly ChangeRule[];
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
  readonly #rules: ReadonlyMap<string, ChangeRule>;
  readonly #journal: SimJournal;

  /** The organization follows the clock from now on. @throws where the journal doesn't fit it */
  constructor(options: ChangesOptions) {
    const { organization, clock, rules, makeVisibility, journal = NO_JOURNAL } = options;
    this.#organization = organization;
    this.#rules = new Map(rules.map((rule) => [rule.kind, rule]));
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
    const rule = this.#rules.get(change.kind);
    if (rule === undefined) throw new Error(`no kind has a change "${change.kind}"`);
    const place = { accountId: change.accountId, region: change.region };
    const estate = this.#organization.estate(place.accountId, place.region);
    const on = { place, estate, visibility: this.visibility };
    this.#clock.standAt(at, () => rule.make(change, on));
  }
}
