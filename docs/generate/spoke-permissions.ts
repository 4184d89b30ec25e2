import type { Purpose } from '../../aws/sessions/purpose.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import { DEFAULT_PREFIX } from '../../infra/config/hub-names.ts';
import type { PolicyDocument, PolicyStatement } from '../../infra/policies/policy-document.ts';
import { SPOKE_ROLES, type SpokeRole, spokeRoleNames } from '../../infra/config/spoke-roles.ts';
import { spokePolicies } from '../../infra/spoke/spoke-policies.ts';
import { spokeTrustPolicy } from '../../infra/spoke/spoke-trust.ts';
import { actionsToRemove } from '../../kinds/grant.ts';
import { isRemovable } from '../../kinds/kind.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { Step } from '../../kinds/removal.ts';
import { deniedKeysOf } from '../../kinds/tags/table.ts';

const PARTITION = '${AWS::Partition}';
const EXAMPLE_TAGS = ['Retain', 'Backup=yes', 'Owner=ops*'];

/** Of `docs/iam-permissions.md`: each spoke role with its policy and whom it trusts. */
export function spokePermissions(): string {
  const names = spokeRoleNames(DEFAULT_PREFIX);
  const roles = Object.entries(SPOKE_ROLES)
    .map(([role, { purpose, description }]) =>
      [
        `### ${names[role as SpokeRole]}`,
        `${description.replace(/^orgsweep/, 'Here orgsweep')}.`,
        ...policyText(role as SpokeRole, purpose),
        'Trusts:',
        json(
          spokeTrustPolicy(purpose, {
            partition: PARTITION,
            hubAccountId: '${HubAccountId}',
            organizationId: '${OrganizationId}',
            hubPrefix: DEFAULT_PREFIX,
            externalId: '${ExternalId}',
          }),
        ),
      ].join('\n\n'),
    )
    .join('\n\n');
  return [roles, '### What fences in each step of a removal', fences()].join('\n\n');
}

/** What IAM knows of which resource a step may be taken with. */
function narrowingOf(fence: Step<unknown>['fence']): string {
  switch (fence.by) {
    case 'MARKER':
      return 'IAM asks for the marker on the resource itself.';
    case 'PARENT_TAG':
      return `IAM asks for the tag \`${fence.tag.key}=${fence.tag.value}\` on what the resource belongs to.`;
    case 'EXACT_ARNS':
      return 'The role knows the type of resource alone. The session of each batch names its resources.';
    case 'ETAG':
      return 'IAM knows the type of resource alone. AWS refuses the request where anything changed since the second look.';
    case 'NOTHING':
      return '**Nothing but the type of resource**: in IAM, the role may take this step with any of that type that no tag protects.';
  }
}

function fences(): string {
  const rows = KINDS.flatMap(({ kind, removal, iam }) =>
    (removal?.steps ?? []).map(({ name, fence, undo }) => {
      const says = [narrowingOf(fence), ...('says' in fence ? [fence.says] : [])].join(' ');
      const ways = code(undo.map(({ way }) => way));
      return `| \`${kind}\` | \`${name}\` | ${says} | ${code(actionsToRemove({ iam }, name))} | ${ways} |`;
    }),
  );
  return [
    'A session that removes is for one step of one kind, and may do what that step needs.',
    [
      '| kind | step | fence | what its session may do | undone by |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

function policyText(role: SpokeRole, purpose: Purpose): string[] {
  const { inline, attached } = policiesOf(purpose);
  const [denial, ...denials] = attached.flatMap(({ Statement }) => Statement);
  if (denial === undefined) return [json(inline)];
  const name = spokeRoleNames(DEFAULT_PREFIX)[role];
  return [
    json(inline),
    `What a tag protects is denied by managed policies that are attached to the role, \`${name}-protection-1\` and so on, as many as the tags need. A statement is`,
    json(denial),
    `and stands there ${denials.length + 1} times, once for each of these keys:`,
    ['| reason | keys |', '|---|---|', ...keyRows()].join('\n'),
    `and once more for every reading of the deployment's own \`protectTags\`. For ${code(EXAMPLE_TAGS)} with these conditions:`,
    json(ownConditions(denials.length + 1)),
  ];
}

function policiesOf(purpose: Purpose, protectTags: readonly string[] = []) {
  return spokePolicies(purpose, { kinds: KINDS, partition: PARTITION, protectTags });
}

function keyRows(): string[] {
  // Of a kind that is only reported nothing is denied.
  const rows = KINDS.filter(isRemovable).flatMap(({ kind }) => [...deniedKeysOf(kind)]);
  const shown = new Set(rows.flatMap(([, keys]) => keys));
  const denied = new Set(KINDS.flatMap(({ managerTagKeys }) => managerTagKeys));
  if (shown.size !== denied.size) throw new Error('a kind has managers of its own');
  const own: [string, readonly string[]] = ['PROTECTED_BY_TAG', [PROTECT_TAG]];
  return [own, ...rows].map(([reason, keys]) => `| \`${reason}\` | ${code(keys)} |`);
}

function ownConditions(after: number): PolicyStatement['Condition'][] {
  const denials = policiesOf('remove', EXAMPLE_TAGS).attached.flatMap(({ Statement }) => Statement);
  return denials.slice(after).map(({ Condition }) => Condition);
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function json(value: PolicyDocument | PolicyStatement | readonly unknown[]): string {
  return ['```json', JSON.stringify(value, null, 2), '```'].join('\n');
}
