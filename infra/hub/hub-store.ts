import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  BucketPolicy,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow } from '../policies/allow.ts';
import { acknowledge } from '../policies/nag.ts';
import type { StoreAccess } from './store-access.ts';

/** How long an overwritten or deleted object can still be brought back. */
const NONCURRENT_DAYS = 90;
const EXECUTION_DAYS = 400;

export interface HubStoreProps {
  readonly executionDays: number;
  /** Of a bucket that stayed when an earlier hub went. */
  readonly bucketName?: string | undefined;
}

/**
 * The bucket that executions leave their files in. It stays when the stack goes: what was removed
 * can be restored only with its ledger, and its stale-since history took weeks to gather. A later hub
 * may adopt it. A deployment that fails at its very first try leaves none behind.
 *
 * Encrypted with S3's own key: who may read is decided in one place, by IAM; and a key that somebody
 * deletes would take the ledger with it.
 */
export class HubStore extends Construct {
  readonly bucket: Bucket | IBucket;

  constructor(scope: Construct, id: string, { executionDays, bucketName }: HubStoreProps) {
    super(scope, id);
    this.bucket =
      bucketName === undefined ? this.#make(executionDays) : this.#adopt(bucketName, executionDays);
  }

  #make(executionDays: number): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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
      bucket,
      'AwsSolutions-S1',
      'Server access logs come late and not always. What orgsweep does is in its ledger; who else reads or writes here, CloudTrail data events of this bucket tell.',
    );
    return bucket;
  }

  /**
   * Everything but its policy stayed on the bucket. The policy went with the earlier stack. To put it
   * anew also proves that the bucket is there and this account's: S3 lets no other account put one, and
   * a deployment that can't is taken back as a whole.
   */
  #adopt(bucketName: string, executionDays: number): IBucket {
    const bucket = Bucket.fromBucketName(this, 'Bucket', bucketName);
    const policy = new BucketPolicy(bucket, 'Policy', { bucket });
    policy.document.addStatements(...onlyOverTls([bucket.bucketArn, bucket.arnForObjects('*')]));
    if (executionDays !== EXECUTION_DAYS) {
      Annotations.of(this).addWarningV2(
        'orgsweep:executionDays',
        `retention.executionDays: ${executionDays} – ${bucketName} keeps the lifecycle rules that it has; CloudFormation can't change those of an adopted bucket`,
      );
    }
    return bucket;
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

/** As the CDK writes it for a bucket that it makes. */
function onlyOverTls(resources: string[]): PolicyStatement[] {
  const conditions = [
    { Bool: { 'aws:SecureTransport': 'false' } },
    { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  ];
  return conditions.map(
    (condition) =>
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:*'],
        resources,
        conditions: condition,
      }),
  );
}
