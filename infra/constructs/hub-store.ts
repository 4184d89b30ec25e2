import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow } from '../allow.ts';
import { acknowledge } from '../nag.ts';
import type { StoreAccess } from '../store-access.ts';

/** How long an overwritten or deleted object can still be brought back. */
const NONCURRENT_DAYS = 90;

/**
 * The bucket that executions leave their files in. It stays when the stack goes: what was removed
 * can be restored only with its ledger, and its stale-since history took weeks to gather.
 *
 * Encrypted with S3's own key: who may read is decided in one place, by IAM; and a key that somebody
 * deletes would take the ledger with it.
 */
export class HubStore extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { executionDays }: { executionDays: number }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // Not history/: without it every grace would begin anew.
        { id: 'executions', prefix: 'executions/', expiration: Duration.days(executionDays) },
        {
          id: 'leftovers',
          noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    acknowledge(
      this.bucket,
      'AwsSolutions-S1',
      'Server access logs come late and not always. What orgsweep does is in its ledger; who else reads or writes here, CloudTrail data events of this bucket tell.',
    );
  }

  /**
   * `s3:ListBucket` goes with it, for the whole bucket: without it S3 answers AccessDenied where
   * there is no object, and an error must not look like an absence, nor an absence like an error.
   */
  allow(role: Role, { reads, writes }: StoreAccess): void {
    const because = 'The keys of one kind of file, in every execution and target';
    if (reads.length + writes.length === 0) return;
    allow(role, { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] });
    allow(role, {
      actions: ['s3:GetObject'],
      resources: reads.map((key) => this.arnOf(key)),
      because,
    });
    allow(role, {
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      resources: writes.map((key) => this.arnOf(key)),
      because,
    });
  }

  arnOf(key: string): string {
    return this.bucket.arnForObjects(key);
  }
}
