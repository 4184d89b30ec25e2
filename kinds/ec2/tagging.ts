import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';

/** Tags resources with the constant marker. CreateTags takes up to 1,000 of them. */
export async function markByTag({ ec2 }: SpokeClients, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await ec2.send(
    new CreateTagsCommand({
      Resources: [...ids],
      Tags: [{ Key: MARKER.key, Value: MARKER.value }],
    }),
  );
}

/** Tags one such that orgsweep keeps it; the value says why. */
export async function protectByTag(
  { ec2 }: SpokeClients,
  id: string,
  value: string,
): Promise<void> {
  await ec2.send(
    new CreateTagsCommand({ Resources: [id], Tags: [{ Key: PROTECT_TAG, Value: value }] }),
  );
}
