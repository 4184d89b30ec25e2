import { InvalidInput } from '../../../core/model/errors.ts';
import { readConfig } from '../../../infra/config/config.ts';

it('asks for nothing: without any context there is a deployment that only reports', () => {
  const config = readConfig(undefined);
  expect(config.deletion.enabled).toBe(false);
  expect(config.deletion.kinds).toEqual(['ebs-snapshot']);
  expect(config.governance.input).toEqual({});
  expect(readConfig({})).toEqual(config);
});

it('takes JSON text, as -c orgsweep={...} gives it', () =>
  expect(readConfig('{"deletion":{"enabled":true}}').deletion.enabled).toBe(true));

it.each([
  [{ prefx: 'x' }, 'orgsweep.prefx: unknown key – accepted: prefix, governance'],
  [{ prefix: 'Org Sweep' }, 'orgsweep.prefix: "Org Sweep" – accepted: 1 to 20 lower-case letters'],
  [
    { governance: { timeZone: 'Mars' } },
    'orgsweep.governance.timeZone: "Mars" – accepted: an IANA',
  ],
  [{ governance: { timeZone: '+01:00' } }, 'orgsweep.governance.timeZone: "+01:00"'],
  [{ governance: { schedule: 'weekly' } }, 'orgsweep.governance.schedule: "weekly" – accepted: an'],
  [{ governance: { schedule: 'cron(0 6,18 * * ? *)' } }, 'for at most once a day, such as "cron('],
  [{ governance: { schedule: 'rate(12 hours)' } }, 'for at most once a day, such as "cron('],
  [{ protectTags: ['a,b'] }, 'orgsweep.protectTags[0]: "a,b" – accepted: a tag without a comma'],
  [{ retention: { logDays: 8 } }, 'orgsweep.retention.logDays: 8 – accepted: 1, 3, 5'],
  [
    { reservedConcurrency: { Discover: 1 } },
    'orgsweep.reservedConcurrency.Discover: unknown key – accepted: Prepare, ListRegions, Disc',
  ],
  [{ reservedConcurrency: { Plan: 0 } }, 'orgsweep.reservedConcurrency.Plan: 0 – accepted: 1 or'],
  [{ deletion: { enabled: 'yes' } }, 'orgsweep.deletion.enabled: "yes" – accepted: true or false'],
  [
    { deletion: { kinds: ['no-kind'] } },
    'orgsweep.deletion.kinds[0]: "no-kind" – accepted: "ebs-snapshot"',
  ],
  [{ deletion: { kinds: [] } }, 'orgsweep.deletion.kinds: [] – accepted: one or more kinds'],
  [{ protectTags: ['*'] }, 'orgsweep.protectTags[0]: "*" – accepted: "key" or "key=value"'],
  [
    { notifications: { emails: ['ops'] } },
    'orgsweep.notifications.emails[0]: "ops" – accepted: an',
  ],
  [
    { notifications: { teams: { tenantId: 'ours', teamId: 'ours', channelId: 'general' } } },
    'orgsweep.notifications.teams.tenantId: "ours" – accepted: the GUID of a Microsoft Entra tenant',
  ],
  [
    { notifications: { teams: { tenantId: 'ours', teamId: 'ours', channelId: 'general' } } },
    'channelId: "general" – accepted: the id of a Teams channel as in the link to it, such as "19%3A',
  ],
  [{ people: { operators: ['*'] } }, 'orgsweep.people.operators[0]: "*" – accepted: the ARN of'],
  [{ governance: { input: { mood: 1 } } }, 'orgsweep.governance.input.mood: unknown key'],
  ['{x', "orgsweep: isn't JSON"],
  [
    '{"protectTags":["Retain"],"protectTags":[]}',
    'orgsweep: protectTags is given twice, at line 1, column 2 and at line 1, column 27 – accepted',
  ],
  [7, 'orgsweep: 7 – accepted: an object with prefix, governance'],
])('refuses %j and says what is accepted', (context, message) => {
  expect(() => readConfig(context)).toThrow(InvalidInput);
  expect(() => readConfig(context)).toThrow(message);
});

const ROOT = { organizationalUnits: ['r-ab12'] };
const OF_ANOTHER = 'ou-cd34-cdef3456';

it.each([
  [
    { organizationalUnits: ['r-ab12', OF_ANOTHER] },
    `orgsweep.organizationalUnits[1]: "${OF_ANOTHER}" – accepted: a unit of one organization with organizationalUnits[0]`,
  ],
  [
    { ...ROOT, deletion: { organizationalUnits: [OF_ANOTHER] } },
    `orgsweep.deletion.organizationalUnits[0]: "${OF_ANOTHER}" – accepted: a unit of one org`,
  ],
  [
    { managementAccountId: '777788889999', stackSets: { accountId: '111122223333' } },
    'orgsweep.stackSets.accountId: "111122223333" – accepted: the managementAccountId, as long as',
  ],
  [
    {
      managementAccountId: '777788889999',
      stackSets: { callAs: 'DELEGATED_ADMIN', accountId: '777788889999' },
    },
    'orgsweep.stackSets.accountId: "777788889999" – accepted: another account than managementAcc',
  ],
])('refuses %j, of which each key alone would do', (context, message) => {
  expect(() => readConfig(context)).toThrow(InvalidInput);
  expect(() => readConfig(context)).toThrow(message);
});

it('takes the root together with its units', () => {
  const deletion = { organizationalUnits: ['ou-ab12-cdef3456'] };
  expect(readConfig({ ...ROOT, deletion }).deletion.organizationalUnits).toHaveLength(1);
});

it('refuses a governance run that would take up the same execution each week', () => {
  const governance = { input: { resume: 'weekly' } };
  expect(() => readConfig({ governance })).toThrow(
    'orgsweep.governance.input.resume: "weekly" – accepted: nothing here: each governance run scans anew',
  );
});

it('refuses a governance run that deletes where deletion is not enabled', () => {
  const governance = { input: { mode: 'delete' } };
  expect(() => readConfig({ governance })).toThrow('orgsweep.governance.input.mode: "delete"');
  expect(readConfig({ governance, deletion: { enabled: true } }).governance).toMatchObject(
    governance,
  );
});
