import { ExecutionInput } from '../../../kinds/registry.ts';
import type { SimAccount } from '../../../simulation/model/organization.ts';
import { visibleTargets } from '../../../simulation/population/organization.ts';
import { badDayScenario } from '../../../simulation/scenarios/bad-day.ts';
import { ACCOUNT, defaultScenario } from '../../../simulation/scenarios/default.ts';
import { SCENARIOS, scenarioByName } from '../../../simulation/scenarios/registry.ts';
import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

describe('every scenario', () => {
  it.each(SCENARIOS)('$name is found by its name and builds', (scenario) => {
    expect(scenarioByName(scenario.name)).toBe(scenario);
    const { accounts, hubAccountId, organizationId } = scenario.build(NOW);
    expect(accounts.map(({ id }) => id)).toContain(hubAccountId);
    for (const { id, path } of accounts) {
      expect(id).toMatch(/^\d{12}$/);
      expect(path).toMatch(
        new RegExp(
          `^${organizationId}/r-[0-9a-z]{4,32}/(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}/)*${id}/$`,
        ),
      );
    }
  });

  it('that does not exist is answered with those that do', () => {
    expect(() => scenarioByName('worst-day')).toThrow(
      'scenario "worst-day"; accepted: "default", "bad-day", "empty", or a JSON file',
    );
  });
});

describe('default', () => {
  const { accounts } = defaultScenario.build(NOW);
  const { accepted } = ExecutionInput.parse(defaultScenario.input).scope;
  const unusable = ({ regions }: SimAccount) => regions.filter(({ deniedByScp }) => deniedByScp);

  it('has one gap, a Region denied by SCP in a sandbox, and accepts exactly that', () => {
    const denied = accounts.filter((account) => unusable(account).length > 0);
    expect(denied.map(({ id }) => id)).toEqual([ACCOUNT.sandboxBen]);
    const [gap, closed, ...others] = accepted;
    expect(others).toEqual([]);
    // It is excluded, and no gap.
    expect(closed?.accounts).toEqual([ACCOUNT.suspended]);
    expect(gap?.regions).toEqual(['ap-east-1']);
    const inSandboxes = accounts.filter(({ path }) =>
      gap?.organizationalUnits?.some((ou) => path.includes(`/${ou}/`)),
    );
    const covered = inSandboxes.flatMap(({ id, regions }) =>
      regions
        .filter(({ name, optIn }) => gap?.regions?.includes(name) && optIn === 'opted-in')
        .map(({ deniedByScp }) => [id, deniedByScp]),
    );
    expect(covered).toEqual([[ACCOUNT.sandboxBen, true]]);
  });

  it('says of what is not looked at that nothing there uses anything, so that what AMIs left behind can go', () => {
    expect(accepted.map(({ mayRefer }) => mayRefer)).toEqual([false, false]);
  });

  it('has a management account that is not the hub, a suspended account and one on its way out', () => {
    expect(accounts.filter(({ management }) => management).map(({ id }) => id)).toEqual([
      ACCOUNT.management,
    ]);
    expect(defaultScenario.build(NOW).hubAccountId).toBe(ACCOUNT.hub);
    const states = accounts.map(({ state }) => state).filter((state) => state !== 'ACTIVE');
    expect(states).toEqual(['SUSPENDED', 'PENDING_CLOSURE']);
    expect(accounts.every(({ roles }) => roles === 'PRESENT')).toBe(true);
    expect(defaultScenario.faults).toEqual([]);
  });
});

describe('bad-day', () => {
  it('puts each fault and the crash on a target of its own that would be complete without it', () => {
    const visible = visibleTargets(badDayScenario.build(NOW)).map(
      ({ accountId, region }) => `${accountId}/${region}`,
    );
    const hit = [...badDayScenario.faults, badDayScenario.crash].map(
      (fault) => `${fault?.accountId}/${fault?.region}`,
    );
    expect(new Set(hit).size).toBe(hit.length);
    expect(hit.filter((target) => !visible.includes(target))).toEqual([]);
    expect(new Set(badDayScenario.faults.map(({ answer }) => answer))).toEqual(
      new Set(['deny', 'throttle', 'truncate', 'error', 'reset']),
    );
  });

  it('has one account without its roles, and accepts no gap', () => {
    const { accounts } = badDayScenario.build(NOW);
    expect(accounts.filter(({ roles }) => roles === 'MISSING').map(({ id }) => id)).toEqual([
      ACCOUNT.devPayments,
    ]);
    expect(badDayScenario.input).not.toHaveProperty('scope');
  });
});

describe('a sized scenario', () => {
  it('has so many accounts, Regions and snapshots', () => {
    const size = { accounts: 10, regions: 4, snapshotsPerTarget: 200, seed: 3 };
    const organization = sizedScenario(size).build(NOW);
    const targets = visibleTargets(organization);
    expect(targets).toHaveLength(40);
    for (const { accountId, region } of targets) {
      const { items, next } = organization.estate(accountId, region).snapshots(0, 1_000);
      expect([items.length, next]).toEqual([200, null]);
    }
  });

  it('refuses more Regions than there are', () => {
    const size = { accounts: 1, regions: 18, snapshotsPerTarget: 1, seed: 3 };
    expect(() => sizedScenario(size)).toThrow('18 Regions; accepted: 1 to 17');
  });
});

describe('a scenario file', () => {
  const file = { accounts: 2, regions: ['eu-west-1'], snapshotsPerTarget: 30 };
  const parse = (changes: object) => parseScenarioFile(JSON.stringify({ ...file, ...changes }));

  it('gives an organization of that size, faults and input', () => {
    const scenario = parse({
      name: 'two',
      seed: 5,
      faults: [{ operation: 'DescribeVolumes', region: 'eu-west-1', answer: 'deny' }],
      input: { mode: 'delete', policy: { graceDays: 0 } },
    });
    const organization = scenario.build(NOW);
    expect([scenario.name, scenario.seed, organization.accounts.length]).toEqual(['two', 5, 2]);
    expect(
      organization.estate(organization.hubAccountId, 'eu-west-1').snapshots(0, 50).items,
    ).toHaveLength(30);
    expect(scenario.faults).toEqual([
      { operation: 'DescribeVolumes', region: 'eu-west-1', answer: 'deny' },
    ]);
    expect(scenario.input).toEqual({
      mode: 'delete',
      policy: { minAgeDays: 30, protectTags: ['Retain', 'Backup=yes'], graceDays: 0 },
    });
  });

  it('may list its accounts, and say what is wrong with each', () => {
    const { accounts } = parse({
      accounts: [
        { id: '111122223333' },
        { id: '111122224444', roles: 'MISSING', organizationalUnits: ['ou-ab12-cdef3456'] },
        { id: '111122225555', state: 'SUSPENDED', deniedByScp: ['eu-west-1'] },
        { id: '111122226666', notOptedIn: ['eu-west-1'] },
      ],
    }).build(NOW);
    expect(accounts.map(({ state, roles }) => [state, roles])).toEqual([
      ['ACTIVE', 'PRESENT'],
      ['ACTIVE', 'MISSING'],
      ['SUSPENDED', 'PRESENT'],
      ['ACTIVE', 'PRESENT'],
    ]);
    expect(accounts[1]?.path).toContain('/ou-ab12-cdef3456/111122224444/');
    expect(accounts[2]?.regions[0]?.deniedByScp).toBe(true);
    expect(accounts[3]?.regions[0]?.optIn).toBe('not-opted-in');
  });

  it('may say which archetypes there are', () => {
    const others = Object.fromEntries(['young', 'image'].map((name) => [name, 0] as const));
    const organization = parse({
      snapshotsPerTarget: 400,
      archetypes: { ...others, backup: 20 },
    }).build(NOW);
    const met = [...organization.estate(organization.hubAccountId, 'eu-west-1').groundTruths()].map(
      ({ archetype }) => archetype,
    );
    expect(met).not.toContain('young');
    expect(met).not.toContain('image');
    expect(met.filter((name) => name === 'backup').length).toBeGreaterThan(40);
  });

  it.each([
    ['{"accounts": 2,', 'not JSON'],
    [{ extra: 1 }, 'Unrecognized key: "extra"'],
    [{ regions: ['Ireland'] }, 'regions.0: "Ireland": accepted: a Region name'],
    [{ accounts: [{ id: '12345678901' }] }, 'accounts.0.id: "12345678901": accepted: 12 digits'],
    [{ accounts: 'many' }, 'accounts: "many": accepted: a number of accounts'],
    [{ accounts: [{ id: '111122223333' }, { id: '111122223333' }] }, '111122223333 occurs twice'],
    [{ archetypes: { unheard: 1 } }, 'no archetype "unheard"; accepted: volume-of-running'],
    [{ snapshotsPerTarget: -1 }, 'snapshotsPerTarget: -1:'],
    [{ faults: [{ operation: 'X', answer: 'maybe' }] }, 'faults.0.answer: "maybe":'],
  ])('is refused in one line: %j', (changes, message) => {
    const json = typeof changes === 'string' ? changes : JSON.stringify({ ...file, ...changes });
    expect(() => parseScenarioFile(json)).toThrow(message);
    try {
      parseScenarioFile(json);
    } catch (error) {
      expect((error as Error).name).toBe('ScenarioError');
      expect((error as Error).message).not.toContain('\n');
    }
  });
});
