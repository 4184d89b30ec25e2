import fc from 'fast-check';
import { BLOCK_BYTES, FreedBlocks } from '../../../../kinds/ebs-snapshot/measure/freed-blocks.ts';

const BLOCKS = 24;

/** A snapshot as a map from block to version; versions are never used twice. */
type Snapshot = ReadonlyMap<number, number>;

interface Lineage {
  readonly snapshots: readonly Snapshot[];
  readonly isRemoved: readonly boolean[];
}

/** What is written, and given back, between one snapshot and the next. */
const writes = fc.record({
  written: fc.uniqueArray(fc.nat(BLOCKS - 1), { maxLength: BLOCKS }),
  trimmed: fc.uniqueArray(fc.nat(BLOCKS - 1), { maxLength: 4 }),
  isRemoved: fc.boolean(),
});
const lineages = fc.array(writes, { minLength: 1, maxLength: 9 }).map((between): Lineage => {
  let version = 0;
  let volume = new Map<number, number>();
  const snapshots = between.map(({ written, trimmed }) => {
    volume = new Map(volume);
    for (const block of trimmed) volume.delete(block);
    for (const block of written) volume.set(block, (version += 1));
    return volume;
  });
  return { snapshots, isRemoved: between.map(({ isRemoved }) => isRemoved) };
});

/** As ListSnapshotBlocks and ListChangedBlocks tell it: by index, without versions. */
function changesAt({ snapshots }: Lineage, step: number) {
  const [earlier, later] = [snapshots[step - 1], snapshots[step]];
  return Array.from({ length: BLOCKS }, (_, block) => block)
    .filter((block) => earlier?.get(block) !== later?.get(block))
    .map((block) => ({ block, isInLater: later?.has(block) ?? false }));
}

function freedBytes(lineage: Lineage): number {
  const freed = new FreedBlocks(lineage.isRemoved, BLOCKS);
  lineage.snapshots.forEach((_, step) => {
    if (!freed.needs(step)) return;
    for (const { block, isInLater } of changesAt(lineage, step)) freed.add(step, block, isInLater);
    freed.end(step);
  });
  return freed.bytes();
}

/** All versions that there are, less those that are still there afterwards. */
function freedByBruteForce({ snapshots, isRemoved }: Lineage): number {
  const stored = (of: readonly Snapshot[]) => new Set(of.flatMap((each) => [...each.values()]));
  const left = stored(snapshots.filter((_, at) => !isRemoved[at]));
  return [...stored(snapshots)].filter((version) => !left.has(version)).length;
}

describe('what removing some snapshots of a volume frees', () => {
  it('is every version of a block that no other snapshot has, and nothing else', () => {
    fc.assert(
      fc.property(lineages, (lineage) => {
        expect(freedBytes(lineage)).toBe(freedByBruteForce(lineage) * BLOCK_BYTES);
      }),
      { numRuns: 2000 },
    );
  });

  it('grows when more snapshots go, and is never more than those hold', () => {
    fc.assert(
      fc.property(lineages, fc.nat(8), (lineage, at) => {
        const isRemoved = lineage.isRemoved.map((goes, index) => goes || index === at);
        const more = freedBytes({ ...lineage, isRemoved });
        expect(more).toBeGreaterThanOrEqual(freedBytes(lineage));
        const held = lineage.snapshots.map(({ size }, index) => (isRemoved[index] ? size : 0));
        const sum = held.reduce((total, each) => total + each, 0);
        expect(more).toBeLessThanOrEqual(sum * BLOCK_BYTES);
      }),
    );
  });

  it('needs no comparison of two snapshots that stay', () => {
    const freed = new FreedBlocks([false, false, true, false, false], BLOCKS);
    expect([0, 1, 2, 3, 4].filter((step) => freed.needs(step))).toEqual([2, 3]);
  });

  it('refuses a block that the volume cannot have', () => {
    const freed = new FreedBlocks([true], BLOCKS);
    expect(() => freed.add(0, BLOCKS, true)).toThrow('block 24 of a volume of 24 blocks');
    expect(() => freed.add(0, -1, true)).toThrow(RangeError);
  });
});
