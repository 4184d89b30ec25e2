import fc from 'fast-check';
import { AnySimChange } from '../../../simulation/kinds/registry.ts';
import { type DatedChange, type SimJournal } from '../../../simulation/model/change.ts';
import { buildOrganization } from '../../../simulation/population/organization.ts';
import { DEFAULT_ORGANIZATION } from '../../../simulation/scenarios/default.ts';
import { startSimulation, type Simulation } from '../../../simulation/server.ts';
import { makeManualClock, NOW } from '../../support/manual-clock.ts';

const REGIONS = ['eu-west-1', 'us-west-2'] as const;
const LISTINGS = [
  'DescribeSnapshots&Owner.1=self',
  'DescribeVolumes',
  'DescribeInstances',
  'DescribeImages&Owner.1=self&IncludeDisabled=true',
  'DescribeLockedSnapshots',
  'DescribeFastSnapshotRestores',
  'DescribeSnapshotTierStatus',
  'DescribeLaunchTemplates',
  'ListSnapshotsInRecycleBin',
  'ListVolumesInRecycleBin',
  'ListImagesInRecycleBin',
];
const DAY_MS = 86_400_000;

/** A call by another client, which takes what is there: some are refused. */
const step = fc.record({
  region: fc.constantFrom(...REGIONS),
  act: fc.constantFrom('tag', 'delete', 'bin', 'bin', 'restore'),
  pick: fc.nat({ max: 59 }),
  /** Below a second what was changed isn't seen everywhere yet. */
  passes: fc.constantFrom(0, 300, 5_000, DAY_MS, 15 * DAY_MS),
  reopens: fc.boolean(),
});

it('an organization reopened answers every listing as the one that never closed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const clock = makeManualClock();
      const lasting = await startSimulation({ ...organization(), clock });
      const kept: string[] = [];
      let reopened = await open(kept, clock);
      try {
        for (const { region, act, pick, passes, reopens } of steps) {
          const ids = idsIn(await call(lasting, region, 'DescribeSnapshots&Owner.1=self'));
          const binned = idsIn(await call(lasting, region, 'ListSnapshotsInRecycleBin'));
          const from = act === 'restore' ? binned : ids;
          const id = from[pick % Math.max(1, from.length)] ?? 'snap-0123456789abcdef0';
          for (const query of queriesFor(act, id)) {
            expect(await call(reopened, region, query)).toBe(await call(lasting, region, query));
          }
          clock.advance(passes);
          if (reopens) {
            await reopened.close();
            reopened = await open(kept, clock);
          }
          expect(await answersOf(reopened)).toEqual(await answersOf(lasting));
        }
      } finally {
        await Promise.all([lasting.close(), reopened.close()]);
      }
    }),
    { numRuns: 8 },
  );
});

function organization() {
  return { organization: buildOrganization(DEFAULT_ORGANIZATION, NOW), seed: 7 };
}

/** What is kept is text: whatever a change has in it must survive that. */
async function open(kept: string[], clock: ReturnType<typeof makeManualClock>) {
  const before = kept.map((line): DatedChange => {
    const { at, change } = JSON.parse(line);
    return { at: new Date(at), change: AnySimChange.parse(change) };
  });
  const journal: SimJournal = {
    before,
    note: (change) => void kept.push(JSON.stringify(change)),
    settle: async () => undefined,
  };
  return startSimulation({ ...organization(), clock, journal });
}

function queriesFor(act: string, id: string): string[] {
  const name = `Tag.1.Key=__proto__&Tag.1.Value=x&Tag.2.Key=Name&Tag.2.Value=${id}`;
  const marker = 'Tag.1.Key=orgsweep:marked&Tag.1.Value=true';
  switch (act) {
    case 'tag':
      return [`CreateTags&ResourceId.1=${id}&${name}`];
    case 'bin':
      return [`CreateTags&ResourceId.1=${id}&${marker}`, `DeleteSnapshot&SnapshotId=${id}`];
    case 'restore':
      return [`RestoreSnapshotFromRecycleBin&SnapshotId=${id}`];
    default:
      return [`DeleteSnapshot&SnapshotId=${id}`];
  }
}

function idsIn(answer: string): string[] {
  return [...new Set(answer.match(/snap-[0-9a-f]{17}/g))];
}

async function answersOf(simulation: Simulation): Promise<string[]> {
  const asked = REGIONS.flatMap((region) => LISTINGS.map((query) => [region, query] as const));
  return Promise.all(asked.map(async ([region, query]) => call(simulation, region, query)));
}

/** Without the request id, which no two answers share. */
async function call({ endpoint, credentials }: Simulation, region: string, query: string) {
  const scope = `${credentials.accessKeyId}/20261121/${region}/ec2/aws4_request`;
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `Version=2016-11-15&Action=${query}`,
  });
  const text = await answer.text();
  return text.replace(/<requestI[dD]>[^<]*<\/requestI[dD]>|<RequestID>[^<]*<\/RequestID>/g, '');
}
