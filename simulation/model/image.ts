/** An AMI. What is left out, EC2 doesn't say; `createTime` and `lastLaunchedAt` are special. */
export interface SimImage {
  readonly imageId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly state: 'available' | 'disabled' | 'pending' | 'failed' | 'error' | 'invalid';
  readonly snapshotIds: readonly string[];
  /** Left out: 400 days before its organization began. */
  readonly createTime?: Date;
  /**
   * null: AWS recorded no launch. Left out: lately, five days before its organization began, where it can
   * be launched.
   */
  readonly lastLaunchedAt?: Date | null;
  readonly description?: string;
  readonly ownerAlias?: 'aws-backup-vault';
  /** Left out: machine. */
  readonly imageType?: 'kernel' | 'ramdisk';
  /** Left out: ebs. */
  readonly rootDeviceType?: 'instance-store';
  /** Left out: x86_64. */
  readonly architecture?: 'arm64';
  readonly deprecatedAt?: Date;
  readonly isPublic?: true;
  /** Accounts, and ARNs of organizations and units, that may launch it. No listing shows them. */
  readonly sharedWith?: readonly string[];
  readonly publicSsmParameter?: string;
  /** EC2's words. Left out: disabled. */
  readonly deregistrationProtection?: string;
  readonly productCodes?: readonly string[];
  readonly source?: { readonly imageId: string; readonly region: string };
  readonly watermarks?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}
