import type { SpokeClients } from '../aws/sessions/aws-clients.ts';
import type { Clock } from '../clock/clock.ts';
import type { Makes } from '../core/model/billing.ts';
import type { AwsFailure, RemovalResult } from '../core/outcome/outcome.ts';
import type { NextStep, Observations } from '../core/model/verdict.ts';
import type { BinRetention, RecycleBinRule } from '../core/outcome/recycle-bin.ts';
import type { RemovalStep, UndoWay } from '../core/outcome/undo.ts';
import type { BinEntry } from '../core/removal/bin.ts';
import { InvalidInput } from '../core/model/errors.ts';
import type { TagOfParent } from './grant.ts';
import type { Discovery, Look } from './look.ts';

/** How resources of a kind are removed: in one step, or in several over as many executions. */
export interface Removal<F> {
  /** Kinds whose removals must end before this one's begin (AMIs before their snapshots). */
  readonly after: readonly string[];
  /** As `discover`, for these resources only (at most 200), with fresh references. */
  recheck(look: Look, resourceIds: readonly string[]): Promise<Discovery<F>>;
  /** What AWS's refusal of a step means. RETRY is for throttling and server trouble only. */
  classifyRefusal(failure: AwsFailure): Refusal;
  /** In their order. After the last one it isn't there any more. */
  readonly steps: readonly [Step<F>, ...Step<F>[]];
  /**
   * Which of them is next, by AWS's own state and whatever the verdict. Pure. A kind with one step
   * leaves it out. Where AWS tells no time of what is under way, `notBefore` is some time ahead.
   */
  next?(facts: F, at: AtStep): NextStep;
  /**
   * What that step makes beside the resource, such as a copy: what it costs at most, and for how long. It
   * is told beside what is saved, and never taken off it. Pure. undefined, or left out: nothing.
   */
  makes?(facts: F, at: AtStep & Pick<Look, 'region' | 'prices'>): Makes | undefined;
}

/** By what it is told which step is next. */
export interface AtStep extends Pick<Look, 'policy' | 'now'> {
  /** The states that it is in, and was at earlier looks, since when; left out: nothing was observed. */
  readonly seen?: Observations | undefined;
}

/** One change to a resource: what a plan lists, a person approves, and an execution carries out. */
export interface Step<F> {
  /** In the words of a command: `delete`. */
  readonly name: string;
  /** So many days after the step before it, by orgsweep's own record. */
  readonly waitDays?: number;
  /**
   * It is taken for the sake of what a look saw of other resources, such as a copy. What is marked is
   * looked at and asked about once more then, and has to be at this step still: of two executions that
   * each rely on what the other removes, one sees the other's marker. Needs a marker.
   */
  readonly reliesOnOthers?: true;
  readonly fence: Fence<F>;
  readonly run: Run<F>;
  /**
   * What an earlier try of it made whose answer was lost, by its token: the id, or null for nothing. Asked
   * before it is tried again, and by a later execution too. Each step that makes something has it: what
   * nobody here knows of would be made a second time, or stay for ever. Reads only.
   *
   * @throws when that can't be told
   */
  findMade?(clients: SpokeClients, thing: Tried): Promise<string | null>;
  /** The ways in which it is undone, the best first. */
  readonly undo: readonly [WayBack<F>, ...WayBack<F>[]];
}

/** What keeps a role that may take this step from taking it with something else. */
type Fence<F> = Marker | OtherFence<F>;

/** IAM asks for orgsweep's constant marker. */
export interface Marker {
  readonly by: 'MARKER';
  /** Tags the resources with it. */
  mark(clients: SpokeClients, resourceIds: readonly string[]): Promise<void>;
  /** Which of these resources a describe shows with it. */
  findMarked(look: Look, resourceIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * What can't be marked. PARENT_TAG: IAM asks for a tag that the owner put on what it belongs to.
 * EXACT_ARNS: the session of each batch names its resources. ETAG: AWS refuses it where anything changed
 * since the second look. For the last, as for NOTHING, IAM knows the type of resource alone.
 */
type OtherFence<F> =
  | (TagOfParent & Says & Partial<Arns<F>>)
  | ({ readonly by: 'EXACT_ARNS' } & Says & Arns<F>)
  | ({ readonly by: 'ETAG' | 'NOTHING' } & Says);

interface Says {
  /** How, in a sentence for docs/iam-permissions.md. */
  readonly says: string;
}

interface Arns<F> {
  /**
   * What IAM is asked about, as the session names it: an ARN after `arn:PARTITION:`. With several
   * resources of one parent that is the parent's. Pure.
   */
  arnOf(facts: F, at: Pick<Look, 'accountId' | 'region'>): string;
}

/** A resource that a step was perhaps taken with. */
export interface Tried {
  readonly resourceId: string;
  /**
   * The same each time that this step is tried with it in one execution: 36 characters, for AWS to tell a
   * request that it had already, as whose answer was lost, from one to make something a second time.
   */
  readonly token: string;
  /** When its intent was written, before the first try: what a try made is no older. */
  readonly begunAt: Date;
}

/** A resource that a step is taken with, as the second look saw it. */
export interface Thing<F> extends Tried {
  readonly facts: F;
  /** When it is requested, by orgsweep's own clock. */
  readonly at: Date;
}

/** The request. */
type Run<F> = RunOfOne<F> | RunOfMany<F>;

interface RunOfOne<F> {
  /** @throws the SDK's error, for `classifyRefusal` */
  one(clients: SpokeClients, thing: Thing<F>): Promise<Done>;
}

/** A request that takes several, and has an answer for each. */
interface RunOfMany<F> {
  readonly most: number;
  /**
   * What they belong to, where a request is about one parent. Its first one goes alone, and is seen to
   * be done before the others follow. Pure.
   */
  parentOf?(facts: F): string;
  /**
   * By resource id. What isn't in it wasn't answered, and is looked at again.
   *
   * @throws the SDK's error where the request as a whole was refused
   */
  many(clients: SpokeClients, things: readonly Thing<F>[]): Promise<ReadonlyMap<string, Answer>>;
}

export type Answer = Done | { readonly refused: AwsFailure };

/** AWS says that the step is taken. */
interface Done {
  /** What it made, from which the resource can be made again. */
  readonly made?: string;
}

type WayBack<F> = RecycleBin | BringingBack<F> | NoWayBack;

/** Calls that take the step back, or make the resource again. */
export type BringingBack<F> = ByCalls<F> & (OfWhatWasMade | OfItself);

interface OfItself {
  readonly way: Exclude<UndoWay, 'RECYCLE_BIN' | 'NONE' | 'MADE'>;
}

interface OfWhatWasMade {
  readonly way: Extract<UndoWay, 'MADE'>;
  /**
   * Which of these, made by earlier steps, are there and whole, so that the resource can be made again.
   * Asked before the step is taken without a rule of the bin. Reads only.
   *
   * @throws when that can't be told
   */
  findWhole(look: Look, made: readonly string[]): Promise<ReadonlySet<string>>;
}

interface ByCalls<F> {
  /** What is another one then, as a sentence; left out: nothing. */
  readonly whatIsNew?: string;
  /**
   * All that it takes to make it again, as JSON and without secrets. The ledger keeps it from before the
   * first change. Pure.
   */
  record?(facts: F): unknown;
  /**
   * Looks whether it is there again as it was before the step, and changes nothing. Asked before
   * `bringBack` and after one that failed, so that nothing is made twice.
   *
   * @returns its id, perhaps another one; null: it isn't
   * @throws when that can't be told
   */
  find(clients: SpokeClients, of: Taken): Promise<string | null>;
  /**
   * null: the step changed nothing of it. What isn't there any more, it never took away.
   *
   * @param clock for waiting until it is there
   * @returns its id
   * @throws the SDK's error
   */
  readonly bringBack: ((clients: SpokeClients, of: Taken, clock: Clock) => Promise<string>) | null;
  /** Tags it such that orgsweep keeps it; left out: it has no tags. */
  protect?(clients: SpokeClients, resourceId: string, value: string): Promise<void>;
}

/** What the ledger has of a resource that a step was taken with. */
export interface Taken {
  readonly resourceId: string;
  /** null: there is none. */
  readonly record: unknown;
  /** What an earlier step made; null: nothing. */
  readonly made: string | null;
}

/** What the Recycle Bin keeps of one kind, and how it comes back. Ids: as many as there are. */
export interface RecycleBin {
  readonly way: 'RECYCLE_BIN';
  /** What a rule for it is about: the message that asks for one and the roll-out go by it. */
  readonly keeps: BinRetention;
  /** All rules for this kind in the clients' account and Region. @throws when any can't be read */
  rules(clients: SpokeClients): Promise<RecycleBinRule[]>;
  /** One rule as it is now; null: there is none any more. */
  rule(clients: SpokeClients, identifier: string): Promise<RecycleBinRule | null>;
  /** Which of these resources are in the bin. @throws when it can't be listed to its end */
  find(
    clients: SpokeClients,
    resourceIds: readonly string[],
  ): Promise<ReadonlyMap<string, BinEntry>>;
  /** The tags of those of these resources that are there, and so not in the bin. */
  findTags(
    clients: SpokeClients,
    resourceIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /** Takes one resource out of the bin. @throws the SDK's error */
  restore(clients: SpokeClients, resourceId: string): Promise<void>;
  /** Tags it such that orgsweep keeps it; the value says why. */
  protect(clients: SpokeClients, resourceId: string, value: string): Promise<void>;
}

interface NoWayBack {
  readonly way: Extract<UndoWay, 'NONE'>;
  /** What is lost, as a sentence. */
  readonly says: string;
}

/** What AWS's refusal means. RETRY: it may be tried again. */
export type Refusal =
  | {
      readonly outcome: Extract<RemovalResult, 'ALREADY_GONE' | 'PROTECTED' | 'DENIED' | 'FAILED'>;
      readonly reason?: string;
    }
  | { readonly outcome: 'RETRY' };

/** The step that a planned removal is of. @throws for one that isn't of the kind */
export function stepNamed<F>(
  { steps }: Pick<Removal<F>, 'steps'>,
  name: string | undefined,
): Step<F> {
  const [only] = steps;
  const found = name === undefined ? only : steps.find((step) => step.name === name);
  if (found !== undefined) return found;
  throw new InvalidInput(
    `step "${name}" doesn't exist; accepted: ${steps.map((step) => step.name).join(', ')}`,
  );
}

/** Whether a planned removal's step is one of the kind: the plan may be of another version. */
export function hasStep(
  { steps }: Pick<Removal<never>, 'steps'>,
  name: string | undefined,
): boolean {
  return name === undefined || steps.some((step) => step.name === name);
}

/** The steps as planning goes by them; none: the kind is only reported. */
export function stepsOf({ removal }: Removable): readonly RemovalStep[] {
  return (removal?.steps ?? []).map(toRemovalStep);
}

/** By its ways back. */
export function toRemovalStep({ name, waitDays, fence, undo }: PlannedStep): RemovalStep {
  const [best, ...others] = undo;
  return {
    ...{ name, undo: best.way },
    ...(others.length > 0 && { undoElse: others.map(({ way }) => way) }),
    ...(waitDays !== undefined && { waitDays }),
    ...(fence.by !== 'MARKER' && { isUnmarked: true }),
  };
}

/** The bin that a kind's resources go into, by whichever step; undefined: there is none for it. */
export function binOf({ removal }: Removable): RecycleBin | undefined {
  return removal?.steps.map(binOfStep).find((bin) => bin !== undefined);
}

export function binOfStep({ undo }: Pick<Step<never>, 'undo'>): RecycleBin | undefined {
  return undo.find((back) => back.way === 'RECYCLE_BIN');
}

type PlannedStep = Pick<Step<never>, 'name' | 'waitDays' | 'fence' | 'undo'>;

interface Removable {
  readonly removal?: Pick<Removal<unknown>, 'steps'> | undefined;
}

/** Hides `F`: facts from outside are parsed first. */
export function ofAnyFacts<F>(
  { next, makes, ...removal }: Removal<F>,
  parsed: (facts: unknown) => F,
): Removal<unknown> {
  return {
    ...removal,
    ...(next && { next: (facts, at) => next(parsed(facts), at) }),
    ...(makes && { makes: (facts, at) => makes(parsed(facts), at) }),
  };
}

/** What IAM is asked about for a resource; undefined: its fence names none. */
export function arnOf(
  { fence }: Step<unknown>,
  facts: unknown,
  at: Pick<Look, 'accountId' | 'region'>,
): string | undefined {
  return 'arnOf' in fence ? fence.arnOf?.(facts, at) : undefined;
}

/** What is written down of a resource before its step, to make it again; undefined: no way needs it. */
export function recordOf({ undo }: Step<unknown>, facts: unknown): unknown {
  for (const back of undo) if ('record' in back) return back.record?.(facts);
  return undefined;
}
