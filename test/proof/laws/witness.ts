import type { SimFault } from '../../../simulation/model/fault.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { Faults, type SimCall } from '../../../simulation/services/dispatch/faults.ts';
import { seededFraction } from '../../../simulation/services/call/seeded.ts';
import { MARKER_TAG } from '../../../simulation/services/ec2/role-conditions.ts';
import { act, type ActKind } from '../trial/acts.ts';
import { actOnVolume, victimsOf } from '../volumes/acts.ts';
import { actOnLeftover, leftoversFor } from '../leftovers/acts.ts';
import { actOnAmi, amisFor } from '../amis/acts.ts';
import { ImageRecord } from '../amis/record.ts';
import { Whereabouts } from '../leftovers/whereabouts.ts';
import { VolumeRecord } from '../volumes/record.ts';
import { idsOf, Needs } from './needs.ts';
import type { SeenCall } from './seen-call.ts';
import type { Step } from '../trial/trial.ts';
import type { Lane, VirtualTime } from '../run/virtual-time.ts';

/** The request under way. */
interface Expected {
  readonly lane: Lane;
  readonly params: URLSearchParams;
  /** Told when nothing will answer it. */
  readonly onSilence: () => void;
}

/** A snapshot that a call of orgsweep's deleted. */
export interface Deletion {
  readonly call: SeenCall;
  readonly snapshotId: string;
  /** As it was when the call came. */
  readonly snapshot: SimSnapshot;
  readonly wasMarked: boolean;
  /** Whether the Recycle Bin has it. */
  readonly isInBin: boolean;
}

/** The most that a removal takes to get to AWS: its client gives up connecting after that. */
const SLOWEST_REMOVAL_MILLISECONDS = 2_900;
const REMOVALS = ['DeleteSnapshot', 'DeleteVolume', 'CreateSnapshot'];

/**
 * Sees every call as AWS does, makes it take its time, and lets other users act before it. What
 * happened it tells from the organization's own state.
 */
export class Witness {
  readonly needs: Needs;
  readonly calls: SeenCall[] = [];
  readonly deletions: Deletion[] = [];
  readonly volumes = new VolumeRecord();
  readonly amis = new Whereabouts();
  readonly images = new ImageRecord();
  readonly counts = { acts: 0, faults: 0 };
  readonly #clock: VirtualTime;
  readonly #estates: readonly SimEstate[];
  readonly #seed: number;
  readonly #faults = new Faults();
  readonly #calledInStep = new Map<string, number>();
  #step: Step | null = null;
  #pending: Omit<Deletion, 'isInBin'> | undefined;
  #expected: Expected = {
    lane: '',
    params: new URLSearchParams(),
    onSilence: () => undefined,
  };

  constructor(of: { clock: VirtualTime; estates: readonly SimEstate[]; seed: number }) {
    this.#clock = of.clock;
    this.#estates = of.estates;
    this.#seed = of.seed;
    this.needs = new Needs(of.estates);
    this.amis.learn(of.estates, -1);
    this.images.learn(of.estates, -1);
  }

  /** Without a step nobody acts, and calls take no time. */
  begin(step: Step | null, faults: readonly SimFault[]): void {
    this.settle();
    this.#step = step;
    this.#faults.set(faults);
    this.#calledInStep.clear();
  }

  /** To be called before each request is sent: there is never more than one. */
  expect(request: Expected): void {
    this.#expected = request;
  }

  /** How long the next call takes. */
  latencyOf(operation: string | undefined, lane: Lane): number {
    const slowest = this.#step?.slowestCallMilliseconds ?? 0;
    const isRemoval = REMOVALS.includes(operation ?? '');
    const most = isRemoval ? SLOWEST_REMOVAL_MILLISECONDS : slowest;
    const part = seededFraction(this.#seed, this.calls.length, lane);
    return Math.floor(Math.min(slowest, most) * part);
  }

  /** To be called before each call is answered. */
  see(call: SimCall): void {
    this.settle();
    const { operation, accountId, region } = call;
    const name = `${operation} ${accountId}/${region}`;
    const ofStep = (this.#calledInStep.get(name) ?? 0) + 1;
    this.#calledInStep.set(name, ofStep);
    this.#letOthersAct(call, ofStep);
    const fault = this.#faults.next(call);
    if (fault !== undefined) this.counts.faults += 1;
    const { lane, params, onSilence } = this.#expected;
    if (fault === 'timeout') onSilence();
    const number = this.calls.length;
    const at = this.#clock.now().getTime();
    const seen: SeenCall = { ...call, number, at, lane, params, fault };
    this.calls.push(seen);
    if (operation === 'DeleteSnapshot') this.#pending = this.#aboutToDelete(seen);
    const estate = this.estateOf(call);
    if (estate !== undefined) this.volumes.see(seen, estate);
  }

  /** Finds out what became of the last call. To be called when an execution has ended, too. */
  settle(): void {
    // What is in the Recycle Bin keeps its copies.
    const changed = this.volumes.settle();
    if (changed !== undefined) this.needs.learn(changed, this.calls.length);
    const pending = this.#pending;
    this.#pending = undefined;
    const estate = pending && this.estateOf(pending.call);
    if (pending === undefined || estate?.snapshot(pending.snapshotId)) return;
    const isInBin = estate?.binnedSnapshot(pending.snapshotId) !== undefined;
    this.deletions.push({ ...pending, isInBin });
  }

  /** After something came back, or days have passed. */
  learnAll(): void {
    for (const estate of this.#estates) this.needs.learn(estate, this.calls.length);
    this.amis.learn(this.#estates, this.calls.length);
    this.images.learn(this.#estates, this.calls.length);
  }

  estateOf({ accountId, region }: { accountId: string; region: string }): SimEstate | undefined {
    return this.#estates.find((one) => one.accountId === accountId && one.region === region);
  }

  #aboutToDelete(call: SeenCall): Omit<Deletion, 'isInBin'> | undefined {
    const snapshotId = call.params.get('SnapshotId') ?? '';
    const snapshot = this.estateOf(call)?.snapshot(snapshotId);
    if (snapshot === undefined) return undefined;
    const wasMarked = snapshot.tags[MARKER_TAG.key] === MARKER_TAG.value;
    return { call, snapshotId, snapshot, wasMarked };
  }

  #letOthersAct(call: SimCall, ofStep: number): void {
    for (const shape of this.#step?.acts ?? []) {
      const estate = this.#dueIn(shape, call, ofStep);
      const victims = estate ? this.#victims(estate, shape.kind) : [];
      const id = victims[shape.victim % victims.length];
      if (estate === undefined || id === undefined) continue;
      this.#letAct(estate, () => act(shape.kind, estate, id, this.counts.acts));
    }
    for (const shape of this.#step?.volumeActs ?? []) {
      const estate = this.#dueIn(shape, call, ofStep);
      const victims = estate ? victimsOf(shape.kind, estate) : [];
      const id = victims[shape.victim % victims.length];
      if (estate === undefined || id === undefined) continue;
      this.#letAct(estate, () => actOnVolume(shape.kind, estate, id, this.counts.acts));
    }
    for (const shape of this.#step?.leftoverActs ?? []) {
      const estate = this.#dueIn(shape, call, ofStep);
      const victims = estate ? leftoversFor(shape.kind, estate) : [];
      const id = victims[shape.victim % victims.length];
      if (estate === undefined || id === undefined) continue;
      this.#letAct(estate, () => actOnLeftover(shape.kind, estate, id, this.counts.acts));
    }
    for (const shape of this.#step?.amiActs ?? []) {
      const estate = this.#dueIn(shape, call, ofStep);
      const victims = estate ? amisFor(shape.kind, estate) : [];
      const id = victims[shape.victim % victims.length];
      if (estate === undefined || id === undefined) continue;
      this.#letAct(estate, () => actOnAmi(shape.kind, estate, id, this.counts.acts));
    }
  }

  /** Where another user acts just now, if anywhere. */
  #dueIn(
    shape: { readonly target: number; readonly operation: string; readonly call: number },
    { operation, accountId, region }: SimCall,
    ofStep: number,
  ): SimEstate | undefined {
    const estate = this.#estates[shape.target % this.#estates.length];
    const isHere = estate?.accountId === accountId && estate.region === region;
    return isHere && shape.operation === operation && shape.call === ofStep ? estate : undefined;
  }

  #letAct(estate: SimEstate, acts: () => boolean): void {
    const before = idsThere(estate);
    if (!this.volumes.noteOthers(estate, acts)) return;
    this.counts.acts += 1;
    const call = this.calls.length;
    for (const gone of missing(before, idsThere(estate))) this.needs.goneSince.set(gone, call);
    this.needs.learn(estate, call);
    this.amis.learn(this.#estates, call);
    this.images.learn(this.#estates, call);
  }

  /** What orgsweep wants to remove is what others do something with. */
  #victims(estate: SimEstate, kind: ActKind): string[] {
    if (kind === 'restore it')
      return estate.binnedSnapshots().map((one) => one.snapshot.snapshotId);
    const call = this.calls.length;
    const isNeeded = kind === 'let go of it';
    return [...idsThere(estate)].filter((id) => this.needs.at(id, call).length > 0 === isNeeded);
  }
}

function idsThere(estate: SimEstate): Set<string> {
  return new Set(idsOf(estate).filter((id) => estate.snapshot(id) !== undefined));
}

function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((id) => !after.has(id));
}
