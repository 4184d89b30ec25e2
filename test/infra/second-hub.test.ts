import type { OrgsweepConfigInput } from '../../infra/config/config.ts';
import { readConfig } from '../../infra/config/config.ts';
import { type Template, essence } from '../support/hub/replacements.ts';
import { synthApp } from '../support/hub/synth-app.ts';

/** With everything that has a name. */
const FULL: OrgsweepConfigInput = {
  deletion: { enabled: true, organizationalUnits: ['ou-ab12-cdef3456'] },
  recycleBin: { regions: ['eu-west-1'] },
  notifications: {
    emails: ['ops@example.com'],
    slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
    teams: {
      tenantId: '12345678-90ab-cdef-1234-567890abcdef',
      teamId: '12345678-90ab-cdef-1234-567890abcdef',
      channelId: '19%3Aab12cd34%40thread.tacv2',
    },
  },
  organizationalUnits: ['r-ab12'],
  store: {
    bucketName: 'orgsweephub-bucket',
    sealKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
};

/** What can't be changed and is no name: AWS takes the same value any number of times. */
const NO_NAMES = [
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration.TeamsChannelId',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration.TeamId',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration.TeamsTenantId',
  'AWS::Chatbot::SlackChannelConfiguration.SlackChannelId',
  'AWS::Chatbot::SlackChannelConfiguration.SlackWorkspaceId',
  'AWS::CloudFormation::StackSet.CallAs',
  'AWS::CloudFormation::StackSet.PermissionModel',
  'AWS::Lambda::EventInvokeConfig.Qualifier',
  'AWS::Lambda::Permission.Action',
  'AWS::Lambda::Permission.Principal',
  'AWS::Rbin::Rule.ResourceType',
  // There may be several policies in a bucket's name only in one hub: each has a bucket of its own.
  'AWS::S3::BucketPolicy.Bucket',
  'AWS::SNS::Subscription.Endpoint',
  'AWS::SNS::Subscription.Protocol',
  'AWS::StepFunctions::StateMachine.StateMachineType',
];

/** What is fixed about a resource and stands in the template as text, by type and property. */
function fixedTexts(templates: Iterable<Template>): Map<string, Set<string>> {
  const texts = new Map<string, Set<string>>();
  for (const template of templates) {
    for (const { Type, Properties = {} } of Object.values(essence(template).Resources)) {
      for (const [name, value] of Object.entries(Properties)) {
        if (typeof value !== 'string') continue;
        const key = `${Type}.${name}`;
        texts.set(key, (texts.get(key) ?? new Set()).add(value));
      }
    }
  }
  return texts;
}

function templatesOf(context: OrgsweepConfigInput): Template[] {
  return Object.values(synthApp(context)).flatMap(({ template }) => [
    template,
    ...within(template),
  ]);
}

/** What the StackSets hand out. */
function within({ Resources }: Template): Template[] {
  return Object.values(Resources)
    .flatMap(({ Properties }) => Properties?.['TemplateBody'] ?? [])
    .map((body) => JSON.parse(body as string) as Template);
}

const first = fixedTexts(templatesOf(FULL));

it('has no name in common with the first, of whatever kind', () => {
  const second = fixedTexts(templatesOf({ ...FULL, prefix: 'other' }));
  const common = [...first].flatMap(([key, texts]) =>
    [...texts].filter((text) => second.get(key)?.has(text)).map((text) => `${key} ${text}`),
  );
  expect(common.filter((one) => !NO_NAMES.includes(one.split(' ')[0]!))).toEqual([]);
  const named = [...first.keys()].filter((key) => !NO_NAMES.includes(key));
  expect(named.length).toBeGreaterThan(10);
  expect(first.get('AWS::IAM::Role.RoleName')).toContain('orgsweep-restore');
});

it('has stacks of its own: the first is neither updated nor destroyed by it', () => {
  const stacks = Object.keys(synthApp(FULL));
  expect(Object.keys(synthApp({ ...FULL, prefix: 'other' })).toSorted()).toEqual([
    'OrgsweepHub-other',
    'OrgsweepSpoke-other-Deletion',
    'OrgsweepSpoke-other-RecycleBin',
    'OrgsweepSpoke-other-Roles',
    'OrgsweepSpokes-other',
  ]);
  expect(stacks.filter((name) => name.includes('other'))).toEqual([]);
});

it('exports nothing: exports of one Region share their names', () => {
  for (const { template } of Object.values(synthApp(FULL))) {
    const { Outputs = {} } = template as { Outputs?: Record<string, { Export?: unknown }> };
    expect(Object.values(Outputs).filter((output) => output.Export !== undefined)).toEqual([]);
  }
});

it('may not be called as one of the names of another hub goes on', () => {
  const tails = [...first].flatMap(([key, texts]) => {
    const names = NO_NAMES.includes(key) ? [] : [...texts].flatMap((text) => partsOf(text));
    return names.flatMap((one) => tailsOf(one, names));
  });
  const prefixes = [...new Set(tails)].map((tail) => `orgsweep${tail}`);
  expect(prefixes.toSorted()).toEqual(['orgsweep-chat', 'orgsweep-targets']);
  for (const prefix of prefixes) expect(() => readConfig({ prefix })).toThrow('orgsweep.prefix');
  for (const prefix of ['chat', 'team', 'orgsweep-chats', 'x-chat-y']) {
    expect(readConfig({ prefix }).prefix).toBe(prefix);
  }
});

/** What comes before and after the prefix. */
type Parts = readonly [before: string, after: string];
function partsOf(text: string): Parts[] {
  const [, before, after] = /^(.*\/)?orgsweep(.*)$/.exec(text) ?? [];
  return after === undefined ? [] : [[before ?? '', after]];
}

/** What would have to be put between the prefix and another name for this one to come out. */
function tailsOf([before, after]: Parts, others: readonly Parts[]): string[] {
  return others
    .filter((other) => other[0] === before && other[1] !== after && after.endsWith(other[1]))
    .map((other) => after.slice(0, after.length - other[1].length))
    .filter((tail) => /^[a-z0-9-]+$/.test(tail));
}

it('keeps the names of the roles that somebody chose', () => {
  const roleNames = { discovery: 'looks' };
  expect(readConfig({ prefix: 'other', roleNames }).roleNames).toEqual({
    discovery: 'looks',
    deletion: 'other-deletion',
    restore: 'other-restore',
  });
});
