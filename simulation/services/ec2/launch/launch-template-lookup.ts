import type { SimLaunchTemplate } from '../../../model/references.ts';
import { ServiceError } from '../../call/service.ts';
import type { Ec2Call } from '../operation.ts';
import { ID_KINDS, findAll } from '../resource-ids.ts';

const CHUNK = 1000;

/** A template that an AWS service manages shows only to who asks for managed resources. */
export function isShown({ parameters }: Ec2Call, { managedBy }: SimLaunchTemplate): boolean {
  return managedBy === undefined || parameters.isTrue('IncludeManagedResources');
}

/** @throws {ServiceError} for the first id or name that no template which is shown has */
export function findNamedTemplates(
  call: Ec2Call,
  { ids, names }: { readonly ids: readonly string[]; readonly names: readonly string[] },
): readonly SimLaunchTemplate[] {
  const byId = findAll(ID_KINDS.launchTemplate, ids, (id) => {
    const template = call.estate().launchTemplate(id);
    return template && isShown(call, template) ? template : undefined;
  });
  return [...byId, ...names.map((name) => findByName(call, name))];
}

function findByName(call: Ec2Call, name: string): SimLaunchTemplate {
  for (let from: number | null = 0; from !== null;) {
    const page = call.estate().launchTemplates(from, CHUNK);
    const found = page.items.find((template) => template.name === name && isShown(call, template));
    if (found) return found;
    from = page.next;
  }
  throw new ServiceError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  );
}

/** In the words that launch templates have for it, unlike the rest of EC2. */
export function refusePageSize({ parameters }: Ec2Call): void {
  const size = Number(parameters.get('MaxResults') ?? 200);
  if (Number.isInteger(size) && size >= 1 && size <= 200) return;
  throw new ServiceError('InvalidParameterValue', 'Maximum results allowed are between 1 and 200');
}
