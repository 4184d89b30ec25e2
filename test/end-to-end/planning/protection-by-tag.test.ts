import { Finding } from '../../../core/model/verdict.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

let sweep: RemovalSweep;
beforeEach(async () => {
  sweep = await openRemovalSweep({
    scenario: steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 30, seed: 5 }),
  });
});
afterEach(async () => sweep.close());

async function findingOf(executionId: string, resourceId: string): Promise<Finding | undefined> {
  const stored = await sweep.store.get(`executions/${executionId}/findings.jsonl`);
  return (stored?.body ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Finding.parse(JSON.parse(line)))
    .find((finding) => finding.resourceId === resourceId);
}

/** Tags that would have been removed, all of them. */
const PROTECTING: readonly (readonly [Record<string, string>, string])[] = [
  [{ 'Orgsweep:Protect': 'yes' }, 'orgsweep:protect'],
  [{ 'orgsweep:protect ': '' }, 'orgsweep:protect'],
  [{ 'orgsweep-protect': 'true' }, 'orgsweep:protect'],
  [{ 'orgsweep:keepuntil': '2999-12-31' }, 'orgsweep:keep-until'],
  [{ 'orgsweep:keep-until': '31.12.2999' }, 'orgsweep:keep-until'],
  [{ retain: 'x' }, 'Retain'],
  [{ backup: 'YES' }, 'Backup=yes'],
];

it('what nearly protects is kept, and what nobody can read is told', async () => {
  const { plan } = await sweep.run('look', { mode: 'report' });
  const victims = (plan?.removals ?? []).map(({ resourceId }) => resourceId);
  expect(victims.length).toBeGreaterThan(PROTECTING.length);
  const [estate] = sweep.estates;
  for (const [at, [tags]] of PROTECTING.entries()) estate?.tagSnapshot(victims[at] ?? '', tags);
  const managed = victims[PROTECTING.length] ?? '';
  estate?.tagSnapshot(managed, { AWSApplicationMigrationServiceManaged: 'mgn.amazonaws.com' });

  const ended = await sweep.run('mine', { policy: { protectTags: ['Retain', 'Backup=yes'] } });
  const kept = victims.slice(0, PROTECTING.length);
  expect(sweep.gone().length).toBeGreaterThan(0);
  for (const [at, [tags, meant]] of PROTECTING.entries()) {
    const id = kept[at] ?? '';
    expect(sweep.gone()).not.toContain(id);
    const finding = await findingOf('mine', id);
    expect(finding?.reasons).toEqual(['PROTECTED_BY_TAG']);
    expect(finding?.evidence.protection).toMatchObject([{ key: Object.keys(tags)[0], meant }]);
  }
  expect(sweep.gone()).not.toContain(managed);
  expect((await findingOf('mine', managed))?.reasons).toEqual(['MANAGED_BY_MGN']);

  expect(ended.summary?.unreadableDates).toMatchObject({
    resources: 1,
    examples: [{ resourceId: kept[4], value: '31.12.2999' }],
  });
  const mail = (ended.published?.Message ?? '').replace(/\s+/g, ' ');
  expect(mail).toContain('of 1 resource cannot be read, so the tag protects for good');
  expect(mail).toContain('Write YYYY-MM-DD');
});

it('what nearly protects since the plan is kept by the second look', async () => {
  const { plan } = await sweep.run('look', { mode: 'report' });
  const victim = plan?.removals[0]?.resourceId ?? '';
  let listings = 0;
  sweep.simulation.onBeforeCall = ({ operation }) => {
    // The discovery comes first, with one listing.
    if (operation !== 'DescribeSnapshots' || (listings += 1) !== 2) return;
    sweep.estates[0]?.tagSnapshot(victim, { Orgsweep_Protect: '' });
  };
  const { removals } = await sweep.run('mine');
  const outcome = removals.find(({ resourceId }) => resourceId === victim);
  expect(outcome).toMatchObject({ outcome: 'NO_LONGER_STALE', reasons: ['PROTECTED_BY_TAG'] });
  expect(sweep.gone()).not.toContain(victim);
});
