import { findRecycleBinRule } from '../../../aws/services/recycle-bin-rules.ts';
import { remove } from '../../../kinds/ebs-snapshot/aws.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { filterOn } from '../../../kinds/listings/filter.ts';
import { recycleBin } from '../../../kinds/ebs-snapshot/recycle-bin.ts';
import { RULE_DESCRIPTION } from '../sandbox/clean.ts';
import { collect } from '../../../kinds/listings/collect.ts';
import { BINNED } from '../sandbox/made.ts';
import { differs, notSettled, type Probe, sameIf } from '../probe.ts';
import { createRule } from '../sandbox/rbin-writes.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { waitFor } from '../sandbox/wait.ts';
import { ON_PARTS, withParts } from './with-parts.ts';

/** As in steps/remove/recycle-bin.ts. @internal A test holds it against the other. */
export const BIN_SHOWS_SECONDS = 60;
/** As in steps/restore/restore-target.ts. @internal A test holds it against the other. */
export const RESTORE_SHOWS_SECONDS = 15;
/** AWS says that the first rule of a Region takes its time, and not how long. */
const RULE_SETTLES_MS = 60_000;

export const RECYCLE_BIN_PROBES: readonly Probe[] = [
  {
    ...ON_PARTS,
    name: 'recycle-bin',
    fact: `A snapshot deleted under an available rule shows in the Recycle Bin within ${BIN_SHOWS_SECONDS} seconds and is not listed meanwhile. Restored, it is listed with its tags within ${RESTORE_SHOWS_SECONDS} seconds.`,
    assumedIn: 'steps/remove/recycle-bin.ts, steps/restore/restore-target.ts',
    otherwise:
      'Deletions would stop, told as NOT_SEEN_IN_RECYCLE_BIN, or a restore would be told as one that failed.',
    matters: 'SAFETY',
    iam: [
      'rbin:CreateRule',
      'rbin:GetRule',
      'ec2:DeleteSnapshot',
      'ec2:ListSnapshotsInRecycleBin',
      'ec2:RestoreSnapshotFromRecycleBin',
      'ec2:DescribeSnapshots',
    ],
    expected: `in the bin within ${BIN_SHOWS_SECONDS} s, back within ${RESTORE_SHOWS_SECONDS} s`,
    run: withParts(async (sandbox, { binned }, writing) => {
      const { clock, reading } = sandbox;
      const rule = await createRule(
        writing,
        { key: BINNED.Key, value: BINNED.Value },
        RULE_DESCRIPTION,
      );
      const available = await waitFor(clock, { atMostSeconds: 300, everySeconds: 5 }, async () => {
        const now = await findRecycleBinRule(reading.rbin, 'EBS_SNAPSHOT', rule);
        return now?.status === 'available' ? now : undefined;
      });
      if (available.found === undefined) return notSettled('the rule was not available in 300 s');
      const kept = available.found.resourceTags.map(({ key, value }) => `${key}=${value}`);
      if (kept.join() !== `${BINNED.Key}=${BINNED.Value}`) {
        return differs(`the rule was made for ${BINNED.Key}, and reads ${kept.join() || 'no tag'}`);
      }
      await clock.sleep(RULE_SETTLES_MS);
      await remove(writing, binned);
      const entered = await waitFor(clock, { atMostSeconds: 2 * BIN_SHOWS_SECONDS }, async () =>
        (await recycleBin.find(reading, [binned])).get(binned),
      );
      if (entered.found === undefined) return differs(`not in the bin after ${entered.seconds} s`);
      const listed = await listedAs(sandbox, binned);
      if (listed !== undefined) return differs('in the bin, and listed as if it were not');
      await recycleBin.restore(writing, binned);
      const back = await waitFor(clock, { atMostSeconds: 120 }, async () =>
        listedAs(sandbox, binned),
      );
      if (back.found === undefined)
        return differs(`restored, and not listed after ${back.seconds} s`);
      const times = `in the bin after ${entered.seconds} s, back after ${back.seconds} s`;
      if (back.found.tags[BINNED.Key] !== BINNED.Value)
        return differs(`${times}, without its tags`);
      const inTime = entered.seconds <= BIN_SHOWS_SECONDS && back.seconds <= RESTORE_SHOWS_SECONDS;
      return sameIf(inTime, `${times}, with its tags`);
    }),
  },
];

async function listedAs({ reading, accountId }: Sandbox, snapshotId: string) {
  const filters = [filterOn('snapshot-id', [snapshotId])];
  const [listed] = await collect(listSnapshots(reading.ec2, accountId, filters));
  return listed;
}
