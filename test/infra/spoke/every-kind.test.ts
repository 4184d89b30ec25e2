import type { OrgsweepConfigInput } from '../../../infra/config/config.ts';
import { actionsOf, sessionActions } from '../../../kinds/grant.ts';
import type { Granted } from '../../../kinds/grant.ts';
import { KINDS } from '../../../kinds/registry.ts';
import type * as Spokes from '../../support/hub/synthesized-spokes.ts';
import { KINDS_TO_COME } from './kinds-to-come.ts';

/** CloudFormation takes no longer template in a request, in bytes. */
const TEMPLATE = 51_200;
const TWENTY_TAGS = Array.from({ length: 20 }, (_, at) => `company:protection-${at}=yes`);

const ALL: readonly Granted[] = [...KINDS, ...KINDS_TO_COME];
const removable = ALL.filter(({ iam }) => iam.remove.length > 0).map(({ kind }) => kind);
const namedIn = (kinds: readonly string[]) => ALL.filter(({ kind }) => kinds.includes(kind));

let spokes: typeof Spokes;

beforeAll(async () => {
  // The registry as it will be, before anything is made of it.
  (KINDS as unknown as Granted[]).push(...KINDS_TO_COME);
  spokes = await import('../../support/hub/synthesized-spokes.ts');
});

/** The actions that each role allows, sorted. */
function rolesOf(kinds?: readonly string[]): Record<string, readonly string[]> {
  const deletion = { organizationalUnits: ['ou-ab12-cdef3456'], ...(kinds && { kinds }) };
  const roles = Object.entries(spokes.spokeRoles({ deletion } as OrgsweepConfigInput));
  return Object.fromEntries(
    roles.map(([name, { policy }]) => {
      const allows = policy.Statement.filter(({ Effect }) => Effect === 'Allow');
      const actions = allows.flatMap(({ Action }) => Action);
      return [name, actionsOf([{ does: 'READ', actions }])];
    }),
  );
}

it('every kind is looked at, and by default only snapshots can be removed and restored', () => {
  const [snapshots] = ALL;
  expect(rolesOf()).toEqual({
    'orgsweep-discovery': sessionActions(ALL).discover,
    'orgsweep-deletion': actionsOf(snapshots!.iam.remove),
    'orgsweep-restore': actionsOf(snapshots!.iam.restore),
  });
});

it.each([[['ami-removal']], [['ebs-volume', 'ecr-image']], [removable]])(
  'what is enabled can be removed and restored, and nothing else: %j',
  (kinds) => {
    expect(rolesOf(kinds)).toMatchObject({
      'orgsweep-deletion': actionsOf(namedIn(kinds).flatMap(({ iam }) => iam.remove)),
      'orgsweep-restore': actionsOf(namedIn(kinds).flatMap(({ iam }) => iam.restore)),
    });
  },
);

it('a kind that is never removed cannot be enabled', () => {
  const accepted = [...new Set(removable)].map((kind) => `"${kind}"`).join(', ');
  expect(() => rolesOf(['eks-cluster'])).toThrow(
    `orgsweep.deletion.kinds[0]: "eks-cluster" – accepted: ${accepted.slice(0, 40)}`,
  );
});

it('a StackSet hands out the roles of all kinds with 20 protect tags', () => {
  const deletion = { organizationalUnits: ['ou-ab12-cdef3456'], kinds: removable };
  const context = { deletion, protectTags: TWENTY_TAGS } as OrgsweepConfigInput;
  const template = spokes.synthesizeStackSets(context);
  expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(TEMPLATE);
});
