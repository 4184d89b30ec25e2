import {
  type ListedVersion,
  launchTemplateVersions,
} from '../../listings/launch-template-versions.ts';
import type { SnapshotSource } from './source.ts';

export const launchTemplates: SnapshotSource<ListedVersion> = {
  name: 'launch-templates',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: launchTemplateVersions,
  take: ({ templateId, number, snapshotIds }) => ({
    by: `${templateId} version ${number}`,
    keys: snapshotIds,
  }),
};
