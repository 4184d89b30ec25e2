import type { z } from 'zod';
import { type OwnOfKind, policyOfKind } from '../core/input/of-kind.ts';
import { type MadeById, NOTHING_MADE } from '../core/history/made.ts';
import type { Policy } from '../core/input/input.ts';
import type { PolicyOfKind } from '../core/input/policy-for.ts';
import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import type { Purpose } from '../aws/sessions/purpose.ts';
import type { Candidate, LineageToMeasure } from '../core/measure/measurable.ts';
import type { MeasuredLineage } from '../core/measure/measured.ts';
import type { KindPrices } from '../core/prices/kind-prices.ts';
import type { PriceTable } from '../core/prices/price-table.ts';
import type { WatchedSource } from '../core/outcome/sanity-floor.ts';
import type { Groups } from '../core/plan/together/groups.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Advice, Freed } from '../core/model/billing.ts';
import type { Ask, Evidence, Finding, Observations, Verdict } from '../core/model/verdict.ts';
import type { OwnWords } from '../core/words/kind-words.ts';
import { type Grant, withReads } from './grant.ts';
import type { ListingFields } from './listing-fields.ts';
import type { Excerpt } from './listings/listing.ts';
import type { Look, WholeDiscovery } from './look.ts';
import { askedOfAny, type Question } from './question.ts';
import { ofAnyFacts, type Removal } from './removal.ts';

export type { Discovery, Look, WholeDiscovery } from './look.ts';

/**
 * What orgsweep knows about one kind of resource. What a kind doesn't have, it leaves out: that is an
 * answer. The core, the plan, the ledger and the report take every kind as it comes.
 *
 * `F` is the kind's facts: all that is needed to decide about one resource, schema-checked, JSON.
 */
export interface KindSpec<F> {
  readonly kind: string;
  /** Regional kinds are looked for in every Region, global ones once per account. */
  readonly reach: 'regional' | 'global';
  readonly facts: z.ZodType<F>;
  /** What it has to be allowed to do, besides what its listings take; the spoke roles are folded from these. */
  readonly iam: Readonly<Record<Purpose, readonly Grant[]>>;

  /**
   * Lists the resources of one target first, then all references to them. A reference source that
   * can't be listed to its end is named in `incomplete` and in each resource's facts.
   *
   * @throws when the resources themselves can't be listed to the end
   */
  discover(look: Look): Promise<WholeDiscovery<F>>;
  /**
   * The verdict, by the policy as it holds for this kind. Pure: same facts, policy and `now`, same
   * answer. Unknown means keep.
   */
  assess(facts: F, policy: PolicyOfKind, now: Date, seen: Observations, made: MadeById): Verdict;
  /**
   * The kinds whose steps make resources of this one. `assess` gets what they made, by orgsweep's own
   * record: as far as the sealed ledger of the execution that made it tells, and no further. Only in
   * which it makes something STALE is that looked for, and only of what is listed as a whole.
   */
  readonly madeBy?: readonly string[];
  /**
   * The states that it is in and that are worth knowing since when: `unattached`, `empty`. They are
   * kept in the target's history, also of what isn't stale, and `assess` gets them. Pure.
   */
  observe?(facts: F): readonly string[];
  /** The kind's part of a finding. Pure. */
  describe(facts: F, look: Pick<Look, 'region' | 'policy' | 'now' | 'prices'>): Description;
  /** What people call it, and what each reason says. Reports know a kind by these alone. */
  readonly words: OwnWords;

  /** What it has of its own in a policy and in limits. It only makes them stricter. */
  readonly policy?: OwnOfKind;
  /** The places that could refer to a resource of this kind, each listed in every execution. */
  readonly references?: readonly ReferenceSource[];
  /** Of those, what its sanity floor goes by: without them much would look stale that is in use. */
  readonly watched?: readonly WatchedSource[];
  /**
   * All that it takes of listings, which other kinds may read as well. A look has each once, by
   * `Look.read`.
   */
  readonly reads?: readonly Excerpt<unknown, unknown>[];
  /** Other services it asks that not every Region has, as AWS's own list of services names them. */
  readonly services?: readonly string[];
  /** What is made of each field of what is listed. */
  readonly listings?: readonly ListingFields[];
  /** Its part of the price table; without it, nothing of it has a price. */
  readonly prices?: KindPrices;
  /** What could need a resource of this kind and isn't looked at; every summary names it. */
  readonly blindSpots?: readonly string[];
  /** Keys of tags by which other services show that a resource is theirs: IAM denies its removal. */
  readonly managerTagKeys?: readonly string[];
  /**
   * A finding as short sentences, its tags left out: first the verdict and why, then what was seen.
   * Pure. What a finding of an older version doesn't tell, isn't told of. Left out: the verdict, and
   * the evidence field by field.
   */
  inWords?(finding: Finding): readonly string[];
  /**
   * The facts as they are once all of other kinds that name it in `frees` have gone: only what is STALE
   * by them is told as freed. null: nothing of them holds it. Left out: no kind's `frees` names it. Pure.
   */
  withoutHolders?(facts: F): F | null;
  /** Plainly in use, not kept by a guard: counted, and listed only where it was stale. Pure. */
  isPlainlyInUse?(verdict: Verdict): boolean;

  /** What has to be seen elsewhere before its verdict STALE counts. Left out: its own target tells all. */
  readonly asks?: Asks<F>;
  /** What is asked about candidates alone. What is unanswered is held, and not removed. */
  readonly questions?: readonly Question<F>[];
  /** What it belongs to of which something always stays: its copies, its family. */
  readonly groups?: GroupsOfKind<F>;
  /** How one is removed, and comes back. A kind without it is only reported. */
  readonly removal?: Removal<F>;
  /** How it is measured what a removal frees; a kind of which nothing tells it leaves it out. */
  readonly exactSize?: ExactSize;
}

/**
 * What other accounts, and other Regions, could refer to a resource by. A hit holds it, and so does
 * whatever wasn't read to its end. No look elsewhere makes anything STALE.
 *
 * @internal Tests make kinds that ask.
 */
export interface Asks<F> {
  /**
   * Where what it asks for may be: in its own Region, or in any. A global kind's: in any. What names a
   * regional resource by its id alone is looked for in its own Region, whatever stands here.
   */
  readonly from: 'REGION' | 'ORGANIZATION';
  /** All sources that it may ask for: each target hands on what they name, its own included. */
  readonly sources: readonly string[];
  /** Only what is stale for one of these reasons asks. Left out: whatever is stale may. */
  readonly reasons?: readonly string[];
  /**
   * For each source of its own that it depends on, what that would name elsewhere, as its foreign
   * references do. None: this verdict needs nobody else. Asked of what is STALE. Pure.
   */
  of(facts: F, verdict: Verdict): readonly Ask[];
}

/** Its policy has what is said of this kind alone. */
export type LookByPolicy = Look & { readonly policy: PolicyOfKind };

/**
 * What is the last copy, and what the newest of a family: the one definition, for the plan and for the
 * removal.
 */
interface GroupsOfKind<F> {
  /** As of the facts of a discovery or a second look, by the policy as it holds for this kind. Pure. */
  of(facts: F, policy: PolicyOfKind): Groups;
  /**
   * As of now, for resources of one batch that orgsweep has marked, by resource id, by the policy as it
   * holds for this kind. Every kind with copies has it: of two executions that each remove what the other counts on, one sees the other's
   * marker.
   *
   * @throws when it can't be listed
   */
  now?(look: LookByPolicy, resources: readonly F[]): Promise<ReadonlyMap<string, Groups>>;
  /**
   * The kind of what its copies are copies of, where `Copies.id` is the id of one. While that one is
   * planned, on its way out or in the Recycle Bin, the last copy stays, whatever the policy.
   */
  readonly origin?: string;
}

/** Measures what removing resources of one lineage would free, by calls that cost money. */
export interface ExactSize {
  /** A stale finding as it may be measured. Pure. */
  candidate(finding: Finding): Candidate;
  /** @throws {NotMeasurable}, what AWS answers, and what `beforeRequest` throws */
  measure(work: MeasureWork): Promise<Measurement>;
}

export interface MeasureWork {
  readonly lineage: LineageToMeasure;
  /** Those of the lineage that the plan holds as last copies; null: there is no plan. */
  readonly lastCopies: ReadonlySet<string> | null;
  /** Those that the execution went by. */
  readonly prices: PriceTable;
  /** Asked for again and again: a session may end before the work does. */
  readonly open: () => Promise<SpokeClients>;
  /** Waited for before each request that costs, one that is tried again included. */
  readonly beforeRequest: () => Promise<void>;
}

export type Measurement = Pick<
  MeasuredLineage,
  'kept' | 'notMeasured' | 'freed' | 'freedButLastCopy'
>;

/** The lineage is such that a number would be wrong; `name` says how. */
export class NotMeasurable extends Error {
  override readonly name: string;

  constructor(name: 'NothingLeft' | 'SnapshotPending' | 'StartTimeUnknown', message: string) {
    super(message);
    this.name = name;
  }
}

/** A place that could refer to resources of a kind; the documentation lists them from here. */
export interface ReferenceSource {
  readonly name: string;
  /** Whether `policy.skipReferences` may switch it off. */
  readonly skippable: boolean;
  /** Why what it refers to is kept. */
  readonly reason: string;
  /** The calls that read it, each an IAM action of the discovery role. */
  readonly iam: readonly string[];
  /** Calls per target, in words. */
  readonly cost: string;
  /** Whether AWS itself would refuse a removal that breaks the reference, and what happens if not. */
  readonly awsRefuses: string;
}

export interface Description {
  readonly resourceId: string;
  readonly startedAt: string | null;
  readonly ageDays: number | null;
  /** null: this kind has no size. */
  readonly sizeGiB: number | null;
  /** null: no price is known. */
  readonly monthlyCostUsdUpTo: number | null;
  /**
   * Of that, still paid a month once it is removed, for good: no sum counts it as saved. What is certain
   * to be paid, as an upper bound would make the saving a lower one. What a step makes for a while, such
   * as a copy, is `removal.makes` and not this.
   */
  readonly remainingMonthlyCostUsdUpTo?: number | null;
  /** Money in resources of other kinds that go only after it; its own cost is without them. */
  readonly frees?: Freed[];
  /** Why it costs more than it must, as long as it isn't unused: its codes are in `words.advice`. */
  readonly advice?: readonly Advice[];
  readonly tags: Record<string, string>;
  readonly evidence: Evidence;
}

/** What the registry fills in where a kind leaves it out. */
const NOTHING = {
  references: [],
  reads: [],
  questions: [],
  watched: [],
  services: [],
  listings: [],
  blindSpots: [],
  managerTagKeys: [],
  isPlainlyInUse: () => false,
} satisfies Partial<KindSpec<unknown>>;

/** A kind with its facts' type closed over by its schema, as the registry holds it. */
export type Kind = Omit<KindSpec<unknown>, 'assess' | 'groups'> &
  Required<Pick<KindSpec<unknown>, keyof typeof NOTHING>> & {
    /**
     * @param seen left out: nothing was observed
     * @param made left out: no step made anything
     */
    assess(
      facts: unknown,
      policy: Policy,
      now: Date,
      seen?: Observations,
      made?: MadeById,
    ): Verdict;
    readonly groups?: GroupsOfAny;
  };

interface GroupsOfAny extends Omit<GroupsOfKind<unknown>, 'of' | 'now'> {
  of(facts: unknown, policy: Policy): Groups;
  now?(look: Look, resources: readonly unknown[]): Promise<ReadonlyMap<string, Groups>>;
}

/** One that delete mode can remove something of. */
export type RemovableKind = Kind & { readonly removal: Removal<unknown> };

export function isRemovable(kind: Kind): kind is RemovableKind {
  return kind.removal !== undefined;
}

/** Hides `F` behind the kind's own facts schema: facts from outside are parsed, never trusted. */
export function defineKind<F>(spec: KindSpec<F>): Kind {
  let latest: { readonly given: unknown; readonly facts: F } | undefined;
  // A resource is assessed and then described: a target has 100,000 of them.
  const parsed = (given: unknown): F => {
    if (latest === undefined || latest.given !== given)
      latest = { given, facts: spec.facts.parse(given) };
    return latest.facts;
  };
  const { questions = [], observe, asks, groups, removal, withoutHolders, ...own } = spec;
  const { iam, reads = [], services = [] } = own;
  const listings = [...new Set(reads.map(({ listing }) => listing))];
  return {
    ...NOTHING,
    ...own,
    ...(removal && { removal: ofAnyFacts(removal, parsed) }),
    iam: { ...iam, discover: withReads(iam.discover, listings) },
    services: sortedUnique([...services, ...listings.flatMap(({ service }) => service ?? [])]),
    assess: (facts, policy, now, seen = {}, made = NOTHING_MADE) =>
      spec.assess(parsed(facts), policyOfKind(policy, spec.kind), now, seen, made),
    ...(observe && { observe: (facts: unknown) => observe(parsed(facts)) }),
    ...(withoutHolders && {
      withoutHolders: (facts: unknown) => withoutHolders(parsed(facts)),
    }),
    describe: (facts, look) => spec.describe(parsed(facts), look),
    questions: questions.map((question) => askedOfAny(question, parsed)),
    ...(asks && {
      discover: async (look: Look) => spec.discover({ ...look, handsOnOwn: asks.sources }),
      asks: asksOfAny(asks, spec, parsed),
    }),
    ...(groups && { groups: groupsOfAny(groups, spec.kind, parsed) }),
  };
}

function asksOfAny<F>(
  { of, ...asks }: Asks<F>,
  { kind, reach }: Pick<KindSpec<F>, 'kind' | 'reach'>,
  parsed: (facts: unknown) => F,
): Asks<unknown> {
  const { sources, reasons } = asks;
  return {
    ...asks,
    from: reach === 'global' ? 'ORGANIZATION' : asks.from,
    of: (facts, verdict) => {
      if (reasons !== undefined && !verdict.reasons.some((one) => reasons.includes(one))) return [];
      const asked = of(parsed(facts), verdict);
      // What no target hands on would be taken for seen, and for naming nothing.
      const unknown = asked.find(({ source }) => !sources.includes(source));
      if (unknown !== undefined)
        throw new Error(`${kind} asks for ${unknown.source}, which isn't among its sources`);
      return asked;
    },
  };
}

function groupsOfAny<F>(
  { of, now, ...groups }: GroupsOfKind<F>,
  kind: string,
  parsed: (facts: unknown) => F,
): GroupsOfAny {
  return {
    ...groups,
    of: (facts, policy) => of(parsed(facts), policyOfKind(policy, kind)),
    ...(now && {
      now: async (look: Look, resources: readonly unknown[]) => {
        const policy = policyOfKind(look.policy, kind);
        return now({ ...look, policy }, resources.map(parsed));
      },
    }),
  };
}
