import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { VALIDATION_REPORT_FILE } from 'aws-cdk-lib/cx-api';
import cdk from '../../cdk.json' with { type: 'json' };
import { addStacks } from '../../infra/app-stacks.ts';
import { type OrgsweepConfigInput, readConfig } from '../../infra/config/config.ts';

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
};

// Everywhere else jest.config.mjs turns it off.
process.env['CDK_VALIDATION'] = 'true';

/** What the CDK finds in the templates, by its rules for CloudFormation. */
function foundIn(add: (app: App) => void): unknown[] {
  const app = new App({ context: cdk.context, autoSynth: false, analyticsReporting: false });
  add(app);
  const file = path.join(app.synth().directory, VALIDATION_REPORT_FILE);
  const report = JSON.parse(readFileSync(file, 'utf8')) as { pluginReports: unknown[] };
  return report.pluginReports;
}

it.each([
  ['by default', {}],
  ['with everything', FULL],
])('the rules for CloudFormation that the CDK knows find nothing, %s', (_, config) => {
  const codeOf = () => Code.fromInline('exports.handler = async () => {};');
  expect(foundIn((app) => addStacks(app, readConfig(config), codeOf))).toEqual([]);
});

it('the rules for CloudFormation that the CDK knows would find a property that is none', () => {
  // It warns of what it finds.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const properties = { BucketNme: 'hub' };
  const found = foundIn((app) => {
    new CfnResource(new Stack(app, 'Wrong'), 'Store', { type: 'AWS::S3::Bucket', properties });
  });
  expect(JSON.stringify(found)).toContain('BucketNme');
});
