import { applyCommand, restoreCommand, startCommand } from '../../../core/report/commands.ts';

const ran = {
  ...{ executionId: 'e-1', hubName: null, simulated: false },
  location: "/home/ada/ada's sweeps/executions/e-1",
};
const onHub = { ...ran, hubName: '/team/hub', location: 's3://bucket-1/executions/e-1/' };
const out = "--out '/home/ada/ada'\\''s sweeps'";

it('a command for a local run names its folder, quoted', () => {
  expect(restoreCommand(ran)).toBe(`npx orgsweep restore e-1 ${out}`);
  expect(startCommand(ran, '--retry e-1').command).toBe(`npx orgsweep run --retry e-1 ${out}`);
  expect(applyCommand(ran).command).toBe(
    `npx orgsweep run --mode delete --plan e-1 --enable-deletion ${out}`,
  );
});

it('a command for a hub names the hub, unless it is the default one', () => {
  expect(restoreCommand(onHub)).toBe('npx orgsweep restore e-1 --hub=/team/hub');
  expect(restoreCommand({ ...onHub, hubName: '/orgsweep/hub' })).toBe(
    'npx orgsweep restore e-1 --hub',
  );
  expect(startCommand(onHub, '--retry e-1')).toEqual({
    lead: 'Command',
    command: 'npx orgsweep start --retry e-1 --hub=/team/hub',
  });
});

it('a folder on Windows is named as one, and a place that is no execution folder not at all', () => {
  const windows = { ...ran, location: 'C:\\ada\\out\\executions\\e-1\\' };
  expect(restoreCommand(windows)).toBe("npx orgsweep restore e-1 --out 'C:\\ada\\out'");
  expect(restoreCommand({ ...ran, location: '/executions/e-2' })).toBe('npx orgsweep restore e-1');
});

it('nothing brings back what went with the simulated organization; its runs are started alike', () => {
  const simulated = { ...ran, simulated: true };
  expect(restoreCommand(simulated)).toBeNull();
  expect(startCommand(simulated, '--retry e-1').command).toMatch(/^npx orgsweep run --simulated /);
});
