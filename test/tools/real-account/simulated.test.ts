import { openSandbox, openWriting } from '../../../tools/real-account/sandbox/sandbox.ts';
import { clean } from '../../../tools/real-account/sandbox/clean.ts';
import { makeParts } from '../../../tools/real-account/sandbox/made.ts';
import { NOT_IN_SIMULATION } from '../../../tools/real-account/not-in-simulation.ts';
import { whyNot } from '../../../tools/real-account/run-probes.ts';
import { PROBES } from '../../../tools/real-account/table.ts';
import { serve, type Served } from '../../support/organizations/served-organization.ts';
import { HUB, tinySnapshot } from '../../support/organizations/tiny-organization.ts';
import { run } from './opened.ts';

const place = { accountId: HUB, partition: 'aws', region: 'eu-west-1' };
const READ = /:(Describe|List|Get)[A-Z]/;

let served: Served;
beforeEach(async () => {
  const snapshots = [tinySnapshot(1, { ownerId: HUB })];
  served = await serve({ estates: { [`${HUB}/eu-west-1`]: { snapshots } } });
});
afterEach(async () => served.close());

function open() {
  const { endpoint, credentials } = served.simulation;
  const options = { endpoint, credentials, maxAttempts: 1 };
  return { options, sandbox: openSandbox(place, options, served.clock) };
}

it('settles on the simulated organization all that needs no --write, but what it does not have', async () => {
  const settled = await run(open().sandbox);
  for (const { probe, result, seen } of settled) {
    const known = probe.sends === 'READS' && !(probe.name in NOT_IN_SIMULATION);
    expect({ name: probe.name, seen, result }).toEqual({
      name: probe.name,
      seen,
      result: known ? 'SAME' : 'NOT_SETTLED',
    });
  }
});

it('sends nothing but reads, unless --write is given', async () => {
  await run(open().sandbox);
  const sent = Object.keys(served.simulation.calls.total);
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter((operation) => !READ.test(operation))).toEqual([]);
});

it('with --write settles also what the simulated organization can make, and leaves nothing', async () => {
  const { options, sandbox } = open();
  const opened = openWriting(place, options);
  const made = await makeParts(sandbox, opened.clients).catch(whyNot);
  const settled = await run({ ...sandbox, writing: { ...opened, made } });
  const open_ = settled.filter(({ result }) => result !== 'SAME').map(({ probe }) => probe.name);
  expect(open_.toSorted()).toEqual(Object.keys(NOT_IN_SIMULATION).toSorted());
  expect(settled.filter(({ result }) => result === 'DIFFERS')).toEqual([]);
  expect(served.simulation.calls.total['s3:CreateBucket']).toBe(1);
  expect(await clean(sandbox, opened)).toEqual([]);
  expect(served.simulation.calls.total['s3:DeleteBucket']).toBe(1);
  expect(await clean(sandbox, opened)).toEqual([]);
  // What was there before is there still.
  expect(
    served.organization.estate(HUB, 'eu-west-1').snapshot(tinySnapshot(1).snapshotId),
  ).toBeDefined();
});

it('has a name of its own for each probe', () => {
  const names = PROBES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
