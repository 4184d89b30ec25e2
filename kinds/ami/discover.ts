import { toToldError } from '../../aws/answers/aws-error.ts';
import { brokenListing } from '../../aws/answers/pages.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import { Gathering, isAbsent } from '../listings/gathering.ts';
import type { Discovery, Look } from '../look.ts';
import { allowedAmisOf } from './allowed-amis.ts';
import { isCandidate } from './assess.ts';
import { type Ami, KIND } from './facts.ts';
import { familiesOf } from './family.ts';
import { type AmiListed, AMIS, NO_OWNER } from './listing.ts';
import { ownPolicyOf } from './policy.ts';
import { ReferenceName } from './sources/names.ts';
import { SOURCES } from './sources/registry.ts';
import { type AmiSource, readSource } from './sources/source.ts';

/** One object for all that nothing names. */
const NOT_USED: Ami['usedBy'] = {};

type AmisById = ReadonlyMap<string, AmiListed>;

/**
 * All AMIs of the account in the Region. What names AMIs is listed whether there are any or not, as it
 * may name another account's; what costs calls for each thing that it lists, only where some AMI could
 * still be unused.
 *
 * @throws whatever ends the listing of the AMIs before its end
 */
export async function discover(look: Look): Promise<Discovery<Ami>> {
  const all = await listed(look);
  const allowedAmis = all.size === 0 ? null : await allowedAmisOf(look);
  const gathering = new Gathering<ReferenceName>(look);
  const facts = factsOf(look, { all, allowedAmis, gathering });
  await gather(look, gathering, { all, readFor: 'all' });
  if (gathering.incomplete.length === 0 && leavesCandidates(look, facts))
    await gather(look, gathering, { all, readFor: 'candidates' });
  const { incomplete, counts, foreign } = gathering;
  return {
    resources: { [Symbol.iterator]: facts },
    ...{ incomplete, counts: { ...counts }, foreignReferences: foreign },
  };
}

/** Pages may repeat an AMI when it changes meanwhile; it is one all the same. */
async function listed(look: Look): Promise<AmisById> {
  const found = new Map<string, AmiListed>();
  try {
    for await (const ami of look.read(AMIS)) {
      if (ami.ownerId === NO_OWNER)
        throw brokenListing('ec2:DescribeImages', 'an AMI came without its owner');
      found.set(ami.imageId, ami);
    }
  } catch (error) {
    throw toToldError(error);
  }
  return found;
}

async function gather(
  look: Look,
  gathering: Gathering<ReferenceName>,
  of: { readonly all: AmisById } & Pick<AmiSource<unknown>, 'readFor'>,
): Promise<void> {
  const meant = (id: string) => (of.all.has(id) ? [id] : []);
  const wanted = SOURCES.filter(({ readFor }) => readFor === of.readFor);
  await Promise.all(
    wanted.map(async (source) => gathering.addSource(source, readSource(look.read, source), meant)),
  );
}

function leavesCandidates(look: Look, facts: () => Generator<Ami>): boolean {
  const policy = policyOfKind(look.policy, KIND);
  for (const ami of facts()) if (isCandidate(ami, policy, look.now)) return true;
  return false;
}

interface Seen {
  readonly all: AmisById;
  readonly allowedAmis: string | null;
  readonly gathering: Gathering<ReferenceName>;
}

/** The facts as of what was gathered until then, made one by one as they are asked for. */
function factsOf(look: Look, { all, allowedAmis, gathering }: Seen): () => Generator<Ami> {
  const { accountId, policy } = look;
  const families = familiesOf(all.values(), ownPolicyOf(policyOfKind(policy, KIND)));
  const holders = holdersOf(all.values());
  const notLookedAt = SOURCES.filter(({ skippable }) => skippable)
    .map(({ name }) => name)
    .filter((name) => policy.skipReferences.includes(name));
  const notOffered = SOURCES.filter(({ listing }) => isAbsent(listing, look))
    .map(({ name }) => name)
    .filter((name) => !notLookedAt.includes(name));
  return function* () {
    const { usedBy, incomplete } = gathering;
    const incompleteReferences = ReferenceName.options.filter((name) =>
      incomplete.some(({ source }) => source === name),
    );
    for (const { snapshotIds, ...ami } of all.values()) {
      // Somebody else's that EC2 shows: it holds snapshots, and nobody decides about it here.
      if (ami.ownerId !== accountId) continue;
      yield {
        ...ami,
        ...{ billed: null, sharedWith: null, allowedAmis },
        ...{ incompleteReferences, notLookedAt, notOffered },
        snapshots: snapshotIds.map((snapshotId) => ({
          snapshotId,
          holders: holders.get(snapshotId) ?? [ami.imageId],
        })),
        family: families.get(ami.imageId) ?? null,
        usedBy: usedBy.get(ami.imageId) ?? NOT_USED,
      };
    }
  };
}

/** By snapshot id, all AMIs that name it. */
function holdersOf(amis: Iterable<AmiListed>): ReadonlyMap<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const { imageId, snapshotIds } of amis)
    for (const id of snapshotIds) holders.set(id, [...(holders.get(id) ?? []), imageId]);
  return holders;
}
