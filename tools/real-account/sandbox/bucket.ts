import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';

/** All that is ever put there. */
export const PROBE_KEYS = ['conditional'] as const;

/** Always the same, so that it is found again. */
export function bucketNameIn(accountId: string, region: string): string {
  return `orgsweep-real-account-${accountId}-${region}`;
}

/** @throws what S3 answers */
export async function makeBucket(s3: S3Client, Bucket: string, region: string): Promise<void> {
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      // S3 takes no name of its oldest Region there.
      ...(region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: region as never },
      }),
    }),
  );
}
