import { hasEnteredSince, type BinEntry } from '../../../core/removal/bin.ts';
import type { Moment } from '../../../core/removal/moment.ts';
import { next } from '../../../core/removal/next.ts';
import type { BinSight, Refused, Seen } from '../../../core/removal/seen.ts';
import type { Act, Allowed, Removal, Stage } from '../../../core/removal/stage.ts';
import { type Ending, firstTry, type Tries } from '../../../core/removal/tries.ts';
import { FOLLOWS, stepOf } from './arbitrary-removal.ts';
import { aPolicy, aRemoval, aRule, NOW } from '../../support/summaries/builders.ts';

/** What goes wrong at one call or write; past the end of all of them nothing does any more. */
export interface Trouble {
  /** Of a call. LOST: carried out, and nobody hears of it. */
  readonly answer: 'OK' | 'SERVER' | 'LOST' | 'THROTTLED' | 'DENIED' | 'FAILED';
  /** Of a write, after which the invocation is dead. */
  readonly dies: null | 'BEFORE' | 'AFTER';
  readonly takesMilliseconds: number;
  readonly setsClockBack: boolean;
  readonly meanwhile: null | 'PROTECTED' | 'DELETED' | 'RULE_GONE' | 'INTERRUPTED';
}
const CALM: Trouble = {
  answer: 'OK',
  dies: null,
  takesMilliseconds: 0,
  setsClockBack: false,
  meanwhile: null,
};

class Died extends Error {}

interface Written {
  written: Removal['written'];
  intentAt: string | null;
  ended: Ending | null;
}

/** One resource in AWS, the ledger of its removal, and who tries to remove it, again and again. */
export class World {
  exists = true;
  isProtected = false;
  inBin: BinEntry | null = null;
  binWorks = true;
  readonly ledger: Written = { written: 'NOTHING', intentAt: null, ended: null };
  /** Requests that AWS carried out. */
  carriedOut = 0;
  /** Requests in the ledger, each about to leave. */
  notes = 0;
  invocations = 0;
  steps = 0;
  /** What breaks a promise. */
  readonly breaches: string[] = [];
  #now = NOW.getTime();
  #setBacks = 0;
  #isInterrupted = false;
  #troubles: Trouble[];
  #stale: Moment | null = null;
  #requestsOfNote = 0;
  readonly #requiresBin: boolean;
  /** undefined: its kind has only one, and removes. */
  readonly #step: string | undefined;
  /** A step that isn't the last was taken. */
  isFurther = false;

  constructor(troubles: readonly Trouble[], requiresBin: boolean, step: string | null = null) {
    this.#troubles = [...troubles];
    this.#requiresBin = requiresBin;
    this.#step = step ?? undefined;
  }

  /** Invocations until it has ended. */
  live(): Ending {
    while (this.ledger.ended === null) {
      this.invocations += 1;
      this.#isInterrupted = false;
      if (this.invocations > 200) throw new Error('it never ends');
      try {
        this.#invoke();
      } catch (error) {
        if (!(error instanceof Died)) throw error;
      }
    }
    return this.ledger.ended;
  }

  #invoke(): void {
    let tries = firstTry(this.ledger.written === 'REQUEST', this.#now);
    let stage: Stage = { at: 'DUE' };
    let seen: Seen = { seen: 'NOTHING' };
    for (let step = 0; step < 300; step += 1) {
      this.steps += 1;
      if (this.#isInterrupted && stage.at === 'DUE')
        seen = { seen: 'END_OF_WORK', reason: 'INTERRUPTED' };
      const then = next(this.#removal(tries, stage), seen, this.#allowed());
      if (then.next !== 'GO_ON' && then.next !== 'LEAVE' && then.takesBack) this.#takeBack();
      if (then.next === 'END') return this.#write(() => (this.ledger.ended = then.ending));
      if (then.next === 'LEAVE' && then.takesBack) this.#takeBack();
      if (then.next === 'LEAVE' && this.#isInterrupted && stage.at === 'DUE') return;
      if (then.next === 'GO_ON') {
        ({ stage } = then);
        const done = this.#do(then.act, tries, stage);
        seen = done.seen;
        tries = done.tries;
      } else {
        if (then.next === 'WAIT') ({ tries } = then);
        this.#now = Math.max(this.#now, tries.notBefore);
        stage = { at: 'DUE' };
        seen = { seen: 'NOTHING' };
      }
    }
    const then = next(this.#removal(tries, stage), { seen: 'NO_PROGRESS' }, this.#allowed());
    if (then.next === 'END') this.#write(() => (this.ledger.ended = then.ending));
  }

  #removal(tries: Tries, stage: Stage): Removal {
    const { written } = this.ledger;
    const step = this.#step === undefined ? {} : { step: this.#step, follows: FOLLOWS };
    return {
      ...{ planned: aRemoval(step), written, tries, stage, graceBeganAnew: false },
      ...{ ...stepOf(this.#step), isUnproved: false },
    };
  }

  #allowed(): Allowed {
    return {
      now: this.#moment(),
      isInterrupted: this.#isInterrupted,
      policy: aPolicy({ requireUndo: this.#requiresBin, graceDays: 0 }),
      hold: null,
      // A stop comes from another removal of the target, and ends this one at its next look.
      isStopped: false,
      isDeniedThroughout: false,
    };
  }

  #moment(): Moment {
    return { at: this.#now, setBacks: this.#setBacks };
  }

  #do(act: Act, tries: Tries, stage: Stage): { seen: Seen; tries: Tries } {
    switch (act) {
      case 'LOOK': {
        const check = this.#moment();
        const { answer } = this.#call();
        this.#stale = null;
        if (answer !== 'OK') return { tries, seen: failed('CHECK_FAILED') };
        if (!this.exists) return { tries, seen: { seen: 'GONE', bin: this.#lookIntoBin() } };
        if (!this.isProtected) this.#stale = check;
        const verdict = this.isProtected ? 'KEEP' : 'STALE';
        return {
          tries,
          seen: {
            seen: 'THERE',
            verdict: { verdict, reasons: ['VOLUME_MISSING'] },
            ...{ check, lookedAt: NOW, failure: undefined, groupHold: null },
            nextStep: this.#nextStep(),
          },
        };
      }
      case 'FIND_RULE': {
        const { answer } = this.#call();
        if (answer === 'OK')
          return { tries, seen: { seen: 'RULE', rule: this.binWorks ? aRule() : null } };
        const isDenied = answer === 'DENIED';
        return { tries, seen: { seen: 'RULES_UNREADABLE', failure: FAILURE, isDenied } };
      }
      case 'BEGIN':
        this.#begin();
        return { tries, seen: { seen: 'BEGUN' } };
      case 'MARK': {
        this.#begin();
        const { answer } = this.#call();
        if (answer === 'OK')
          return {
            tries: { ...tries, markedAt: tries.markedAt ?? this.#now },
            seen: { seen: 'TAGGED' },
          };
        return { tries, seen: failed('MARKING_FAILED') };
      }
      case 'SEE_MARKER':
        if (this.#call().answer !== 'OK') return { tries, seen: failed('MARKER_NOT_SEEN') };
        return { tries, seen: { seen: 'MARKER' } };
      case 'LOOK_FOR_COPIES':
        if (this.#call().answer !== 'OK') return { tries, seen: failed('CHECK_FAILED') };
        return { tries, seen: { seen: 'COPIES', groupHold: null } };
      case 'NOTE_REQUEST':
        this.#write(() => {
          this.ledger.written = 'REQUEST';
          this.notes += 1;
        });
        this.#requestsOfNote = 0;
        return { tries, seen: { seen: 'REQUEST_NOTED' } };
      case 'DELETE':
        return { tries, seen: this.#delete(stage) };
      case 'LOOK_INTO_BIN':
        if (stage.at === 'ACCEPTED')
          return { tries, seen: { seen: 'BIN', bin: this.#lookIntoBin() } };
        return { tries, seen: { seen: 'GONE', bin: this.#lookIntoBin(), refusal: FAILURE } };
    }
  }

  #begin(): void {
    if (this.ledger.written !== 'NOTHING') return;
    this.#write(() => {
      this.ledger.written = 'INTENT';
      this.ledger.intentAt = new Date(this.#now).toISOString();
    });
  }

  #nextStep() {
    const { step, goesOnTo } = stepOf(this.#step);
    if (this.#step === undefined) return undefined;
    return { name: (this.isFurther && goesOnTo?.name) || step.name, notBefore: null };
  }

  #delete(stage: Stage): Seen {
    const now = this.#moment();
    if (this.ledger.written !== 'REQUEST')
      this.breaches.push('deleted without its request written');
    if (this.#requestsOfNote > 0) this.breaches.push('deleted twice for one request');
    if (this.#stale === null) this.breaches.push('deleted without a look that found it stale');
    else if (now.at - this.#stale.at > 12_000) this.breaches.push('deleted on an old look');
    else if (now.setBacks !== this.#stale.setBacks) this.breaches.push('deleted after a set-back');
    if (this.#isInterrupted) this.breaches.push('deleted after an interrupt');
    const isForBin = stepOf(this.#step).step.undo === 'RECYCLE_BIN';
    if (isForBin && this.#requiresBin && !('rule' in stage && stage.rule))
      this.breaches.push('deleted without a rule');
    this.#requestsOfNote += 1;
    const { answer } = this.#call();
    if (!this.exists) return refused('ALREADY_GONE');
    if (answer === 'OK' || answer === 'LOST') {
      this.carriedOut += 1;
      if (stepOf(this.#step).goesOnTo !== null) {
        this.isFurther = true;
        return answer === 'OK' ? { seen: 'ACCEPTED', made: 'copy-1' } : refused('RETRY');
      }
      this.exists = false;
      const at = new Date(this.#now).toISOString();
      if (this.binWorks) this.inBin = { enteredAt: at, restorableUntil: at };
      return answer === 'OK' ? { seen: 'ACCEPTED' } : refused('RETRY');
    }
    if (answer === 'SERVER') return refused('RETRY');
    if (answer === 'THROTTLED') return refused('RETRY', true);
    return refused(answer);
  }

  #lookIntoBin(): BinSight {
    const { answer } = this.#call();
    const ended = this.#isInterrupted ? 'INTERRUPTED' : 'WAITED';
    if (answer !== 'OK') return { failure: FAILURE, ended };
    const { intentAt } = this.ledger;
    const isOurs = this.inBin && intentAt !== null && hasEnteredSince(this.inBin, intentAt);
    return { entry: isOurs ? this.inBin! : undefined, ended };
  }

  #call(): Trouble {
    return this.#pass();
  }

  #takeBack(): void {
    if (this.carriedOut > 0) this.breaches.push('took back what was carried out');
    this.#write(() => (this.ledger.written = 'INTENT'));
  }

  /** What the store has is the truth, also of an invocation that died over it. */
  #write(change: () => void): void {
    const { dies } = this.#pass();
    if (dies === 'BEFORE') throw new Died();
    change();
    if (dies === 'AFTER') throw new Died();
  }

  #pass(): Trouble {
    const trouble = this.#troubles.shift() ?? CALM;
    this.#now += trouble.takesMilliseconds;
    if (trouble.setsClockBack) {
      this.#now -= 60_000;
      this.#setBacks += 1;
    }
    if (trouble.meanwhile === 'PROTECTED') this.isProtected = true;
    if (trouble.meanwhile === 'RULE_GONE') this.binWorks = false;
    if (trouble.meanwhile === 'INTERRUPTED') this.#isInterrupted = true;
    if (trouble.meanwhile === 'DELETED') this.exists = false;
    return trouble;
  }
}

const FAILURE = { code: 'InternalError', message: 'x' };

function failed(what: 'CHECK_FAILED' | 'MARKING_FAILED' | 'MARKER_NOT_SEEN'): Seen {
  return { seen: 'FAILED', what, failure: FAILURE };
}

function refused(means: Refused['means'], isThrottled = false): Seen {
  return { seen: 'REFUSED', refused: { failure: FAILURE, means, isThrottled } };
}
