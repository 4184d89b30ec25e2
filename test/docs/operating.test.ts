import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InvalidInput } from '../../core/errors.ts';
import { readConfig } from '../../infra/config.ts';
import { SpokeStackSetsStack } from '../../infra/spoke-stack-sets.ts';
import { SpokeStage } from '../../infra/spoke-stage.ts';
import { ExecutionInput } from '../../kinds/registry.ts';
import { parseArguments } from '../../local/arguments.ts';
import { synthHub } from '../support/synth-hub.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/operating.md'), 'utf8');

const fences = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
const shellLines = fences('sh').flatMap((text) =>
  text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim()),
);
const inline = [...page.matchAll(/`(npx [^`\n]+)`/g)].map(([, text = '']) => text);
const commands = [...new Set([...shellLines, ...inline].filter((line) => line !== ''))];

/** Words as a shell makes them; the page quotes with '…' only. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

const ofOrgsweep = commands.filter((line) => line.startsWith('npx orgsweep '));

it('has commands of every kind', () => {
  const kinds = ofOrgsweep.map((line) => words(line)[2]);
  for (const kind of ['start', 'watch', 'approve', 'reject', 'restore', 'explain', 'simulate']) {
    expect(kinds).toContain(kind);
  }
});

it.each(ofOrgsweep)('%s is understood', (line) => {
  const args = parseArguments(words(line).slice(2));
  if ('input' in args && args.input !== undefined) {
    const mode = args.mode === undefined ? {} : { mode: args.mode };
    expect(() => ExecutionInput.parse({ ...JSON.parse(args.input!), ...mode })).not.toThrow();
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
  'accepts the configuration or input %s',
  (text) => {
    const { orgsweep, ...input } = JSON.parse(text) as Record<string, unknown>;
    expect(() => (orgsweep ? readConfig(orgsweep) : ExecutionInput.parse(input))).not.toThrow(
      InvalidInput,
    );
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
      .filter((line) => /^npx cdk (deploy|destroy|diff) /.test(line))
      .map((line) => words(line)[3]);
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
