import fc from 'fast-check';
import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import type { PolicyDocument } from '../../../infra/policies/policy-document.ts';
import { spokePolicies } from '../../../infra/spoke/spoke-policies.ts';
import { type Changes, fencingOf, type Granted } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import { decide, isAllowedUnchecked } from '../../support/hub/iam.ts';
import type { IamRequest, Tags } from '../../support/hub/iam.ts';
import { KINDS_TO_COME } from './kinds-to-come.ts';

const MARK = { 'orgsweep:marked': 'true' };
/** What the deployment's own tags protect. */
const OWN = [{ Retain: '' }, { retain: 'no' }, { Backup: 'Yes' }, { 'Backup=yes': '' }];
const OWN_TAGS = ['Retain', 'Backup=yes'];

const ALL = [...KINDS, ...KINDS_TO_COME].filter(({ iam }) => iam.remove.length > 0);

function deletionPolicy(kinds: readonly Granted[]): PolicyDocument {
  const options = { kinds, partition: 'aws', protectTags: OWN_TAGS };
  const { inline, attached } = spokePolicies('remove', options);
  return { ...inline, Statement: [inline, ...attached].flatMap(({ Statement }) => Statement) };
}

const policy = deletionPolicy(ALL);

const changesOf = ({ iam }: Granted) =>
  iam.remove.filter((grant): grant is Changes => grant.does !== 'READ');
const isRemoval = ({ does }: Changes) => does === 'REMOVE';

/** A change to something that is there. */
interface Asked {
  readonly does: Changes['does'];
  readonly action: string;
  /** As its grant has it; of what makes something, what it is made of. */
  readonly resource: string;
  /** Tags that its fence asks for. */
  readonly needs: Tags;
}

function askedFor(kind: Granted, change: Changes): Asked {
  const fencing = fencingOf(kind, change);
  const { key, value } =
    fencing.by === 'PARENT_TAG' ? fencing.tag : { key: 'orgsweep:marked', value: 'true' };
  return {
    ...{ does: change.does, action: change.actions[0]! },
    resource: change.does === 'MAKE' ? change.from : change.resource,
    needs: change.does === 'MARK' ? {} : { [key]: value },
  };
}

/** Of a resource that carries what the fence asks for, and these tags. */
function requestOf({ does, action, resource, needs }: Asked, tags: Tags): IamRequest {
  return {
    action,
    resource: `arn:aws:${resource}`.replaceAll('*', 'x'),
    policy,
    resourceTags: { ...needs, ...tags },
    ...(does === 'MARK' && { requestTags: MARK }),
  };
}
const isAllowed = (change: Asked, tags: Tags) => isAllowedUnchecked(requestOf(change, tags));

/** Kinds of which something of this type is removed. */
const removing = (resource: string) =>
  ALL.filter((kind) => changesOf(kind).some((one) => isRemoval(one) && one.resource === resource));

const changes = ALL.flatMap((kind) =>
  changesOf(kind).map((change) => {
    return [kind.kind, change.actions[0]!, askedFor(kind, change)] as const;
  }),
);

describe.each(changes)('of %s, %s', (_, __, change) => {
  const kept = removing(change.resource).flatMap(({ managerTagKeys }) => managerTagKeys);
  const others = ALL.flatMap(({ managerTagKeys }) => managerTagKeys).filter(
    (key) => !kept.includes(key),
  );

  it('is allowed on what no tag protects, and IAM knows what the conditions are about', async () => {
    expect(await decide(requestOf(change, { Name: 'old' }))).toBe('Allowed');
    expect(await decide(requestOf(change, { [PROTECT_TAG]: '' }))).toBe('ExplicitlyDenied');
  });

  it('is denied on what any tag protects that keeps the kind', () => {
    const tags = [...[PROTECT_TAG, ...kept].map((key) => ({ [key]: 'x' })), ...OWN];
    expect(tags.filter((each) => isAllowed(change, each))).toEqual([]);
  });

  it('is allowed on what only carries a tag that keeps other kinds', () => {
    expect(others.filter((key) => !isAllowed(change, { [key]: 'x' }))).toEqual([]);
  });
});

it('a step with what does not carry the tag that its fence asks for is allowed for no kind', () => {
  const steps = changes.flatMap(([, , change]) => (change.does === 'MARK' ? [] : change));
  const unfit = steps.flatMap((change) => {
    const [key = ''] = Object.keys(change.needs);
    const others = key === 'orgsweep:marked' ? 'orgsweep:sweep-images' : 'orgsweep:marked';
    return [{}, { [key]: 'yes' }, { [others]: 'true' }, { [others]: 'allowed' }].map((tags) => ({
      ...requestOf(change, {}),
      resourceTags: tags,
    }));
  });
  expect(unfit.filter(isAllowedUnchecked)).toEqual([]);
  expect(steps.length).toBeGreaterThan(12);
});

it('whichever tags meet, one that protects is enough, and others change nothing', () => {
  const protecting = (kinds: readonly Granted[]) => [
    ...[PROTECT_TAG, ...kinds.flatMap(({ managerTagKeys }) => managerTagKeys)].map((key) => ({
      [key]: 'x',
    })),
    ...OWN,
  ];
  const harmless = [{ Name: 'old' }, { Backup: 'no' }, { 'orgsweep:keep-until': '2001-01-01' }];
  fc.assert(
    fc.property(
      fc.constantFrom(...changes.map(([, , change]) => change)),
      fc.subarray(protecting(ALL), { maxLength: 4 }),
      fc.subarray(harmless),
      (change, tags, others) => {
        const keeps = protecting(removing(change.resource)).map((tag) => JSON.stringify(tag));
        const isKept = tags.some((tag) => keeps.includes(JSON.stringify(tag)));
        const all = Object.assign({}, ...others, ...tags) as Tags;
        expect(isAllowed(change, all)).toBe(!isKept);
      },
    ),
    { numRuns: 200 },
  );
});
