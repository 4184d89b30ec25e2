import type { SimLaunchTemplate } from '../../../model/references.ts';
import { element, itemList } from '../../protocols/xml.ts';
import type { FilterFields } from '../filters.ts';
import { parseFilters, toPredicate } from '../filters.ts';
import { findNamedTemplates, isShown, refusePageSize } from './launch-template-lookup.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { nonMutatingBucket } from '../operation.ts';
import type { Source } from '../paging.ts';
import { arraySource, listPage } from '../paging.ts';
import { describeOperator } from '../operator.ts';

/** Without MaxResults a page has 200 as well. */
export const TEMPLATE_LIMITS = { min: 1, max: 200, clamp: false, alwaysPaged: true } as const;

const FIELDS: FilterFields<SimLaunchTemplate> = {
  'launch-template-name': ({ name }) => [name],
};

/** DescribeLaunchTemplates. What an AWS service manages is hidden by default. */
export const describeLaunchTemplates: Ec2Operation = {
  accepts: [
    'MaxResults',
    'NextToken',
    'LaunchTemplateId',
    'LaunchTemplateName',
    'IncludeManagedResources',
    'Filter',
  ],
  bucket: nonMutatingBucket,
  answer: (call) => {
    refusePageSize(call);
    const passes = toPredicate(parseFilters(call.parameters), FIELDS);
    const matches = (template: SimLaunchTemplate) => isShown(call, template) && passes(template);
    const source = sourceOf(call);
    const { items, nextToken } = listPage(call, { source, matches, limits: TEMPLATE_LIMITS });
    return itemList('launchTemplates', items.map(describe)) + nextToken;
  },
};

function sourceOf(call: Ec2Call): Source<SimLaunchTemplate> {
  const ids = call.parameters.list('LaunchTemplateId');
  const names = call.parameters.list('LaunchTemplateName');
  if (ids.length > 0 || names.length > 0) {
    return arraySource(findNamedTemplates(call, { ids, names }));
  }
  return (from, limit) => call.estate().launchTemplates(from, limit);
}

function describe(template: SimLaunchTemplate): string {
  return (
    element('launchTemplateId', template.launchTemplateId) +
    element('launchTemplateName', template.name) +
    element('createTime', template.createTime) +
    element('defaultVersionNumber', template.defaultVersion) +
    element('latestVersionNumber', template.versions.at(-1)?.number) +
    describeOperator(template.managedBy)
  );
}
