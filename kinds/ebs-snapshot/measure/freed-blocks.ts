/** EBS keeps snapshots in blocks of 512 KiB; a block that is written becomes a new version of itself. */
export const BLOCK_BYTES = 512 * 1024;

/**
 * Counts what removing some of the snapshots of one volume would free: the versions of blocks that
 * none of the others holds.
 *
 * Snapshots go by age, and a version lives from the snapshot that first has it until the block is
 * written again. So a version is freed if it begins and ends within one unbroken run of snapshots
 * that go; what the last snapshot before the run or the first one after it has as well, stays.
 *
 * Step 0 is told the blocks of the oldest snapshot, and step i what differs between snapshot i - 1
 * and snapshot i, each block once. It holds one bit for each block of the volume, whatever the
 * number of snapshots: 4 MiB for 16 TiB.
 */
export class FreedBlocks {
  readonly #isRemoved: readonly boolean[];
  readonly #blockCount: number;
  /** Blocks whose version of now began in the run that is under way, so that none before has it. */
  readonly #begun: Uint8Array;
  #freed = 0;

  /** @param isRemoved for each snapshot of the volume, oldest first, whether it goes */
  constructor(isRemoved: readonly boolean[], blockCount: number) {
    this.#isRemoved = isRemoved;
    this.#blockCount = blockCount;
    this.#begun = new Uint8Array(Math.ceil(blockCount / 8));
  }

  /** Whether the count depends on what a step tells: not where both of its snapshots stay. */
  needs(step: number): boolean {
    return this.#goes(step) || this.#goes(step - 1);
  }

  /** A block that differs, and whether the later snapshot has it at all. */
  add(step: number, block: number, isInLater: boolean): void {
    if (block < 0 || block >= this.#blockCount) {
      throw new RangeError(`block ${block} of a volume of ${this.#blockCount} blocks`);
    }
    const [byte, bit] = [block >> 3, 1 << (block & 7)];
    const begun = this.#begun[byte] ?? 0;
    // Its version ends here, and only snapshots that go had it.
    if ((begun & bit) !== 0) this.#freed += 1;
    this.#begun[byte] = isInLater && this.#goes(step) ? begun | bit : begun & ~bit;
  }

  /** To be called when a step has told all. */
  end(step: number): void {
    // The later snapshot stays, and with it all that it has.
    if (!this.#goes(step)) this.#begun.fill(0);
  }

  /** Once the last step has ended. */
  bytes(): number {
    return (this.#freed + countBits(this.#begun)) * BLOCK_BYTES;
  }

  #goes(snapshot: number): boolean {
    return this.#isRemoved[snapshot] ?? false;
  }
}

function countBits(bytes: Uint8Array): number {
  let count = 0;
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) count += 1;
  return count;
}
