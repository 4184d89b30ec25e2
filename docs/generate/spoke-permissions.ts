import type { Purpose } from '../../aws/sessions/spoke-session.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import { DEFAULT_PREFIX } from '../../infra/config/hub-names.ts';
import type { PolicyDocument, PolicyStatement } from '../../infra/policies/policy-document.ts';
import { SPOKE_ROLES, type SpokeRole, spokeRoleNames } from '../../infra/config/spoke-roles.ts';
import { spokePolicy } from '../../infra/spoke/spoke-policies.ts';
import { spokeTrustPolicy } from '../../infra/spoke/spoke-trust.ts';
import { KINDS, MANAGER_TAG_KEYS } from '../../kinds/registry.ts';
import { deniedKeysOf } from '../../kinds/tags/table.ts';

const PARTITION = '${AWS::Partition}';
const EXAMPLE_TAGS = ['Retain', 'Backup=yes', 'Owner=ops*'];

/** Of `docs/iam-permissions.md`: each spoke role with its policy and whom it trusts. */
export function spokePermissions(): string {
  const names = spokeRoleNames(DEFAULT_PREFIX);
  return Object.entries(SPOKE_ROLES)
    .map(([role, { purpose, description }]) =>
      [
        `### ${names[role as SpokeRole]}`,
        `${description.replace(/^orgsweep/, 'Here orgsweep')}.`,
        ...policyText(purpose),
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
}

function policyText(purpose: Purpose): string[] {
  const policy = spokePolicy(purpose, { partition: PARTITION, protectTags: [] });
  const [denial, ...denials] = policy.Statement.filter(({ Effect }) => Effect === 'Deny');
  if (denial === undefined) return [json(policy)];
  const allows = policy.Statement.filter(({ Effect }) => Effect === 'Allow');
  return [
    json({ ...policy, Statement: [...allows, denial] }),
    `The last statement stands there ${denials.length + 1} times, once for each of these keys:`,
    ['| reason | keys |', '|---|---|', ...keyRows()].join('\n'),
    `and once more for every reading of the deployment's own \`protectTags\`. For ${code(EXAMPLE_TAGS)} with these conditions:`,
    json(ownConditions()),
  ];
}

function keyRows(): string[] {
  const rows = KINDS.flatMap(({ kind }) => [...deniedKeysOf(kind)]);
  const shown = new Set(rows.flatMap(([, keys]) => keys));
  if (shown.size !== MANAGER_TAG_KEYS.length) throw new Error('a kind has managers of its own');
  const own: [string, readonly string[]] = ['PROTECTED_BY_TAG', [PROTECT_TAG]];
  return [own, ...rows].map(([reason, keys]) => `| \`${reason}\` | ${code(keys)} |`);
}

function ownConditions(): PolicyStatement['Condition'][] {
  const without = spokePolicy('remove', { partition: PARTITION, protectTags: [] });
  const { Statement } = spokePolicy('remove', { partition: PARTITION, protectTags: EXAMPLE_TAGS });
  return Statement.slice(without.Statement.length).map(({ Condition }) => Condition);
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function json(value: PolicyDocument | readonly unknown[]): string {
  return ['```json', JSON.stringify(value, null, 2), '```'].join('\n');
}
