import { z } from 'zod';
import { ageDaysAt } from '../../../core/model/age.ts';
import { defineKind, type Kind, type Look } from '../../../kinds/kind.ts';
import type { Answer, Step, Thing } from '../../../kinds/removal.ts';
import type { Chance } from './chance.ts';

export const LAMP = 'lamp';
export const WAIT_DAYS = { 'switch-off': 0, photograph: 7, remove: 1 } as const;
export type LampStep = keyof typeof WAIT_DAYS;
const STEP_AT = { ON: 'switch-off', OFF: 'photograph', PHOTOGRAPHED: 'remove' } as const;
const AFTER = { 'switch-off': 'OFF', photograph: 'PHOTOGRAPHED', remove: 'GONE' } as const;

const Lamp = z.strictObject({
  id: z.string(),
  /** What one request may be about. */
  shelf: z.string(),
  state: z.enum(['ON', 'OFF', 'PHOTOGRAPHED']),
  isUsed: z.boolean(),
});
type Lamp = z.infer<typeof Lamp>;

/** What orgsweep did to a lamp, or may have done without hearing of it. */
export interface Change {
  readonly id: string;
  readonly step: LampStep;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly executionId: string;
  readonly shelf: string;
  readonly isAnswered: boolean;
}

type Done = Exclude<Answer, { readonly refused: unknown }>;

type Taken =
  | { readonly refused: string }
  | { readonly isAnswered: false; readonly isDone: boolean }
  | { readonly isAnswered: true; readonly done: Done };

/**
 * Lamps of one account: a kind that is made up, global, without tags, size or a price, that is removed
 * in three steps over three executions: marked and one by one, or unmarked and several of a shelf at once. Others use and change them between any two of orgsweep's calls.
 * It judges by itself whether a step was one to take, and what it finds wrong it keeps.
 */
export class LampWorld {
  readonly changes: Change[] = [];
  /** What was requested and got no answer that says whether it was done. */
  readonly unanswered: Change[] = [];
  readonly breaches: string[] = [];
  requestsOfSeveral = 0;
  executionId = '';
  readonly #lamps = new Map<string, Lamp>();
  readonly #looked = new Map<string, { readonly lamp: Lamp; readonly at: number }>();
  readonly #isTogether: boolean;
  readonly #chance: Chance;
  readonly #now: () => number;

  constructor(count: number, isTogether: boolean, chance: Chance, now: () => number) {
    this.#isTogether = isTogether;
    this.#chance = chance;
    this.#now = now;
    for (let at = 0; at < count; at += 1) {
      const id = `lamp-${at}`;
      this.#lamps.set(id, { id, shelf: `shelf-${at % 2}`, state: 'ON', isUsed: chance.isOneIn(6) });
    }
  }

  isThere(id: string): boolean {
    return this.#lamps.has(id);
  }

  kind(): Kind {
    const discovery = (resources: readonly Lamp[]) => ({
      ...{ resources, incomplete: [], counts: {}, foreignReferences: [] },
    });
    const byItself = {
      fence: {
        by: 'MARKER' as const,
        mark: async () => this.#others(),
        findMarked: async (_: Look, ids: readonly string[]) => new Set(ids),
      },
      run: (name: LampStep) => ({
        one: async (_: unknown, { resourceId }: Thing<Lamp>) => this.#takeOne(name, resourceId),
      }),
    };
    const together = {
      fence: { by: 'NOTHING' as const, says: 'Nothing keeps a role from it.' },
      run: (name: LampStep) => ({
        most: MOST_TOGETHER,
        parentOf: ({ shelf }: Lamp) => shelf,
        many: async (_: unknown, things: readonly Thing<Lamp>[]) => this.#takeMany(name, things),
      }),
    };
    const step = (name: LampStep): Step<Lamp> => {
      const { fence, run } = this.#isTogether ? together : byItself;
      return {
        ...{ name, fence, waitDays: WAIT_DAYS[name], run: run(name) },
        undo: [{ way: 'NONE', says: 'Nothing brings a lamp back.' }],
      };
    };
    return defineKind<Lamp>({
      kind: LAMP,
      reach: 'global',
      facts: Lamp,
      iam: { discover: [], remove: [], restore: [] },
      discover: async () => discovery(this.#look([...this.#lamps.keys()])),
      assess: ({ isUsed }) =>
        isUsed
          ? { verdict: 'KEEP', reasons: ['LAMP_USED'] }
          : { verdict: 'STALE', reasons: ['LAMP_UNUSED'] },
      describe: ({ id }, { now }) => ({
        ...{ resourceId: id, startedAt: OLD, ageDays: ageDaysAt(OLD, now) },
        ...{ sizeGiB: null, monthlyCostUsdUpTo: null, tags: {}, evidence: {} },
      }),
      words: {
        ...{ one: 'lamp', many: 'lamps' },
        reasons: { STALE: { LAMP_UNUSED: 'nobody needs it' }, KEEP: { LAMP_USED: 'it is needed' } },
      },
      removal: {
        after: [],
        recheck: async (_, ids) => discovery(this.#look(ids)),
        classifyRefusal: ({ code }) =>
          code === 'LampBusy'
            ? { outcome: 'RETRY' }
            : { outcome: 'FAILED', reason: 'LAMP_REFUSED' },
        steps: [step('switch-off'), step('photograph'), step('remove')],
        next: ({ state }) => ({ name: STEP_AT[state], notBefore: null }),
      },
    });
  }

  #look(ids: readonly string[]): Lamp[] {
    this.#others();
    const seen = ids.flatMap((id) => this.#lamps.get(id) ?? []).map((lamp) => ({ ...lamp }));
    for (const lamp of seen) this.#looked.set(lamp.id, { lamp, at: this.#now() });
    this.#others();
    return seen;
  }

  #takeOne(step: LampStep, id: string): Done {
    const answer = this.#take(step, id);
    if ('refused' in answer) throw failure(answer.refused, 400);
    if (answer.isAnswered) return answer.done;
    if (answer.isDone) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    throw failure('LampBusy', 503);
  }

  #takeMany(step: LampStep, things: readonly Thing<Lamp>[]): Map<string, Answer> {
    const shelves = new Set(things.map(({ facts }) => facts.shelf));
    const say = (what: string) => this.breaches.push(`${this.executionId} ${step}: ${what}`);
    if (things.length > 1) this.requestsOfSeveral += 1;
    if (things.length > MOST_TOGETHER) say(`${things.length} in one request`);
    if (shelves.size !== 1) say(`one request for ${[...shelves].join(' and ')}`);
    const wasSeen = this.changes.some(
      (one) => one.executionId === this.executionId && shelves.has(one.shelf),
    );
    if (things.length > 1 && !wasSeen) say('the first of a shelf did not go alone');
    if (this.#chance.isOneIn(8)) throw failure('LampBusy', 503);
    const answers = new Map<string, Answer>();
    for (const { resourceId } of things) {
      const answer = this.#take(step, resourceId);
      if ('refused' in answer)
        answers.set(resourceId, { refused: { code: answer.refused, message: 'no' } });
      else if (answer.isAnswered) answers.set(resourceId, answer.done);
    }
    return answers;
  }

  #take(step: LampStep, id: string): Taken {
    this.#judge(step, id);
    const answer = this.#chance.pick(['DONE', 'DONE', 'DONE', 'REFUSED', 'BUSY', 'LOST'] as const);
    const lamp = this.#lamps.get(id);
    const { executionId } = this;
    const isAnswered = answer === 'DONE';
    const at = this.#now();
    const change = { id, step, executionId, isAnswered, at, shelf: lamp?.shelf ?? '' };
    if (answer === 'BUSY' || answer === 'LOST') this.unanswered.push(change);
    if (answer === 'BUSY') return { isAnswered: false, isDone: false };
    if (answer === 'REFUSED' || lamp === undefined) return { refused: 'LampRefused' };
    this.changes.push(change);
    const after = AFTER[step];
    if (after === 'GONE') this.#lamps.delete(id);
    else this.#lamps.set(id, { ...lamp, state: after });
    if (!isAnswered) return { isAnswered: false, isDone: true };
    return { isAnswered: true, done: step === 'photograph' ? { made: `photo-of-${id}` } : {} };
  }

  #judge(step: LampStep, id: string): void {
    const looked = this.#looked.get(id);
    const say = (what: string) => this.breaches.push(`${this.executionId} ${step} ${id}: ${what}`);
    if (looked === undefined) return void say('was never looked at');
    const { lamp, at } = looked;
    if (lamp.isUsed) say('was in use when it was looked at last');
    if (this.#now() - at > CHECK_MILLISECONDS) say('was looked at too long ago');
    if (STEP_AT[lamp.state] !== step) say(`was ${lamp.state}`);
    const own = this.changes.filter((change) => change.id === id);
    const here = own.filter(({ executionId }) => executionId === this.executionId);
    if (here.some((change) => change.step !== step || change.isAnswered))
      say('had its step already');
    const before = { 'switch-off': null, photograph: 'switch-off', remove: 'photograph' }[step];
    if (before === null) return;
    // What others did right after a request that nobody answered can't be told from its own.
    const perhaps = this.unanswered.filter((change) => change.id === id);
    const since = [...perhaps, ...own].findLast(
      (change) => change.step === before && change.executionId !== this.executionId,
    );
    if (since === undefined) say(`nobody of orgsweep did ${before}`);
    else if (this.#now() - since.at < WAIT_DAYS[step] * DAY_MS) say(`${before} was a moment ago`);
  }

  /** Somebody else does something, now and then. */
  #others(): void {
    if (!this.#chance.isOneIn(3)) return;
    const lamp = this.#chance.pick([...this.#lamps.values()]);
    if (lamp === undefined) return;
    const change = this.#chance.pick(['USE', 'LEAVE', 'ON', 'OFF', 'TAKE'] as const);
    if (change === 'TAKE') this.#lamps.delete(lamp.id);
    else if (change === 'USE' || change === 'LEAVE')
      this.#lamps.set(lamp.id, { ...lamp, isUsed: change === 'USE' });
    else this.#lamps.set(lamp.id, { ...lamp, state: change });
  }
}

const OLD = '2019-01-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
/** As `isFresh`, with what a request may take. */
const MOST_TOGETHER = 3;
const CHECK_MILLISECONDS = 20_000;

function failure(code: string, status: number): Error {
  return Object.assign(new Error(code), { name: code, $metadata: { httpStatusCode: status } });
}
