import { createRequire } from 'node:module';

/** What is used of the CDK's library, whose own types let a template be anything. */
interface CloudFormationDiff {
  fullDiff(before: Template, after: Template): { resources: { changes: Changes } };
}

type Changes = Readonly<Record<string, ResourceChange>>;

interface ResourceChange {
  readonly changeImpact?: string;
  readonly resourceType: string;
  readonly propertyUpdates: Readonly<Record<string, { readonly changeImpact?: string }>>;
}

const { fullDiff } = createRequire(import.meta.url)(
  '@aws-cdk/cloudformation-diff',
) as CloudFormationDiff;

/** A template as far as it decides which resources stay what they are. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const REPLACING = ['WILL_REPLACE', 'MAY_REPLACE'];
const GONE = ['WILL_DESTROY', 'WILL_ORPHAN'];

/** Of each resource only the type and what it can't change without being replaced. */
export function essence({ Resources }: Template): Template {
  return { Resources: Object.fromEntries(Object.entries(Resources).map(essenceOf)) };
}

function essenceOf([id, { Type, Properties = {} }]: [string, TemplateResource]) {
  const emptied = changesOf(
    { Resources: { [id]: { Type, Properties } } },
    { Resources: { [id]: { Type, Properties: withoutStatements(Properties) } } },
  )[id];
  const kept = Object.entries(Properties).filter(([name]) => {
    const update = emptied?.propertyUpdates[name];
    return replaces(update?.changeImpact);
  });
  return [
    id,
    { Type, Properties: { ...withoutStatements(Properties), ...Object.fromEntries(kept) } },
  ] as const;
}

function replaces(impact = ''): boolean {
  return REPLACING.includes(impact);
}

/** The library reads the statements of every policy, whether they decide about anything or not. */
function withoutStatements(properties: object): Record<string, unknown> {
  const documents = Object.keys(properties).filter((name) => name.endsWith('PolicyDocument'));
  return Object.fromEntries(documents.map((name) => [name, { Statement: [] }]));
}

/** What CloudFormation would make anew or take away in an update, each as `impact type logicalId`. */
export function replacements(before: Template, after: Template, env?: Environment): string[] {
  const [old, fresh] = [before, after].map((template) => inEnvironment(template, env));
  return Object.entries(changesOf(old!, fresh!))
    .filter(([, { changeImpact }]) => replaces(changeImpact) || GONE.includes(changeImpact ?? ''))
    .map(([id, { changeImpact = '', resourceType }]) => `${changeImpact} ${resourceType} ${id}`)
    .toSorted();
}

function changesOf(before: Template, after: Template): Changes {
  // It writes into what it is given.
  return fullDiff(structuredClone(before), structuredClone(after)).resources.changes;
}

export interface Environment {
  readonly account: string;
  readonly region: string;
}

/**
 * With what CloudFormation puts in for its pseudo parameters: it compares values, and a literal is
 * the same as a reference that comes to it.
 */
function inEnvironment(template: Template, env?: Environment): Template {
  if (env === undefined) return template;
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': env.account,
    'AWS::Region': env.region,
    'AWS::Partition': 'aws',
  };
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = []] = Object.entries(value);
    if (name === 'Ref' && Object.hasOwn(values, argument as string)) {
      return values[argument as string];
    }
    const inside = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one)]));
    return 'Fn::Join' in inside ? joined(inside['Fn::Join'] as [string, unknown[]]) : inside;
  };
  return put(template) as Template;
}

/** As short as it gets: neighbouring texts are one. */
function joined([delimiter, parts]: [string, unknown[]]): unknown {
  const pieces: unknown[] = [];
  for (const part of parts.flatMap((one, at) => (at > 0 && delimiter ? [delimiter, one] : [one]))) {
    const last = pieces.at(-1);
    if (typeof part === 'string' && typeof last === 'string') pieces.splice(-1, 1, last + part);
    else pieces.push(part);
  }
  return pieces.every((piece) => typeof piece === 'string')
    ? pieces.join('')
    : { 'Fn::Join': ['', pieces] };
}
