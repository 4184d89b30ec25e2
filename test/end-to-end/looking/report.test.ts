import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NO_CHANGE } from '../../../core/history/stale-change.ts';
import { SIM_KINDS } from '../../../simulation/kinds/registry.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { scenarioByName } from '../../../simulation/scenarios/registry.ts';
import {
  SNAPSHOT,
  openSimulatedSweep,
  type SimulatedSweep,
  type SweepFiles,
} from '../../support/simulated-sweep.ts';

const { truths } = SIM_KINDS.find(({ name }) => name === SNAPSHOT)!;

describe('a report execution of the default scenario', () => {
  let sweep: SimulatedSweep;
  let files: SweepFiles;
  beforeAll(async () => {
    sweep = await openSimulatedSweep(scenarioByName('default'), {
      enableDeletion: false,
      isInFolder: true,
    });
    files = await sweep.run();
  });
  afterAll(async () => sweep.close());

  it('ends complete', () => {
    expect(files.error).toBeNull();
    expect(files.summary.status).toBe('COMPLETE');
    expect(files.text).toMatch(/^COMPLETE /);
  });

  it('finds, id by id, what the ground truth says, with all of its reasons', () => {
    const found = new Map(files.findings.map((finding) => [finding.resourceId, finding]));
    let compared = 0;
    for (const { accountId, region } of visibleTargets(sweep.organization)) {
      for (const truth of truths!(sweep.organization.estate(accountId, region))) {
        const finding = found.get(truth.resourceId);
        found.delete(truth.resourceId);
        compared += 1;
        if (truth.reasons.includes('IN_USE')) {
          expect({ ...truth, listed: finding !== undefined }).toMatchObject({ listed: false });
          continue;
        }
        expect({
          id: truth.resourceId,
          situation: truth.situation,
          accountId: finding?.accountId,
          region: finding?.region,
          verdict: finding?.verdict,
          reasons: finding?.reasons.toSorted(),
        }).toEqual({
          id: truth.resourceId,
          situation: truth.situation,
          accountId,
          region,
          verdict: truth.verdict,
          reasons: truth.reasons.toSorted(),
        });
      }
    }
    expect([...found.keys()]).toEqual([]);
    expect(compared).toBe(files.summary.counts.resources);
    expect(compared).toBeGreaterThan(4000);
  });

  it('accounts for every visible target, once', () => {
    const complete = files.targets
      .filter(({ status }) => status === 'COMPLETE')
      .map(({ accountId, region }) => `${accountId}/${region}`);
    const visible = visibleTargets(sweep.organization).map(
      ({ accountId, region }) => `${accountId}/${region}`,
    );
    expect(complete.toSorted()).toEqual(visible.toSorted());
    expect(
      new Set(files.targets.map(({ accountId, region }) => `${accountId}/${region}`)).size,
    ).toBe(files.targets.length);
  });

  it('names every account of the organization, suspended and accepted ones included', () => {
    expect([...new Set(files.targets.map(({ accountId }) => accountId))].toSorted()).toEqual(
      sweep.organization.accounts.map(({ id }) => id).toSorted(),
    );
    expect(files.targets.filter(({ accepted }) => accepted !== undefined)).toMatchObject([
      { status: 'DENIED_BY_SCP', region: 'ap-east-1' },
    ]);
  });

  it('has counts that add up: verdicts, targets, findings', () => {
    const { counts, byAccount, byRegion, byKind } = files.summary;
    const sum = (shares: Record<string, { stale: number }>) =>
      Object.values(shares).reduce((total, { stale }) => total + stale, 0);
    expect(counts.verdicts.STALE + counts.verdicts.KEEP + counts.verdicts.UNKNOWN).toBe(
      counts.resources,
    );
    const stale = files.findings.filter(({ verdict }) => verdict === 'STALE');
    expect([sum(byAccount), sum(byRegion), sum(byKind)]).toEqual(Array(3).fill(stale.length));
    expect(files.plan.removals.length + files.plan.held.length).toBe(stale.length);
  });

  it('changes nothing in any account', () => {
    const writes = Object.keys(sweep.simulation.calls.total).filter(
      (operation) => !/^\w+:(Describe|List|Get|AssumeRole$)/.test(operation),
    );
    expect(writes).toEqual([]);
  });

  it('leaves exactly the files it promises', () => {
    expect(
      readdirSync(path.join(sweep.folder, 'executions', files.executionId)).toSorted(),
    ).toEqual([
      'findings.csv',
      'findings.jsonl',
      'plan.json',
      'removals.jsonl',
      'report.html',
      'summary.json',
      'summary.txt',
      'targets.jsonl',
      'work',
    ]);
  });

  it('writes findings.csv with the fields of a finding as its first columns', () => {
    const folder = path.join(sweep.folder, 'executions', files.executionId);
    const [header = ''] = readFileSync(path.join(folder, 'findings.csv'), 'utf8').split('\r\n');
    const lines = readFileSync(path.join(folder, 'findings.jsonl'), 'utf8').trim().split('\n');
    for (const line of lines) {
      const fields = Object.keys(JSON.parse(line) as object).join();
      expect(header).toBe(
        `\ufeff${fields},accountName,sharesDataIn,freesUsdUpTo,organizationalUnit,whatHappens,heldBecause,unusedSince,deletableFrom,restorableUntil`,
      );
    }
  });

  it('leaves a page with its pictures, none of them refused, and every finding', () => {
    const folder = path.join(sweep.folder, 'executions', files.executionId);
    const page = readFileSync(path.join(folder, 'report.html'), 'utf8');
    const pictures = [...page.matchAll(/<figure id="chart-([\w-]+)"/g)].map(([, id]) => id);
    expect(pictures).toEqual(
      expect.arrayContaining(['coverage', 'accounts-and-regions', 'by-account', 'reasons', 'ages']),
    );
    // One run has no trend, so nothing is drawn but bars and signs.
    expect(page).not.toMatch(/<svg (?!class="(?:bar|icon|mark|swatch)\b)/);
    expect(page).not.toContain('was left out');
    const { length } = files.findings;
    expect(page).toContain(`of ${length.toLocaleString('en-US')}`);
    expect(files.summary.reportFailure).toBeNull();
  });

  it('makes no call per snapshot: listings cost a call per page and Region', () => {
    const targets = visibleTargets(sweep.organization).length;
    const calls = sweep.simulation.calls.total;
    // One target has 1,200 snapshots, hence two pages; another is denied by SCP. Public ones are
    // listed apart. On a busy machine the simulated clock runs ahead of the SDK's, which then repeats
    // what was denied.
    expect(calls['ec2:DescribeSnapshots']).toBeLessThanOrEqual(2 * targets + 6);
    expect(calls).not.toHaveProperty('ec2:DescribeSnapshotAttribute');
    for (const operation of [
      'DescribeVolumes',
      'DescribeInstances',
      'DescribeImages',
      'DescribeLockedSnapshots',
      'DescribeFastSnapshotRestores',
      'ListVolumesInRecycleBin',
    ]) {
      expect(calls[`ec2:${operation}`]).toBeLessThanOrEqual(targets + 2);
    }
    // Before the AMIs and after them.
    expect(calls['ec2:ListImagesInRecycleBin']).toBeLessThanOrEqual(2 * targets + 2);
  });
});

describe('report executions one after another', () => {
  it('report twice the same, except for time, and tell what changed', async () => {
    const sweep = await openSimulatedSweep(scenarioByName('default'), { enableDeletion: false });
    try {
      const [first, second] = [await sweep.run(), await sweep.run()];
      expect(second.summary.counts).toEqual(first.summary.counts);
      expect(second.findings).toEqual(first.findings);
      expect(first.summary.change).toMatchObject({ previousExecutionId: null, stillStale: 0 });
      expect(second.summary.change).toEqual({
        ...NO_CHANGE,
        compared: true,
        previousExecutionId: first.executionId,
        stillStale: first.summary.counts.verdicts.STALE,
      });
      const { executionId, finishedAt, counts } = second.summary;
      expect(second.summary.trend).toMatchObject([
        { executionId: first.executionId, stale: counts.verdicts.STALE },
        { executionId, finishedAt, stale: counts.verdicts.STALE, staleGiB: counts.staleGiB },
      ]);
    } finally {
      await sweep.close();
    }
  });
});
