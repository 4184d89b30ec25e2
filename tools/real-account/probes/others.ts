import { assumeRole } from '../../../aws/sessions/assume-role.ts';
import { toNamedError } from '../../../aws/answers/aws-error.ts';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { makeS3Store } from '../../../store/s3-store.ts';
import { StoreConflict } from '../../../store/store.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { bucketNameIn, makeBucket, PROBE_KEYS } from '../sandbox/bucket.ts';
import { visitBlocks } from '../../../kinds/ebs-snapshot/measure/blocks.ts';
import { differs, notSettled, type Probe, same } from '../probe.ts';
import { saysWhatItThinks } from '../refusals.ts';
import { ON_PARTS, withParts } from './with-parts.ts';

/** Nobody has it: the policy of docs/real-account.md names it. */
export const ABSENT_ROLE = 'orgsweep-real-account-no-such-role';

export const OTHER_PROBES: readonly Probe[] = [
  {
    ...ON_PARTS,
    name: 'blocks-of-encrypted',
    fact: 'The blocks of an encrypted snapshot are listed with no permission of KMS.',
    assumedIn: 'kinds/ebs-snapshot/measure/blocks.ts',
    otherwise: '`orgsweep measure` would leave encrypted snapshots out, and say so.',
    matters: 'COVERAGE',
    costUsd: 0.01,
    iam: ['ebs:ListSnapshotBlocks', 'ec2:CopySnapshot'],
    expected: 'listed to the end',
    run: withParts(async ({ reading }, { copy }) => {
      let count = 0;
      const asking = { ebs: reading.ebs, beforeRequest: async () => undefined };
      try {
        await visitBlocks(asking, { earlier: null, later: copy }, () => (count += 1));
      } catch (error) {
        const failure = toAwsFailure(error);
        if (!saysWhatItThinks(failure) && !/kms/i.test(failure.message)) throw error;
        return differs(answeredInWords(failure));
      }
      return same(`${count} blocks`);
    }),
  },
  {
    name: 'assume-absent-role',
    fact: 'STS answers AccessDenied for a role that is not there, as for one that does not trust the caller.',
    assumedIn: 'aws/answers/aws-error.ts',
    otherwise: 'An account without the role would be told as FAILED, not as ROLE_UNAVAILABLE.',
    matters: 'WORDS',
    // It makes nothing, but it is no read either.
    sends: 'WRITES',
    costUsd: 0,
    iam: ['sts:AssumeRole'],
    expected: 'a denial that is read as ROLE_UNAVAILABLE',
    run: async ({ hub, accountId, partition, writing }) => {
      if (writing === undefined) return notSettled('it asks for a session: run it with --write');
      const RoleArn = `arn:${partition}:iam::${accountId}:role/${ABSENT_ROLE}`;
      try {
        await assumeRole(hub.sts, { RoleArn, RoleSessionName: 'orgsweep-real-account' });
      } catch (error) {
        const words = answeredInWords(toAwsFailure(error));
        if (toNamedError(error).name === 'RoleUnavailable') return same(words);
        if (saysWhatItThinks(toAwsFailure(error))) return differs(words);
        throw error;
      }
      return differs('there is such a role, and it lets the caller in');
    },
  },
  {
    name: 'conditional-writes',
    fact: 'S3 refuses a write whose condition does not hold: If-None-Match for an object that is there, If-Match for an older version.',
    assumedIn: 'store/s3-store.ts',
    otherwise: 'Two runs could both believe that they alone may delete.',
    matters: 'SAFETY',
    sends: 'WRITES',
    costUsd: 0.01,
    iam: ['s3:CreateBucket', 's3:PutObject', 's3:GetObject', 's3:ListBucket'],
    expected: 'the second of two writers is refused, each time',
    run: async ({ accountId, region, writing }) => {
      if (writing === undefined) return notSettled('it makes a bucket: run it with --write');
      const bucket = bucketNameIn(accountId, region);
      await makeBucket(writing.s3, bucket, region);
      const store = makeS3Store({ client: writing.s3, bucket });
      const [key] = PROBE_KEYS;
      if ((await store.get(key)) !== undefined)
        return notSettled('an object is left there: --clean');
      const first = await store.put(key, '1', { absent: true });
      if (!(await isRefused(store.put(key, '2', { absent: true })))) {
        return differs('a second object was written where one was');
      }
      const second = await store.put(key, '3', { version: first });
      if (!(await isRefused(store.put(key, '4', { version: first })))) {
        return differs('an older version was taken for the newest');
      }
      const now = await store.get(key);
      return now?.body === '3' && now.version === second
        ? same('refused, each time')
        : differs('what was read is not what was written last');
    },
  },
];

async function isRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return false;
  } catch (error) {
    if (error instanceof StoreConflict) return true;
    throw error;
  }
}
