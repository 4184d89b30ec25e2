import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { listSnapshots } from '../../kinds/ebs-snapshot/listing.ts';
import { listVolumes } from '../../kinds/listings/volumes.ts';
import type { RealAccountArguments } from './arguments.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** More than this script leaves behind, and fewer than an account in use has. */
const MOST_RESOURCES = 10;
const SURE = '--yes-this-is-a-sandbox';

/** @throws {InvalidInput} where the credentials are of another account than the one named */
export function refuseOtherAccount(
  { account }: Pick<RealAccountArguments, 'account'>,
  { accountId }: Pick<Sandbox, 'accountId'>,
): void {
  if (account === undefined || account === accountId) return;
  const accepted = `${accountId}, which is the account of the credentials; or credentials of the account that you named`;
  throw new InvalidInput(fault('--account', account, accepted));
}

/**
 * Before anything is made: no management account, and none that looks as if it were in use.
 *
 * @throws {InvalidInput}
 */
export async function refuseUnlessSandbox(
  { sure }: Pick<RealAccountArguments, 'sure'>,
  sandbox: Sandbox,
): Promise<void> {
  const management = await managementAccount(sandbox, sure);
  if (management === sandbox.accountId) {
    throw new InvalidInput(
      '--write: this is the management account of an organization – accepted: a member account, or one of no organization',
    );
  }
  if (sure) return;
  const { reading, accountId, region } = sandbox;
  const counts = {
    snapshots: await countUpTo(listSnapshots(reading.ec2, accountId)),
    volumes: await countUpTo(listVolumes(reading.ec2)),
  };
  for (const [what, count] of Object.entries(counts)) {
    if (count <= MOST_RESOURCES) continue;
    throw new InvalidInput(
      `--write: the account has more than ${MOST_RESOURCES} ${what} in ${region}, so it may be in use – accepted: an empty account, or ${SURE}`,
    );
  }
}

/** Undefined where there is no organization, or where nobody tells and the person is sure. */
async function managementAccount({ hub }: Sandbox, sure: boolean): Promise<string | undefined> {
  try {
    const { Organization } = await hub.organizations.send(new DescribeOrganizationCommand({}));
    if (Organization?.MasterAccountId !== undefined) return Organization.MasterAccountId;
  } catch (error) {
    const failure = toAwsFailure(error);
    if (failure.code === 'AWSOrganizationsNotInUseException' || sure) return undefined;
    throw new InvalidInput(
      `--write: whether this is a management account is not known (${answeredInWords(failure)}) – accepted: allow organizations:DescribeOrganization, or ${SURE}`,
      { cause: error },
    );
  }
  if (sure) return undefined;
  throw new InvalidInput(
    `--write: organizations:DescribeOrganization did not name the management account – accepted: ${SURE}`,
  );
}

async function countUpTo(listing: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of listing) if (++count > MOST_RESOURCES) break;
  return count;
}
