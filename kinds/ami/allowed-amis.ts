import { GetAllowedImagesSettingsCommand } from '@aws-sdk/client-ec2';
import type { Excerpt } from '../listings/listing.ts';
import type { Look } from '../look.ts';

const OPERATION = 'ec2:GetAllowedImagesSettings';

/**
 * Whether Allowed AMIs is on: EC2 then hides AMIs that the account doesn't allow. It shows the
 * account's own all the same, as far as AWS's documentation tells, so that no verdict goes by it.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html
 */
export const ALLOWED_AMIS: Excerpt<string, string> = {
  listing: {
    name: 'allowed-amis',
    reach: 'regional',
    iam: [OPERATION],
    cost: '1 call where there are AMIs',
    list: async function* ({ clients }) {
      const { State } = await clients.ec2.send(new GetAllowedImagesSettingsCommand({}));
      if (State !== undefined) yield State;
    },
  },
  take: (state) => state,
};

/** @returns null: AWS didn't say, or nobody may ask */
export async function allowedAmisOf(look: Pick<Look, 'read'>): Promise<string | null> {
  try {
    for await (const state of look.read(ALLOWED_AMIS)) return state;
  } catch {
    // A finding says that it isn't known.
  }
  return null;
}
