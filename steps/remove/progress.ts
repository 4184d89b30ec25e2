import { classifyCode } from '../../aws/answers/aws-error.ts';
import type { Clock } from '../../clock/clock.ts';
import type { AwsFailure, RemovalOutcome } from '../../core/outcome/outcome.ts';
import { isStopped, type RulesSeen } from '../../core/removal/bin.ts';
import type { Moment } from '../../core/removal/moment.ts';
import { fullBatchSize, grownBatchSize, type Pace, paceAfter } from '../../core/removal/pace.ts';
import { firstTry, type Tries } from '../../core/removal/tries.ts';
import { type Ledger, wasRequested } from '../ledger/ledger.ts';
import type { LostStep } from '../ledger/lost-steps.ts';
import { keyInTarget, type ResourceInTarget } from '../../core/model/ids.ts';

/**
 * What changes while one invocation removes in one target, besides the ledger, the lease and the rules
 * of the bin. The next invocation starts without it.
 */
export class Progress {
  pace: Pace;
  /** How many removals the next check may be for. */
  batchSize: number;
  rulesSeen: RulesSeen = new Map();
  /** Of parents, whether the first that was requested showed as done. */
  readonly parentsSeen = new Map<string, boolean>();
  /** See `isStopped`; the ledger remembers it. */
  isStopped: boolean;
  /** One removal stayed denied for all of the marker's time, and none was allowed. */
  isDeniedThroughout = false;
  /** When all members of a set were last found such that they may go, by `setKeyOf`. */
  readonly setsLookedAt = new Map<string, number>();
  /** As `keyInTarget`s, of which what an earlier step made isn't there, or not whole. */
  readonly lostMade = new Set<string>();
  /** By `keyInTarget`, steps that earlier executions requested, and that this one takes up. */
  readonly takenUp = new Map<string, LostStep>();
  readonly #tries = new Map<string, Tries>();
  /** Perhaps requested by an earlier invocation that died over them. */
  readonly #inherited: ReadonlySet<string>;
  readonly #startedAt: number;
  readonly #clock: Clock;
  #said: Moment = { at: 0, setBacks: 0 };

  constructor(clock: Clock, pace: Pace, ledger: Ledger, startedAt: number) {
    this.#clock = clock;
    this.#startedAt = startedAt;
    this.pace = pace;
    this.batchSize = fullBatchSize(pace);
    this.isStopped = isStopped(ledger.outcomes.values());
    this.#inherited = new Set(
      [...ledger.openIntents.values()].filter(wasRequested).map((intent) => keyInTarget(intent)),
    );
  }

  moment(): Moment {
    const at = this.#clock.now().getTime();
    const isSetBack = at < this.#said.at;
    this.#said = { at, setBacks: this.#said.setBacks + (isSetBack ? 1 : 0) };
    return this.#said;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.moment().at;
  }

  triesOf(removal: ResourceInTarget): Tries {
    const key = keyInTarget(removal);
    return this.#tries.get(key) ?? firstTry(this.#inherited.has(key), this.#startedAt);
  }

  note(removal: ResourceInTarget, tries: Tries): void {
    this.#tries.set(keyInTarget(removal), tries);
  }

  noteMarked(removal: ResourceInTarget): void {
    const tries = this.triesOf(removal);
    this.note(removal, { ...tries, markedAt: tries.markedAt ?? this.now() });
  }

  noteMade(removal: ResourceInTarget, isWhole: boolean): void {
    if (isWhole) this.lostMade.delete(keyInTarget(removal));
    else this.lostMade.add(keyInTarget(removal));
  }

  noteEnded(outcomes: readonly RemovalOutcome[]): void {
    if (isStopped(outcomes)) this.isStopped = true;
  }

  noteAccepted(): void {
    this.isDeniedThroughout = false;
    this.pace = paceAfter(this.pace, 'ACCEPTED');
  }

  /** A throttled answer slows the target down, whichever API gave it; no other does. */
  noteRefused({ code }: AwsFailure): void {
    if (classifyCode(code) === 'THROTTLED') this.pace = paceAfter(this.pace, 'THROTTLED');
  }

  noteTurn(at: number): void {
    this.pace = { ...this.pace, lastTurnAt: at };
  }

  /** A batch that was managed whole. */
  growBatch(): void {
    this.batchSize = grownBatchSize(this.batchSize, this.pace);
  }
}
