import type { SimLaunchTemplate, SimLaunchTemplateVersion } from '../../../model/references.ts';
import { ServiceError } from '../../call/service.ts';
import { element, itemList, wrap } from '../../protocols/xml.ts';
import type { FilterFields } from '../filters.ts';
import { parseFilters, toPredicate } from '../filters.ts';
import { findNamedTemplates, isShown, refusePageSize } from './launch-template-lookup.ts';
import { TEMPLATE_LIMITS } from './launch-templates.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { nonMutatingBucket } from '../operation.ts';
import type { Source } from '../paging.ts';
import { arraySource, listPage } from '../paging.ts';
import { describeOperator } from '../operator.ts';
import { asResolved, refuseManyToResolve } from './resolved-alias.ts';

interface Version extends SimLaunchTemplateVersion {
  readonly template: SimLaunchTemplate;
}

const FIELDS: FilterFields<Version> = {
  'image-id': ({ imageId }) => (imageId === undefined ? [] : [imageId]),
  'is-default-version': (version) => [String(isDefault(version))],
};

/**
 * DescribeLaunchTemplateVersions: the versions of one template, newest first; or, without one, the
 * latest or default versions of all templates, and no others.
 */
export const describeLaunchTemplateVersions: Ec2Operation = {
  accepts: [
    'MaxResults',
    'NextToken',
    'LaunchTemplateId',
    'LaunchTemplateName',
    'LaunchTemplateVersion',
    'IncludeManagedResources',
    'ResolveAlias',
    'Filter',
  ],
  bucket: nonMutatingBucket,
  answer: (call) => {
    refusePageSize(call);
    const matches = toPredicate(parseFilters(call.parameters), FIELDS);
    const source = sourceOf(call);
    const { items, nextToken } = listPage(call, { source, matches, limits: TEMPLATE_LIMITS });
    const described = items.map((version) => describe(version, asResolved(call, version.imageId)));
    return itemList('launchTemplateVersionSet', described) + nextToken;
  },
};

function sourceOf(call: Ec2Call): Source<Version> {
  const id = call.parameters.get('LaunchTemplateId');
  const name = call.parameters.get('LaunchTemplateName');
  const asked = call.parameters.list('LaunchTemplateVersion');
  refuseManyToResolve(call, asked);
  if (id !== undefined && name !== undefined) throw howToAsk('InvalidParameterCombination');
  if (id === undefined && name === undefined) return ofAllTemplates(call, asked);
  const [template] = findNamedTemplates(call, {
    ids: id === undefined ? [] : [id],
    names: name === undefined ? [] : [name],
  });
  return arraySource(versionsOf(template!, asked));
}

function ofAllTemplates(call: Ec2Call, asked: readonly string[]): Source<Version> {
  if (asked.length === 0) throw howToAsk('MissingParameter');
  if (asked.some((version) => version !== '$Latest' && version !== '$Default')) {
    throw howToAsk('InvalidParameterValue');
  }
  const perTemplate = new Set(asked).size;
  return (from, limit) => {
    const page = call.estate().launchTemplates(from, Math.max(1, Math.floor(limit / perTemplate)));
    const shown = page.items.filter((template) => isShown(call, template));
    return { items: shown.flatMap((template) => versionsOf(template, asked)), next: page.next };
  };
}

/** @throws {ServiceError} for a number that no version has */
function versionsOf(template: SimLaunchTemplate, asked: readonly string[]): readonly Version[] {
  const numbers = new Set(asked.map((version) => toNumber(version, template)));
  const missing = [...numbers].find((number) =>
    template.versions.every((v) => v.number !== number),
  );
  if (missing !== undefined) {
    throw new ServiceError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find launch template version ${missing} for launch template ${template.launchTemplateId}.`,
    );
  }
  return template.versions
    .filter(({ number }) => numbers.size === 0 || numbers.has(number))
    .map((version) => ({ ...version, template }))
    .toReversed();
}

function toNumber(version: string, { defaultVersion, versions }: SimLaunchTemplate): number {
  if (version === '$Latest') return versions.at(-1)?.number ?? Number.NaN;
  return version === '$Default' ? defaultVersion : Number(version);
}

function howToAsk(code: string): ServiceError {
  return new ServiceError(
    code,
    'To describe the launch template data for all your launch templates, for ‘--versions’ specify ‘$Latest’, ‘$Default’, or both, and omit ‘--launch-template-id’, ‘--launch-template-name’, and version numbers. To describe the launch template data for a specific launch template, specify ‘--launch-template-id’ or ‘--launch-template-name’, and for ‘--versions’ specify one or more of the following values: ‘$Latest’, ‘$Default’, or one or more version numbers.',
  );
}

function isDefault({ number, template }: Version): boolean {
  return number === template.defaultVersion;
}

function describe(version: Version, imageId: string | undefined): string {
  const { template, number, snapshotIds } = version;
  const data =
    element('imageId', imageId) +
    itemList('blockDeviceMappingSet', snapshotIds.map(describeDevice));
  return (
    element('launchTemplateId', template.launchTemplateId) +
    element('launchTemplateName', template.name) +
    element('versionNumber', number) +
    element('createTime', template.createTime) +
    element('defaultVersion', isDefault(version)) +
    wrap('launchTemplateData', data) +
    describeOperator(template.managedBy)
  );
}

function describeDevice(snapshotId: string, index: number): string {
  const device = `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + (index % 26))}`;
  return element('deviceName', device) + wrap('ebs', element('snapshotId', snapshotId));
}
