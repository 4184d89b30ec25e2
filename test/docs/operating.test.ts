import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PriceTable } from '../../core/prices/price-table.ts';
import { readConfig } from '../../infra/config/config.ts';
import { SpokeStackSetsStack } from '../../infra/spoke/spoke-stack-sets.ts';
import { SpokeStage } from '../../infra/spoke/spoke-stage.ts';
import { ExecutionInput } from '../../kinds/registry.ts';
import { synthHub } from '../support/hub/synth-hub.ts';
import { commandsOf, fencesOf, readPage, words } from './page.ts';

const page = readPage('docs/operating.md');
const fences = (language: string) => fencesOf(page, language);
const commands = commandsOf(page);
const ofOrgsweep = commands.filter((line) => line.startsWith('orgsweep '));

it('has commands of every kind', () => {
  const kinds = ofOrgsweep.map((line) => words(line)[1]);
  for (const kind of [
    'start',
    'watch',
    'approve',
    'reject',
    'restore',
    'explain',
    'measure',
    'simulate',
  ]) {
    expect(kinds).toContain(kind);
  }
});

it.each(commands.filter((line) => line.includes('start-execution')))(
  '%s has an input that is accepted',
  (line) => {
    const given = words(line);
    const input = given[given.indexOf('--input') + 1] ?? '';
    expect(() => ExecutionInput.parse(JSON.parse(input))).not.toThrow();
  },
);

it.each(fences('json').filter((text) => !text.includes('executionArn')))(
  'accepts the configuration, input or prices %s',
  (text) => {
    const { orgsweep, ...input } = JSON.parse(text) as Record<string, unknown>;
    const schema = 'asOf' in input ? PriceTable : ExecutionInput;
    expect(() => (orgsweep ? readConfig(orgsweep) : schema.parse(input))).not.toThrow();
  },
);

describe('what is synthesized', () => {
  const app = new App();
  const config = readConfig({
    deletion: { organizationalUnits: ['ou-ab12-cdef3456'] },
    recycleBin: { regions: ['eu-west-1'] },
  });
  const hub = synthHub();
  const stackSets = new SpokeStackSetsStack(app, 'OrgsweepSpokes', { config });
  const stage = new SpokeStage(app, 'OrgsweepSpoke', { config });

  it('has exactly the alarms that the page explains', () => {
    const section = page.split('\n## ').find((part) => /^\d+\. Alarms/.test(part)) ?? '';
    const explained = [...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);
    const there = hub
      .ofType('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties['AlarmName']);
    expect(explained.toSorted()).toEqual(there.toSorted());
  });

  it('has the stacks that the page deploys and destroys', () => {
    const there = [hub.stack, stackSets, ...stage.node.children].map(({ node }) => node.path);
    const named = commands
      .filter((line) => /^npm run cdk -- (deploy|destroy|diff) /.test(line))
      .map((line) => words(line)[5]);
    expect(named).toContain('OrgsweepHub');
    for (const name of named) expect(there).toContain(name);
  });

  it('has the StackSets, functions, roles and schedules that the page names', () => {
    const named = [...page.matchAll(/(?<![\w/:-])orgsweep-[a-z]+(?:-[a-z]+)*/g)].map(
      ([name]) => name,
    );
    const all =
      JSON.stringify(hub.template.toJSON()) +
      JSON.stringify(Template.fromStack(stackSets).toJSON());
    for (const name of new Set(named))
      expect({ name, is: all.includes(name) }).toEqual({ name, is: true });
  });
});
