export interface SimAttachment {
  /** Undefined for a volume attached to an AWS-managed resource. */
  readonly instanceId?: string;
  readonly associatedResource?: string;
  readonly instanceOwningService?: string;
  readonly device: string;
  readonly state: 'attaching' | 'attached' | 'detaching' | 'busy';
  /** Left out: as long as the volume is there. */
  readonly attachTime?: Date;
}

/** An instance that has a volume for a time, or at some hours of each day. */
export interface SimRhythm {
  readonly instanceId: string;
  /** Left out: since the volume is there. */
  readonly from?: Date;
  /** Left out: it goes on. */
  readonly until?: Date;
  /** In UTC, from the first hour up to the second. Left out: all day. */
  readonly hours?: readonly [number, number];
}

export interface SimVolume {
  readonly volumeId: string;
  readonly sizeGiB: number;
  readonly state: 'creating' | 'available' | 'in-use' | 'deleting' | 'error';
  readonly createTime: Date;
  readonly snapshotId?: string;
  /** Left out: gp3. */
  readonly type?: 'gp2' | 'gp3' | 'io1' | 'io2' | 'st1' | 'sc1' | 'standard';
  /** Left out: what the type comes with. */
  readonly iops?: number;
  readonly throughputMiBps?: number;
  readonly multiAttach?: boolean;
  readonly outpostArn?: string;
  /** Left out: the first one of the Region. */
  readonly availabilityZone?: string;
  readonly kmsKeyId?: string;
  /** What it is a copy of. */
  readonly sourceVolumeId?: string;
  /** Until then it is `creating`. */
  readonly readyFrom?: Date;
  /** Who has it when, as far as the clock alone decides that. */
  readonly rhythm?: SimRhythm;
  /** On Xen: reads and writes are told only where there are some. */
  readonly isIdle?: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly attachments: readonly SimAttachment[];
  /** Managed by an AWS service: hidden unless the call says IncludeManagedResources. */
  readonly managedBy?: string;
}
