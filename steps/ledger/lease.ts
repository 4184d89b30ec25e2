import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { type Store, StoreConflict, type StoredObject } from '../../store/store.ts';
import { LeaseHeld, LeaseLost } from '../../core/model/errors.ts';
import { AccountId, Region, Timestamp } from '../../core/model/ids.ts';
import { leaseKey } from '../../store/keys.ts';
import { parseJson } from '../../store/stored-json.ts';
import type { TargetRef } from '../../core/model/target.ts';

const LeaseRecord = z.strictObject({
  schemaVersion: z.literal(1),
  accountId: AccountId,
  region: Region,
  /** The execution that removes. */
  holder: z.string().min(1),
  /** Of one taking of the lease: tells its own writes from those of a later invocation. */
  token: z.string().min(1),
  acquiredAt: Timestamp,
  /** Held while this is in the future, unless it was let go. */
  until: Timestamp,
  /** Said outright: the next holder's clock may be behind the one that wrote `until`. */
  released: z.boolean(),
});
type LeaseRecord = z.infer<typeof LeaseRecord>;

export interface Lease {
  /** When it runs out unless renewed: nothing may be removed from then on. */
  readonly until: Date;
  /** Takes it for another full duration. @throws {LeaseLost} when somebody else took it over */
  renew(): Promise<void>;
  /** Lets the next one in at once. Does nothing where the lease was lost. */
  release(): Promise<void>;
}

export interface LeaseDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** How long a holder that died keeps others out. */
  readonly durationMs: number;
}

/** More lost races than this, each to a write of somebody else, are one holder too many. */
const MOST_ATTEMPTS = 10;

/**
 * The right to remove in one target: one holder at a time, across executions, by conditional
 * writes. `holder` is the execution's id; its own lease it may take over at any time, for a Task
 * that is retried only begins when the earlier invocation ended.
 *
 * @throws {LeaseHeld} while another execution holds it, and while nobody can tell who does
 */
export async function acquireLease(
  deps: LeaseDeps,
  target: TargetRef,
  holder: string,
): Promise<Lease> {
  const { store, clock } = deps;
  const key = leaseKey(target);
  const { accountId, region } = target;
  const record: LeaseRecord = {
    schemaVersion: 1,
    accountId,
    region,
    holder,
    token: randomUUID(),
    acquiredAt: clock.now().toISOString(),
    until: inFuture(deps),
    released: false,
  };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const found = await store.get(key);
    const current = found && readRecord(found, store.locationOf(key));
    // As in `makeLease`: our own write, whose answer was lost.
    if (found && current?.token === record.token) return makeLease(deps, record, found.version);
    if (current && current.holder !== holder && isHeld(current, clock.now())) {
      throw new LeaseHeld(
        `Execution "${current.holder}" is removing in ${accountId} ${region}; its lease runs until ${current.until}${adviceFor(current, clock.now(), store.locationOf(key))}`,
        { holder: current.holder, until: current.until },
      );
    }
    const condition = found ? { version: found.version } : ({ absent: true } as const);
    const version = await putIf(async () => store.put(key, bodyOf(record), condition));
    if (version !== undefined) return makeLease(deps, record, version);
  }
  throw new LeaseHeld(`Too many executions want to remove in ${accountId} ${region}`);
}

function makeLease(deps: LeaseDeps, taken: LeaseRecord, takenVersion: string): Lease {
  const { store } = deps;
  const key = leaseKey(taken);
  let record = taken;
  let version = takenVersion;

  const write = async (next: LeaseRecord): Promise<void> => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      let written = await putIf(async () => store.put(key, bodyOf(next), { version }));
      if (written === undefined) {
        const found = await store.get(key);
        refuseUnlessOwn(found, taken);
        version = found.version;
        // Our own write may have met its own first try, whose answer was lost.
        if (found.body === bodyOf(next)) written = version;
      }
      if (written !== undefined) {
        record = next;
        version = written;
        return;
      }
    }
    throw new LeaseLost(`The lease of ${taken.accountId} ${taken.region} could not be written`);
  };

  return {
    get until() {
      return new Date(record.until);
    },
    renew: async () => write({ ...record, until: inFuture(deps) }),
    release: async () => {
      try {
        await write({ ...record, released: true });
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      }
    },
  };
}

function refuseUnlessOwn(
  found: StoredObject | undefined,
  { accountId, region, holder, token }: LeaseRecord,
): asserts found is StoredObject {
  const current = found && LeaseRecord.safeParse(parseJson(found.body)).data;
  if (current?.token === token) return;
  throw new LeaseLost(
    `"${current?.holder ?? 'unknown'}" took over the lease of ${accountId} ${region} from "${holder}"`,
  );
}

function isHeld({ released, until }: LeaseRecord, now: Date): boolean {
  return !released && new Date(until) > now;
}

/** No lease is taken for longer: its holder's clock was ahead, or is. */
const LONGEST_MILLISECONDS = 60 * 60_000;

function adviceFor({ until }: LeaseRecord, now: Date, location: string): string {
  if (Date.parse(until) - now.getTime() <= LONGEST_MILLISECONDS) return '';
  return `, longer than any lease: a clock was wrong. Delete ${location} once no execution removes there`;
}

/** The new version, or undefined when somebody else was first. */
async function putIf(put: () => Promise<string>): Promise<string | undefined> {
  try {
    return await put();
  } catch (error) {
    if (error instanceof StoreConflict) return undefined;
    throw error;
  }
}

/** A lease that can't be read may be held: nothing is removed before a person has looked. */
function readRecord({ body }: StoredObject, location: string): LeaseRecord {
  const { data } = LeaseRecord.safeParse(parseJson(body));
  if (data !== undefined) return data;
  throw new LeaseHeld(
    `The lease ${location} can't be read, so it counts as held; delete it once no execution removes there`,
  );
}

function inFuture({ clock, durationMs }: LeaseDeps): string {
  return new Date(clock.now().getTime() + durationMs).toISOString();
}

function bodyOf(record: LeaseRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
