import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { Policy } from '../../core/input/input.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { ForeignReference, Referrer, Source } from './listing.ts';

/**
 * Whoever may make launch templates may name resources by the million that aren't there, free of
 * charge. A target with more than these isn't complete: it is the one that pays for it.
 */
export const MOST_FOREIGN = 250_000;
/** Of who uses a resource, from one source: enough to go and look at. */
const MOST_USES = 10;

/** What a look goes by, as far as it decides what is read. */
interface LooksBy {
  readonly policy: Pick<Policy, 'skipReferences'>;
  readonly absentServices: readonly string[];
  readonly handsOnOwn?: readonly string[];
}

/** What refers to the resources of one kind in one look. Of a source that broke off nothing is kept. */
export class Gathering<N extends string> {
  /** By resource id, who uses it, by source. */
  readonly usedBy = new Map<string, Partial<Record<N, string[]>>>();
  /** References to resources that aren't among those asked for, or may be another account's. */
  readonly foreign: ForeignReference[] = [];
  /** How many things each source listed. */
  readonly counts: Partial<Record<N, number>> = {};
  readonly incomplete: AwsFailure[] = [];
  readonly #look: LooksBy;

  constructor(look: LooksBy) {
    this.#look = look;
  }

  /**
   * Takes in all that a source lists.
   *
   * @param listed all of it, or what refers to the resources of a batch
   * @param resourcesOf the resources that a referrer means by a key
   * @param isBatch what isn't among so few resources may be anybody's: it says nothing
   */
  async addSource<T>(
    source: Source<T, N>,
    listed: AsyncIterable<Referrer>,
    resourcesOf: (key: string) => readonly string[],
    isBatch = false,
  ): Promise<void> {
    if (!isLookedAt(source, this.#look)) return;
    const { name, crossesAccounts } = source;
    const used = new Map<string, string[]>();
    const foreign = new Map<string, string>();
    const handsOnOwn = this.#look.handsOnOwn?.includes(name) === true;
    const handOn = (key: string, by: string) => {
      if (foreign.size <= MOST_FOREIGN) foreign.set(key, foreign.get(key) ?? by);
    };
    const isComplete = await this.read(name, listed, ({ by, keys, names = keys }) => {
      for (const key of keys) {
        const ids = resourcesOf(key);
        for (const resourceId of ids) noteUse(used, resourceId, by);
        if (crossesAccounts && !isBatch && ids.length === 0) handOn(key, by);
      }
      if (handsOnOwn && !isBatch) for (const key of names) handOn(key, by);
    });
    if (!isComplete) return;
    for (const [resourceId, by] of used) this.#note(resourceId, name, by);
    const surplus = takeForeign(this.foreign, foreign, name);
    if (surplus === undefined) return;
    this.incomplete.push(surplus);
    // What it names isn't all handed on: nobody may take it for read.
    delete this.counts[name];
  }

  /** @returns whether the listing came to its end; otherwise its failure is noted */
  async read<T>(name: N, listed: AsyncIterable<T>, take: (item: T) => void): Promise<boolean> {
    let count = 0;
    try {
      for await (const item of listed) {
        count += 1;
        take(item);
      }
    } catch (error) {
      this.incomplete.push(toAwsFailure(error, name));
      return false;
    }
    this.counts[name] = count;
    return true;
  }

  #note(resourceId: string, name: N, by: string[]): void {
    const usedBy: Partial<Record<N, string[]>> = this.usedBy.get(resourceId) ?? {};
    this.usedBy.set(resourceId, usedBy);
    usedBy[name] = by;
  }
}

function isLookedAt<T>({ name, skippable, listing }: Source<T>, look: LooksBy): boolean {
  if (skippable && look.policy.skipReferences.includes(name)) return false;
  return !isAbsent(listing, look);
}

/** Whether AWS says that the Region doesn't have its service, so that nothing can be there. */
export function isAbsent(
  { service, reach }: Pick<Source<unknown>['listing'], 'service' | 'reach'>,
  { absentServices }: Pick<LooksBy, 'absentServices'>,
): boolean {
  return reach !== 'global' && service !== undefined && absentServices.includes(service);
}

function noteUse(used: Map<string, string[]>, resourceId: string, by: string): void {
  const already = used.get(resourceId) ?? [];
  used.set(resourceId, already);
  if (already.length < MOST_USES && !already.includes(by)) already.push(by);
}

/**
 * Adds what one source names, by id, to what all sources do.
 *
 * @returns the failure of a source that names more than can be handed on
 * @internal Tested without 250,000 launch templates.
 */
export function takeForeign(
  into: ForeignReference[],
  named: ReadonlyMap<string, string>,
  source: string,
): AwsFailure | undefined {
  for (const [resourceId, by] of named) {
    if (into.length === MOST_FOREIGN) return tooManyNamed(source);
    into.push({ resourceId, source, by });
  }
  return undefined;
}

/** The failure of a source that names more than its target can hand on. */
export function tooManyNamed(source: string): AwsFailure {
  const message = `more than ${MOST_FOREIGN} resources are named that the account does not have`;
  return { code: 'TooManyReferences', message, source };
}
