import type { OrgsweepConfigInput } from '../../infra/config/config.ts';
import { synthApp } from '../support/hub/synth-app.ts';

interface Checked {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Rules?: Readonly<Record<string, { readonly Assertions: readonly Assertion[] }>>;
}
interface Assertion {
  readonly Assert: { readonly 'Fn::Equals'?: readonly [{ readonly Ref: string }, string] };
  readonly AssertDescription: string;
}

/**
 * As the CDK and CloudFormation do it: a parameter that nobody gives keeps the value that it has, a new
 * one gets its default, and no rule may fail.
 */
function update(before: Checked | undefined, after: Checked): string[] {
  const valueOf = (name: string) =>
    before?.Parameters?.[name]?.Default ?? after.Parameters?.[name]?.Default;
  return Object.values(after.Rules ?? {}).flatMap(({ Assertions }) =>
    Assertions.flatMap(({ Assert, AssertDescription }) => {
      const [reference, expected] = Assert['Fn::Equals'] ?? [];
      if (reference === undefined) return [];
      return valueOf(reference.Ref) === expected ? [] : [AssertDescription];
    }),
  );
}

const templateOf = (name: string, context: OrgsweepConfigInput) => {
  // Under the ids of the first: so it is in an app of somebody's own.
  const stacks = synthApp(context);
  const suffix = context.prefix === undefined ? '' : `-${context.prefix}`;
  return stacks[`${name}${suffix}`]?.template as Checked | undefined;
};

const CHANGES: [OrgsweepConfigInput][] = [
  [{ prefix: 'other' }],
  [{ roleNames: { discovery: 'looks' } }],
  [{ roleNames: { deletion: 'deletes' } }],
  [{ roleNames: { restore: 'restores' } }],
  [{ externalId: 'between-us' }],
];
const BUCKET = { store: { bucketName: 'another-bucket' } };

it('says the same in every version: else an upgrade would be taken for such a change', () => {
  const textOf = (name: string, context: OrgsweepConfigInput) =>
    Object.values(templateOf(name, context)?.Parameters ?? {}).flatMap(({ Default }) =>
      Default?.startsWith('prefix=') ? [Default] : [],
    );
  const roles = 'roleNames=orgsweep-discovery,orgsweep-deletion,orgsweep-restore';
  const store = { bucketName: 'a-bucket' };
  const agreed = `prefix=orgsweep ${roles} externalId=between-us`;
  expect(textOf('OrgsweepHub', { externalId: 'between-us', store })).toEqual([
    `${agreed} bucketName=a-bucket sealKeyArn=`,
  ]);
  expect(textOf('OrgsweepSpokes', { externalId: 'between-us', store })).toEqual([agreed]);
});

describe.each(['OrgsweepHub', 'OrgsweepSpokes'])('a live %s', (name) => {
  const before = templateOf(name, {})!;

  it.each(name === 'OrgsweepHub' ? [...CHANGES, [BUCKET]] : CHANGES)(
    'is not updated with %j by accident',
    (context) => {
      const [refusal] = update(before, templateOf(name, context)!);
      expect(refusal).toMatch(/prefix, roleNames, externalId or store/);
      expect(refusal).toContain('--no-previous-parameters');
    },
  );

  it('is updated with anything else', () => {
    const context = {
      hubAccountId: '111122223333',
      region: 'eu-west-1',
      deletion: { enabled: true, organizationalUnits: ['ou-ab12-cdef3456'] },
    };
    expect(update(before, templateOf(name, context)!)).toEqual([]);
  });

  it('is updated where somebody says that it is meant, which gives every parameter its default', () =>
    expect(update(undefined, templateOf(name, { externalId: 'between-us' })!)).toEqual([]));

  it('of before there was such a parameter is updated', () => {
    const { Parameters: _without, ...old } = before;
    expect(update(old, before)).toEqual([]);
  });
});

describe('whom the roles in the accounts trust', () => {
  const trust = { hubAccountId: '111122223333', organizationId: 'o-a1b2c3d4e5' };
  const before = templateOf('OrgsweepSpokes', trust)!;

  it.each<[keyof typeof trust, string]>([
    ['hubAccountId', '444455556666'],
    ['organizationId', 'o-f6g7h8i9j0'],
  ])('is not changed by accident: %s', (key, other) => {
    const after = templateOf('OrgsweepSpokes', { ...trust, [key]: other })!;
    const refusals = update(before, after);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatch(new RegExp(`^This changes ${key} of a live deployment`));
  });

  it('may be named in the configuration later, and be asked for again', () => {
    const asked = templateOf('OrgsweepSpokes', {})!;
    expect(update(asked, before)).toEqual([]);
    expect(update(before, asked)).toEqual([]);
    expect(update(before, before)).toEqual([]);
  });
});
