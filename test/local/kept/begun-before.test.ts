import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KEPT_FILE } from '../../../local/kept/kept-file.ts';
import { openKept } from '../../../local/kept/kept-organization.ts';
import { fingerprintOf } from '../../../simulation/fingerprint.ts';
import { defaultScenario } from '../../../simulation/scenarios/default.ts';
import { NOW } from '../../support/manual-clock.ts';

let keep: string;

beforeEach(() => {
  keep = mkdtempSync(path.join(tmpdir(), 'orgsweep-keep-'));
});
afterEach(() => rmSync(keep, { recursive: true }));

const options = () => ({ keep, afterMilliseconds: 0, speed: 10 });
const amountsIn = async (more: { birth?: () => Promise<Date> } = {}) => {
  const { organization, close } = await openKept({ ...options(), ...more });
  const [{ id }, region] = [organization.accounts[0]!, organization.allRegions[0]!];
  const { amounts } = organization.estate(id, region).origin;
  await close();
  return amounts;
};

it('opens what was begun before a kind was simulated, without any of it', async () => {
  const header = {
    format: 'orgsweep simulated organization',
    formatVersion: 1,
    orgsweep: '0.1.0',
    scenario: { name: 'default' },
    bornAt: NOW.toISOString(),
    fingerprint: fingerprintOf(defaultScenario.build(NOW, {})),
  };
  writeFileSync(path.join(keep, KEPT_FILE), `${JSON.stringify(header)}\n`);
  expect(await amountsIn()).toEqual({});
});

it('begins with what the scenario has of each kind, and goes on with that', async () => {
  expect(await amountsIn({ birth: async () => Promise.resolve(NOW) })).toEqual({
    ami: 1,
    'ebs-snapshot': 1,
    'ebs-volume': 1,
  });
  const [header = ''] = readFileSync(path.join(keep, KEPT_FILE), 'utf8').split('\n');
  expect(JSON.parse(header)).toMatchObject({ amounts: { 'ebs-snapshot': 1, 'ebs-volume': 1 } });
  expect(await amountsIn()).toEqual({ ami: 1, 'ebs-snapshot': 1, 'ebs-volume': 1 });
});
