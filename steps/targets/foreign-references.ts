import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { groupsByKey } from '../../core/model/group-by.ts';
import { keyInTarget, type ResourceRef } from '../../core/model/ids.ts';
import { targetKey, type TargetRef } from '../../core/model/target.ts';
import {
  Ask,
  type Finding,
  type NotSeen,
  type OtherAccountUse,
  VerdictName,
} from '../../core/model/verdict.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { OthersSeen, withoutThose } from '../../core/scope/others-seen.ts';
import { isAskedFromAnywhere, isUsedFromAnywhere, sourceAsked } from '../../kinds/among.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { ForeignReference } from '../../kinds/listings/listing.ts';
import type { Expected } from '../expected.ts';
import { keysOf } from '../../store/keys.ts';
import { type LinesWritten, noteLines } from '../../store/believed-lines.ts';
import { readAhead, tellingTampered } from '../../store/read-ahead.ts';
import type { Reconciled } from './reconcile-execution.ts';
import { type TargetFiles, targetOfKey } from './stored-outcome.ts';

/**
 * One execution sees the whole organization: what refers, in one account, to a resource that isn't
 * there may be using another account's. Each target writes down what it found; Plan and Summarize
 * join it with the findings.
 */
const StoredReference = z.strictObject({
  /** What it refers to; older files have references to snapshots alone. */
  kind: z.string().default('ebs-snapshot'),
  accountId: z.string(),
  region: z.string(),
  resourceId: z.string(),
  source: z.string(),
  by: z.string(),
});

/** Enough to go and look at. */
const MOST_USES = 10;

/** So many stale resources are held at once, while what refers to them is read past. */
const MOST_AT_ONCE = 100_000;

/** What else an execution saw tells of a finding, in other accounts and of other kinds. */
export interface ToldByOthers {
  /** By target, kind, and id or key, who uses what is stale there. */
  readonly uses: ReadonlyMap<string, readonly OtherAccountUse[]>;
  /** By target, as `keyInTarget`s: what its findings would free, and another kind there holds. */
  readonly notFreed: ReadonlyMap<string, ReadonlySet<string>>;
  /** What wasn't seen elsewhere that a finding's verdict needs to have seen. */
  notSeen(finding: Pick<Finding, 'kind' | 'accountId' | 'region' | 'evidence'>): NotSeen[];
}

/** A reference, and the kind of what it refers to. */
export type KindReference = ForeignReference & { readonly kind: string };

export async function writeForeignReferences(
  store: Store,
  executionId: string,
  { accountId, region }: TargetRef,
  references: readonly KindReference[],
): Promise<LinesWritten> {
  if (references.length === 0) return { lines: 0, parts: [] };
  const lines = function* () {
    for (const reference of references) yield JSON.stringify({ accountId, region, ...reference });
  };
  const noted = noteLines(lines());
  await store.writeLines(keysOf(executionId).foreignReferences({ accountId, region }), noted.lines);
  return noted.written();
}

export interface ForeignReferences {
  readonly told: ToldByOthers;
  /** Whose references aren't what was written down. */
  readonly tampered: readonly { readonly target: TargetRef; readonly message: string }[];
  /** These targets have references that no outcome of theirs tells of. */
  readonly unvouched: readonly TargetRef[];
}

/**
 * Who uses, in another account, what was found stale. Anybody may name any snapshot id, free of
 * charge and by the million: what names nothing stale is read past, never held.
 *
 * What can be named in its own Region only is joined Region by Region, and what can be named from
 * anywhere with the references of all Regions. Where more is stale than is held at once, it is done in
 * parts, by a hash of the id.
 *
 * @param reconciled what each target's sealed outcome says of its files
 */
export async function readForeignReferences(
  store: Store,
  expected: Pick<Expected, 'executionId' | 'serviceRegions' | 'onlyAccount'>,
  { outcomes, files, withUnknownRegions }: Reconciled,
  {
    kinds,
    mostAtOnce = MOST_AT_ONCE,
  }: { readonly kinds: AskingKinds; readonly mostAtOnce?: number },
): Promise<ForeignReferences> {
  const { executionId } = expected;
  const found = new Map<string, OtherAccountUse[]>();
  const tampered = new Map<string, { target: TargetRef; message: string }>();
  const keys = keysOf(executionId);
  const vouched = [...files.values()].filter(({ foreignReferences: { lines } }) => lines > 0);
  for (const join of joinsOf(vouched, { outcomes, files }, { kinds, mostAtOnce })) {
    const stale = await readStale(store, executionId, join);
    const read = readAhead(join.referring, async ({ target, foreignReferences }) => {
      const onTampered = (message: string) =>
        void tampered.set(targetKey(target), { target, message });
      const key = keys.foreignReferences(target);
      return usesIn(tellingTampered(store, { key, written: foreignReferences, onTampered }), {
        ...{ stale, join },
      });
    });
    for await (const ofTarget of read)
      for (const [key, uses] of ofTarget)
        found.set(key, [...(found.get(key) ?? []), ...uses].slice(0, MOST_USES));
  }
  const isVouched = new Set(vouched.map(({ target }) => keys.foreignReferences(target)));
  const unvouched: TargetRef[] = [];
  for await (const key of store.list(keys.foreignReferencesPrefix)) {
    const target = targetOfKey(key);
    if (target !== null && !isVouched.has(key)) unvouched.push(target);
  }
  const unbelieved = [...[...tampered.values()].map(({ target }) => target), ...unvouched];
  const seen = new OthersSeen(withoutThose(outcomes, unbelieved), {
    isOrganizationKnown: expected.onlyAccount !== true,
    withUnknownRegions,
  });
  const notSeen: ToldByOthers['notSeen'] = ({ kind, evidence: { asks = [] }, ...target }) =>
    [...new Set(asks.map(({ source }) => source))].flatMap(
      (source) => seen.notSeen(sourceAsked(kinds, expected, { kind, source }), target) ?? [],
    );
  const notFreed = new Map(
    [...files].flatMap(([key, of]) => (of.notFreed ? [[key, new Set(of.notFreed)] as const] : [])),
  );
  return { told: { uses: found, notSeen, notFreed }, tampered: [...tampered.values()], unvouched };
}

/** What may refer to what of it, as much as is held at once. */
interface Join {
  readonly referring: readonly TargetFiles[];
  /** Targets in which something of it is stale. */
  readonly referredTo: readonly TargetFiles[];
  isOf(reference: { readonly kind: string; readonly resourceId: string }): boolean;
  /** What a stale resource of it may be named by there. */
  namesOf(resource: NamedResource): Iterable<string>;
}

interface NamedResource extends Pick<Finding, 'kind' | 'resourceId'> {
  readonly evidence: Pick<Finding['evidence'], 'asks'>;
}

type AskingKinds = readonly Pick<Kind, 'kind' | 'reach' | 'reads' | 'asks'>[];

/** How far away what names a resource may be: by kind, for its id and for the keys that it asks for. */
class Reach {
  readonly #usedFromAnywhere: ReadonlySet<string>;
  readonly #askedFromAnywhere: ReadonlyMap<string, AskingKinds[number]>;

  constructor(kinds: AskingKinds) {
    this.#usedFromAnywhere = new Set(kinds.filter(isUsedFromAnywhere).map(({ kind }) => kind));
    const asked = kinds.filter(isAskedFromAnywhere);
    this.#askedFromAnywhere = new Map(asked.map((one) => [one.kind, one]));
  }

  isAnywhere(kind: string): boolean {
    return this.#usedFromAnywhere.has(kind) || this.#askedFromAnywhere.has(kind);
  }

  isInRegion(kind: string): boolean {
    return !this.#usedFromAnywhere.has(kind);
  }

  namesAnywhere({ kind, resourceId, evidence: { asks = [] } }: NamedResource): string[] {
    const keys = this.#askedFromAnywhere.has(kind) ? asks.map(({ key }) => key) : [];
    return this.#usedFromAnywhere.has(kind) ? [resourceId, ...keys] : keys;
  }

  namesInRegion(resource: NamedResource): Iterable<string> {
    const elsewhere = new Set(this.namesAnywhere(resource));
    return new Set([...namesOf(resource)].filter((name) => !elsewhere.has(name)));
  }

  /** At most so many of one kind have a name that anything anywhere may name. */
  countAnywhere(kind: string, { verdicts, reasonsByVerdict }: TargetOutcome['kinds'][string]) {
    const reasons = this.#askedFromAnywhere.get(kind)?.asks?.reasons;
    if (this.#usedFromAnywhere.has(kind) || reasons === undefined || reasonsByVerdict === undefined)
      return verdicts.STALE;
    const { STALE = {} } = reasonsByVerdict;
    return reasons.reduce((sum, reason) => sum + (STALE[reason] ?? 0), 0);
  }
}

function* joinsOf(
  vouched: readonly TargetFiles[],
  { outcomes, files }: Pick<Reconciled, 'outcomes' | 'files'>,
  { kinds, mostAtOnce }: { readonly kinds: AskingKinds; readonly mostAtOnce: number },
): Generator<Join> {
  const reach = new Reach(kinds);
  const joins = [...groupsByKey(vouched, ({ target }) => target.region)].map(
    ([region, referring]) => ({
      referring,
      isHere: (outcome: TargetOutcome) => outcome.region === region,
      isOf: (kind: string) => reach.isInRegion(kind),
      namesOf: (resource: NamedResource) => reach.namesInRegion(resource),
      count: (_: string, counts: TargetOutcome['kinds'][string]) => counts.verdicts.STALE,
      readsAll: true,
    }),
  );
  if (kinds.some(({ kind }) => reach.isAnywhere(kind)) && vouched.length > 0)
    joins.push({
      referring: [...vouched],
      isHere: () => true,
      isOf: (kind) => reach.isAnywhere(kind),
      namesOf: (resource) => reach.namesAnywhere(resource),
      count: (kind, counts) => reach.countAnywhere(kind, counts),
      readsAll: false,
    });
  for (const { referring, isHere, isOf, namesOf: names, count: countOf, readsAll } of joins) {
    const counted = outcomes.filter(isHere).flatMap((outcome) => {
      const count = Object.entries(outcome.kinds).reduce(
        (sum, [kind, counts]) => sum + (isOf(kind) ? countOf(kind, counts) : 0),
        0,
      );
      const of = files.get(targetKey(outcome));
      return of !== undefined && count > 0 ? [{ of, count }] : [];
    });
    const all = counted.reduce((sum, { count }) => sum + count, 0);
    // Once also where nothing is stale: who changed what refers there is to be told.
    if (all === 0 && !readsAll) continue;
    const parts = Math.max(1, Math.ceil(all / mostAtOnce));
    for (let part = 0; part < parts; part += 1)
      yield {
        referring,
        referredTo: counted.map(({ of }) => of),
        isOf: ({ kind, resourceId }) =>
          isOf(kind) && (parts === 1 || hashOf(resourceId) % parts === part),
        namesOf: names,
      };
  }
}

/** FNV-1a: only how evenly it spreads matters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/**
 * Whether another account, or another Region, may use what is in this target, and nobody knows what
 * it uses.
 *
 * @param isFromAnywhere whether something there may be used from any Region
 */
export function isUseUnknown(
  target: TargetRef,
  { tampered, unvouched }: ForeignReferences,
  isFromAnywhere: boolean,
): boolean {
  return [...tampered.map((one) => one.target), ...unvouched].some(
    (other) =>
      (isFromAnywhere || other.region === target.region) && targetKey(other) !== targetKey(target),
  );
}

/** By kind, and id or key that it asks for, the targets that such a stale resource is in. */
async function readStale(
  store: Store,
  executionId: string,
  { referredTo, isOf, namesOf: names }: Join,
): Promise<ReadonlyMap<string, TargetRef[]>> {
  // Ids that are names may be the same in several accounts: nobody knows whose is meant.
  const stale = new Map<string, TargetRef[]>();
  const read = readAhead(referredTo, async ({ target, findings: written }) => {
    const here = new Set<string>();
    const key = keysOf(executionId).targetFindings(target);
    // What isn't to be believed is told where its findings are read.
    const onTampered = () => undefined;
    for await (const line of tellingTampered(store, { key, written, onTampered })) {
      const { verdict, evidence, ...resource } = Named.parse(JSON.parse(line));
      if (verdict !== 'STALE') continue;
      for (const resourceId of names({ ...resource, evidence })) {
        const named = { kind: resource.kind, resourceId };
        if (isOf(named)) here.add(keyInTarget(named));
      }
    }
    return { target, here };
  });
  for await (const { target, here } of read)
    for (const name of here) stale.set(name, [...(stale.get(name) ?? []), target]);
  return stale;
}

/** What names a finding, whatever else is in its line. */
const Named = z.object({
  ...{ verdict: VerdictName, kind: z.string(), resourceId: z.string() },
  evidence: z.object({ asks: z.array(Ask).optional() }),
});

/** What others may refer to it by: its own id, and the keys that it asks for. */
function namesOf({ resourceId, evidence: { asks = [] } }: Omit<NamedResource, 'kind'>) {
  return new Set([resourceId, ...asks.map(({ key }) => key)]);
}
const Place = z.looseObject({
  kind: StoredReference.shape.kind,
  accountId: z.string(),
  region: z.string(),
  resourceId: z.string(),
});

async function usesIn(
  lines: AsyncIterable<string>,
  { stale, join }: { readonly stale: ReadonlyMap<string, TargetRef[]>; readonly join: Join },
): Promise<Map<string, OtherAccountUse[]>> {
  const found = new Map<string, OtherAccountUse[]>();
  for await (const line of lines) {
    const reference = Place.parse(JSON.parse(line));
    const owners = join.isOf(reference) ? (stale.get(keyInTarget(reference)) ?? []) : [];
    // A target's own stale reference is no use, and takes no other's place.
    const others = owners.filter((owner) => targetKey(owner) !== targetKey(reference));
    if (others.length === 0) continue;
    const { kind, resourceId, accountId, source, by } = StoredReference.parse(reference);
    // Each owner by itself: its own uses of a name, which others may mean, take no place of theirs.
    for (const owner of others) {
      const key = keyOf({ kind, resourceId, ...owner });
      const uses = found.get(key) ?? [];
      found.set(key, uses);
      const elsewhere = reference.region === owner.region ? {} : { region: reference.region };
      if (uses.length < MOST_USES) uses.push({ accountId, ...elsewhere, source, by });
    }
  }
  return found;
}

/**
 * The finding with who uses it elsewhere, and with what wasn't seen there that it needs to have seen.
 * A target's own stale references are none.
 */
export function withOthers(alone: Finding, { uses, notSeen, notFreed }: ToldByOthers): Finding {
  const finding = withoutHeld(alone, notFreed.get(targetKey(alone)));
  const others = [...namesOf(finding)]
    .flatMap((resourceId) => uses.get(keyOf({ ...finding, resourceId })) ?? [])
    .slice(0, MOST_USES);
  const unseen = finding.verdict === 'STALE' ? notSeen(finding) : [];
  if (others.length === 0 && unseen.length === 0) return finding;
  const { notLookedAt = [] } = finding.evidence;
  return {
    ...finding,
    evidence: {
      ...finding.evidence,
      ...(others.length > 0 && { usedByOtherAccounts: others }),
      ...(unseen.length > 0 && {
        notSeenElsewhere: unseen,
        // It may have been in use all the time: its grace begins once all is seen.
        notLookedAt: [...new Set([...notLookedAt, ...unseen.map(({ source }) => source)])],
      }),
    },
  };
}

/** Its removal frees nothing that some other kind goes on holding. */
function withoutHeld(finding: Finding, held: ReadonlySet<string> | undefined): Finding {
  if (held === undefined || finding.verdict !== 'STALE') return finding;
  const frees = finding.frees?.filter((one) => !held.has(keyInTarget(one)));
  if (frees?.length === finding.frees?.length) return finding;
  const { frees: _frees, ...rest } = finding;
  return { ...rest, ...(frees && frees.length > 0 && { frees }) };
}

function keyOf({ kind, resourceId, ...target }: ResourceRef): string {
  return `${targetKey(target)}/${keyInTarget({ kind, resourceId })}`;
}
