import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AskedFor } from './asked-for.ts';
import type { Judge } from './policy-gate.ts';
import type { Resource } from './resolved-template.ts';

interface Policy {
  readonly name: string;
  readonly policy: unknown;
}

/** A role of the template with all its policies, inline and attached in the template. */
interface DeployedRole {
  readonly name: string;
  readonly policies: readonly Policy[];
}

function rolesIn(resources: Readonly<Record<string, Resource>>): DeployedRole[] {
  const ofType = (type: string) =>
    Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const attached = ofType('AWS::IAM::Policy').map(([name, { Properties = {} }]) => ({
    roles: (Properties['Roles'] ?? []) as string[],
    name,
    policy: Properties['PolicyDocument'],
  }));
  return ofType('AWS::IAM::Role').map(([id, { Properties = {} }]) => {
    const name = String(Properties['RoleName'] ?? id);
    const inline = (Properties['Policies'] ?? []) as {
      PolicyName: string;
      PolicyDocument: unknown;
    }[];
    return {
      name,
      policies: [
        ...inline.map(({ PolicyName, PolicyDocument }) => ({
          name: PolicyName,
          policy: PolicyDocument,
        })),
        ...attached.filter(({ roles }) => roles.includes(name)),
      ],
    };
  });
}

export interface JudgedHub {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly organizationId: string;
  /** The trust policies of the spoke roles, by role name. */
  readonly spokeTrust: ReadonlyMap<string, unknown>;
}

/**
 * Judges by the synthesized policies. What is encrypted with a key of the template needs that key
 * too: every object of the bucket, every message of the topic.
 */
export function judgeBy(resources: Readonly<Record<string, Resource>>, hub: JudgedHub): Judge {
  const { accountId, region, partition, organizationId, spokeTrust } = hub;
  const roles = new Map(rolesIn(resources).map((role) => [role.name, role]));
  const keys = Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::KMS::Key')
    .map(([id, { Properties }]) => ({
      arn: `arn:${partition}:kms:${region}:${accountId}:key/${id}`,
      policy: Properties?.['KeyPolicy'],
      encrypts: servicesUsing(resources, id),
    }));
  const decisions = new Map<string, Promise<boolean>>();

  const evaluate = async (roleName: string, asked: AskedFor, resourcePolicy?: unknown) => {
    const role = roles.get(roleName);
    if (role === undefined) throw new Error(`the template has no role ${roleName}`);
    const owner = asked.resource.split(':')[4];
    const result = await runSimulation(
      {
        request: {
          principal: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/session`,
          action: asked.action,
          resource: {
            resource: asked.resource,
            accountId: owner === undefined || owner === '' ? accountId : owner,
          },
          contextVariables: {
            'aws:PrincipalArn': `arn:${partition}:iam::${accountId}:role/${roleName}`,
            'aws:PrincipalOrgID': organizationId,
            'aws:ResourceOrgID': organizationId,
            'aws:SecureTransport': 'true',
            ...asked.context,
          },
        },
        identityPolicies: [...role.policies],
        ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
    return result.overallResult === 'Allowed';
  };
  const remembered = async (roleName: string, asked: AskedFor, resourcePolicy?: unknown) => {
    const key = JSON.stringify([roleName, asked]);
    const known = decisions.get(key) ?? evaluate(roleName, asked, resourcePolicy);
    decisions.set(key, known);
    return known;
  };

  return async (roleName, asked) => {
    if (asked.action === 'sts:AssumeRole') {
      const trust = spokeTrust.get(asked.resource.split('/').at(-1) ?? '');
      return trust !== undefined && (await remembered(roleName, asked, trust));
    }
    if (asked.action === 'sts:GetCallerIdentity') return true;
    const ownKey = keys.find(({ arn }) => arn === asked.resource);
    if (ownKey !== undefined) return remembered(roleName, asked, ownKey.policy);
    if (!(await remembered(roleName, asked))) return false;
    for (const key of keys) {
      if (!key.encrypts.has(asked.action.split(':')[0] ?? '')) continue;
      for (const action of keyActionsOf(asked.action)) {
        const wanted = { action, resource: key.arn, context: {} };
        if (!(await remembered(roleName, wanted, key.policy))) return false;
      }
    }
    return true;
  };
}

/** `s3` where the bucket names the key, `sns` where the topic does. */
function servicesUsing(
  resources: Readonly<Record<string, Resource>>,
  keyId: string,
): ReadonlySet<string> {
  const services = { 'AWS::S3::Bucket': 's3', 'AWS::SNS::Topic': 'sns' };
  return new Set(
    Object.entries(services)
      .filter(([type]) =>
        Object.values(resources).some(
          ({ Type, Properties }) => Type === type && JSON.stringify(Properties).includes(keyId),
        ),
      )
      .map(([, service]) => service),
  );
}

function keyActionsOf(action: string): readonly string[] {
  if (action === 's3:GetObject') return ['kms:Decrypt'];
  if (action === 's3:PutObject' || action === 'sns:Publish') {
    return ['kms:GenerateDataKey', 'kms:Decrypt'];
  }
  return [];
}
