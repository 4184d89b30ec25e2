import { day } from '../../../report/format/dates.ts';
import { cut } from '../../../report/format/layout.ts';
import { formatCount, formatNoun } from '../../../report/format/money.ts';
import { compare } from '../../../core/model/order.ts';
import { type Lack, lackOf, wasStartedSince } from '../copies.ts';
import { type EbsVolume, SNAPSHOTS_OF_VOLUME } from '../facts.ts';
import { unattachedSince } from '../seen.ts';
import type { StoredEvidence } from './stored-evidence.ts';

const MOST_TOLD = 5;
const ID_LENGTH = 100;

const LACKS: Readonly<Record<Lack, string>> = {
  MARKED: 'is about to be deleted',
  OF_AMI: 'belongs to an AMI',
  MANAGED: 'goes when what made it deletes it',
  NOT_COMPLETED: 'is not completed',
  ENDS_SOON: 'is not kept for 30 days more',
  OF_ANOTHER: 'is the final copy of another volume',
};

/** Its snapshots for a finding: those first that may be copies of it, then the newest. */
export function copiesAsEvidence({ volumeId, copies }: EbsVolume, now: Date) {
  if (copies === null) return {};
  const judged = copies.map((copy) => {
    const { snapshotId, startedAt, finalCopyOf } = copy;
    const lack = lackOf(copy, volumeId, now);
    const isFinal = finalCopyOf === volumeId;
    return {
      ...{ snapshotId, startedAt },
      ...(isFinal && { isFinal: true as const }),
      ...(lack !== null && { lack }),
    };
  });
  const rank = (one: (typeof judged)[number]) =>
    `${'lack' in one ? 0 : 1} ${'isFinal' in one ? 1 : 0} ${one.startedAt ?? ''}`;
  judged.sort((a, b) => compare(rank(b), rank(a)));
  return {
    copies: judged.slice(0, MOST_TOLD),
    ...(judged.length > MOST_TOLD && { copiesNotTold: judged.length - MOST_TOLD }),
  };
}

type Seen = Pick<
  StoredEvidence,
  'copies' | 'copiesNotTold' | 'metrics' | 'observed' | 'unanswered'
> & {
  readonly startedAt: string | null;
};

/** Which snapshot is a copy of it as it is now, or why none is. */
export function copiesSentence({ copies, copiesNotTold = 0, unanswered, ...seen }: Seen): string[] {
  if (copies === undefined)
    return unanswered.includes(SNAPSHOTS_OF_VOLUME)
      ? ['Which snapshots there are of it is asked before it could be deleted.']
      : [];
  if (copies.length === 0) return ['There is no snapshot of it.'];
  const since = sinceOf(seen);
  const copy = copies.find(
    (one) => one.lack === undefined && since !== null && isSince(one, since),
  );
  if (copy !== undefined) {
    const { snapshotId, startedAt, isFinal } = copy;
    const which = isFinal === true ? 'final copy, which orgsweep made' : 'copy of it as it is now';
    const when = startedAt === null ? '' : ` on ${day(startedAt)}`;
    return [`${cut(snapshotId, ID_LENGTH)}, started${when}, is a ${which}.`];
  }
  const whys = copies.map((one) => `${cut(one.snapshotId, ID_LENGTH)} ${whyNot(one, since)}`);
  const more = copiesNotTold === 0 ? '' : `; ${formatCount(copiesNotTold)} more`;
  const all = formatNoun(copies.length + copiesNotTold, 'snapshot');
  return [`Of its ${all} none is a copy of it as it is now: ${whys.join('; ')}${more}.`];
}

type Told = NonNullable<Seen['copies']>[number];

function sinceOf({
  metrics,
  observed,
  startedAt,
}: Omit<Seen, 'copies' | 'unanswered'>): string | null {
  // Only its days go by the time of the look.
  const since = unattachedSince(
    { metrics: metrics ?? null, createdAt: startedAt },
    observed,
    NEVER,
  );
  return since?.since ?? null;
}
const NEVER = new Date(0);

function isSince({ startedAt }: Told, since: string): boolean {
  return wasStartedSince({ startedAt }, since);
}

function whyNot({ lack, startedAt }: Told, since: string | null): string {
  if (lack !== undefined) return LACKS[lack];
  if (since === null) return 'may be from before its last use, which nothing tells';
  return startedAt === null ? 'has no time' : 'is from before the end of its last use';
}
