import {
  type ListedVersion,
  launchTemplateVersions,
} from '../../../listings/launch-template-versions.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

/**
 * Every version of every launch template, attached to something or not: any of them may be launched by
 * its number. What a version names by a parameter, `launch-template-parameters` resolves.
 */
export const launchTemplates: AmiSource<ListedVersion> = {
  name: 'launch-templates',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: launchTemplateVersions,
  take: (version) => ({ by: versionInWords(version), keys: amiIdsIn(version.imageId) }),
};

/** Which version of which template it is, and since when: EC2 doesn't tell when one was launched. */
export function versionInWords({
  templateId,
  templateName,
  number,
  createdAt,
  isDefault,
  isLatest,
}: Omit<ListedVersion, 'imageId' | 'snapshotIds'>): string {
  const about = [
    ...(templateName === undefined ? [] : [templateName]),
    ...(isDefault ? ['default'] : []),
    ...(isLatest ? ['latest'] : []),
    ...(isDay(createdAt) ? [`made ${createdAt.toISOString().slice(0, 10)}`] : []),
  ];
  return `${templateId} version ${number}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
}

function isDay(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}
