import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { lookAt } from '../../../core/outcome/kind-look.ts';
import { amisInRecycleBin } from '../../../kinds/listings/amis-in-recycle-bin.ts';
import { amis } from '../../../kinds/listings/amis.ts';
import { instances } from '../../../kinds/listings/instances.ts';
import type { Excerpt, Listing } from '../../../kinds/listings/listing.ts';
import { volumesInRecycleBin } from '../../../kinds/listings/volumes-in-recycle-bin.ts';
import { volumes } from '../../../kinds/listings/volumes.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';
import { type MadeUp, madeUpKind } from '../../support/kinds/made-up-kind.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

const REPORT = { mode: 'report' };
const NO_THINGS: MadeUp[] = [];

/** A kind that only counts what it takes of these listings. */
function counting(kind: string, listings: readonly Listing<unknown>[]) {
  const reads = listings.map((listing): Excerpt<unknown, true> => ({ listing, take: () => true }));
  return madeUpKind(new Map(), {
    ...{ kind, reads },
    discover: async (look) => {
      const counts: Record<string, number> = {};
      const incomplete = [];
      for (const excerpt of reads) {
        const { name } = excerpt.listing;
        let count = 0;
        try {
          for await (const _ of look.read(excerpt)) count += 1;
          counts[name] = count;
        } catch (error) {
          incomplete.push(toAwsFailure(error, `${kind}-${name}`));
        }
      }
      return { ...{ resources: NO_THINGS, counts, incomplete }, foreignReferences: [] };
    },
  });
}

const OF_EC2: Listing<unknown>[] = [
  volumes,
  instances,
  amis,
  volumesInRecycleBin,
  amisInRecycleBin,
];

it('kinds that share listings send the calls of one', async () => {
  sweep = await openKindsSweep([]);
  const alone = await runOf(sweep, 'alone', REPORT);
  await sweep.close();
  sweep = await openKindsSweep([counting('second', OF_EC2), counting('third', OF_EC2)]);
  const three = await runOf(sweep, 'three', REPORT);
  const calls = ({ outcomes }: typeof three) => outcomes.map((outcome) => outcome.calls);
  expect(calls(alone)[0]).toMatchObject({ 'ec2:DescribeVolumes': 1 });
  expect(calls(three)).toEqual(calls(alone));
  const [outcome] = three.outcomes;
  const seen = (kind: string) => outcome?.looks?.[kind]?.references?.['volumes'];
  expect(seen(SNAPSHOT)).toBeGreaterThan(0);
  expect([seen('second'), seen('third')]).toEqual([seen(SNAPSHOT), seen(SNAPSHOT)]);
  const verdicts = ({ findings }: typeof three) =>
    findings.map(({ resourceId, verdict, reasons }) => ({ resourceId, verdict, reasons }));
  expect(verdicts(three)).toEqual(verdicts(alone));
});

it('three kinds over one listing have it read once in each target', async () => {
  let read = 0;
  const listing: Listing<string> = {
    ...{ name: 'things', reach: 'regional', iam: [], cost: '1 call' },
    async *list() {
      read += 1;
      yield await Promise.resolve('one');
    },
  };
  const kinds = ['first', 'second', 'third'].map((kind) => counting(kind, [listing]));
  sweep = await openKindsSweep(kinds);
  const { outcomes } = await runOf(sweep, 'once', REPORT);
  const targets = outcomes.filter(({ status }) => status === 'COMPLETE');
  expect(targets.length).toBeGreaterThan(0);
  expect(read).toBe(targets.length);
  for (const outcome of targets)
    for (const { kind } of kinds) expect(lookAt(outcome, kind).references).toEqual({ things: 1 });
});

it('a listing that breaks off makes each kind incomplete that asked, and no other', async () => {
  const listing: Listing<string> = {
    ...{ name: 'things', reach: 'regional', iam: [], cost: '1 call' },
    async *list() {
      yield await Promise.resolve('one');
      throw Object.assign(new Error('not authorized'), {
        ...{ name: 'AccessDeniedException', $metadata: {} },
      });
    },
  };
  sweep = await openKindsSweep([counting('second', [listing]), counting('third', [listing])]);
  const { outcomes } = await runOf(sweep, 'broken', REPORT);
  const [outcome] = outcomes;
  expect(outcome?.looks).toMatchObject({
    [SNAPSHOT]: { status: 'COMPLETE' },
    second: { status: 'ACCESS_DENIED', failure: { source: 'second-things' }, references: {} },
    third: { status: 'ACCESS_DENIED', failure: { source: 'third-things' }, references: {} },
  });
});
