import {
  openVolumesSweep,
  unattached,
  volumeId,
} from '../../../test/support/organizations/volumes-sweep.ts';
import { atMost, sumOfCalls } from '../bounds.ts';

const VOLUMES = 60;
const LIMITS = {
  maxStalePercent: 100,
  maxStalePercentPerAccount: 100,
  maxStalePercentOverall: 100,
};
/** All there is that could be a control is listed once for a batch, though it is looked at twice. */
const MOST_CALLS_PER_DELETION = 4;

/**
 * Two delete executions in one target: the first copies so many volumes, the second deletes them. Calls are
 * counted apart, as each asks something else.
 */
export async function reportOfRemovalOfVolumes() {
  const numbers = Array.from({ length: VOLUMES }, (_, index) => index + 1);
  const sweep = await openVolumesSweep(numbers.map((number) => unattached(number)));
  try {
    const { total } = sweep.simulation.calls;
    const taken: Record<string, number> = {};
    const since = () => {
      const news = Object.entries(total).map(
        ([operation, count]) => [operation, count - (taken[operation] ?? 0)] as const,
      );
      Object.assign(taken, total);
      return Object.fromEntries(news.filter(([, count]) => count > 0));
    };
    await sweep.run({ limits: LIMITS });
    const ofCopies = since();
    const copies = numbers.filter((number) => sweep.copies(number).length === 1).length;
    sweep.later(2);
    await sweep.run({ limits: LIMITS });
    const ofDeletions = since();
    const deleted = numbers.filter(
      (one) => sweep.estate.volume(volumeId(one)) === undefined,
    ).length;
    const perDeletion = sumOfCalls(ofDeletions) / VOLUMES;
    const bounds = [
      atMost('volumes without a copy of their own', 0, VOLUMES - copies),
      atMost('volumes that stay', 0, VOLUMES - deleted),
      atMost('calls per deletion', MOST_CALLS_PER_DELETION, perDeletion),
    ];
    return {
      ...{ name: 'removal-of-volumes', volumes: VOLUMES, copies, deleted },
      callsPerCopy: sumOfCalls(ofCopies) / VOLUMES,
      callsPerDeletion: perDeletion,
      calls: { ofCopies, ofDeletions },
      ...{ bounds, ok: bounds.every(({ ok }) => ok) },
    };
  } finally {
    await sweep.close();
  }
}
