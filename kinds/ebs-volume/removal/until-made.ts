import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Clock } from '../../../clock/clock.ts';
import { volumesNow } from './listing.ts';

/** From a snapshot it takes seconds, whatever the size: its data is loaded later. */
const MOST_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 2_000;

/** AWS said yes, and then there was no volume. */
class VolumeNotMade extends Error {
  override readonly name = 'VolumeNotMade';
}

/**
 * Waits until a volume is there. A KMS key that may not be used shows only here: AWS takes the request,
 * and the volume fails. One that is still being made after that time is taken for made.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
 *
 * @throws where it failed, or never showed
 */
export async function waitUntilMade(ec2: EC2Client, volumeId: string, clock: Clock) {
  const giveUpAt = clock.now().getTime() + MOST_MILLISECONDS;
  for (;;) {
    const state = await stateOf(ec2, volumeId);
    if (state === 'available' || state === 'in-use') return;
    if (state === 'error') throw notMade(volumeId);
    if (clock.now().getTime() >= giveUpAt) {
      if (state === undefined) throw notMade(volumeId);
      return;
    }
    await clock.sleep(POLL_MILLISECONDS);
  }
}

async function stateOf(ec2: EC2Client, volumeId: string): Promise<string | undefined> {
  for await (const { volume } of volumesNow(ec2, [volumeId])) return volume.State ?? 'unknown';
  return undefined;
}

function notMade(volumeId: string): VolumeNotMade {
  return new VolumeNotMade(
    `AWS took the request for ${volumeId}, and could not make it. Where the copy is encrypted, the key has to let the restore role use it: docs/iam-permissions.md.`,
  );
}
