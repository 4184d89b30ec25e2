import {
  paginateDescribeLaunchTemplateVersions,
  paginateDescribeLaunchTemplates,
} from '@aws-sdk/client-ec2';
import type { DescribeLaunchTemplateVersionsRequest, EC2Client } from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { brokenListing, idOf, itemsOfPages } from '../../aws/answers/pages.ts';
import { makePace } from '../../aws/answers/pace.ts';
import { collect } from './collect.ts';
import type { Listing, ReadBy } from './listing.ts';

/** What kinds need of one version; a session holds all that it has read. */
export interface ListedVersion extends ReadVersion {
  readonly templateName: string | undefined;
  readonly isDefault: boolean;
  readonly isLatest: boolean;
}

/** What a version says itself, which never changes. */
interface ReadVersion {
  readonly templateId: string;
  readonly number: number;
  /** When it was made. EC2 doesn't tell when one was last launched. */
  readonly createdAt: Date | undefined;
  readonly snapshotIds: readonly string[];
  /** May be `resolve:ssm:` and the name of a parameter. */
  readonly imageId: string | undefined;
}

/** A template as it was listed. */
interface ListedTemplate {
  readonly name: string | undefined;
  readonly latest: number;
  readonly default: number | undefined;
}

/**
 * Every version of every launch template, those that AWS services manage included: EC2 lets what a
 * version names be deleted, and the next launch fails.
 *
 * EC2 lists the latest and the default versions of all templates at once; the others cost a call
 * per template that has more. Versions never change and their numbers only grow, so that one
 * session asks again only for templates with a newer version than it has read.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
 */
export const launchTemplateVersions: Listing<ListedVersion> = {
  name: 'launch-template-versions',
  reach: 'regional',
  cost: '1 call per 200 templates, 1 per 200 of their latest and default versions, and 1 per 200 versions of each template that has others',
  iam: ['ec2:DescribeLaunchTemplates', 'ec2:DescribeLaunchTemplateVersions'],
  list: listVersions,
};

/** The versions of one template that a session has read, and up to which number they are all. */
interface ReadTemplate {
  readonly upTo: number;
  readonly versions: readonly ReadVersion[];
}

const readBySession = new WeakMap<SpokeClients, Map<string, ReadTemplate>>();

async function* listVersions({ clients, clock }: ReadBy): AsyncGenerator<ListedVersion> {
  const { ec2 } = clients;
  const read = readBySession.get(clients) ?? new Map<string, ReadTemplate>();
  readBySession.set(clients, read);
  const turn = makePace(clock);
  const templates = await listTemplates(ec2);
  if (templates.size === 0) return;

  const seen = new Map<string, Map<number, ReadVersion>>();
  for await (const version of versionsOf(ec2, { Versions: ['$Latest', '$Default'] })) {
    const versions = seen.get(version.templateId) ?? new Map<number, ReadVersion>();
    seen.set(version.templateId, versions.set(version.number, version));
    yield ofTemplate(version, templates.get(version.templateId));
  }
  for (const [templateId, template] of templates) {
    const { latest } = template;
    if (hasAllUpTo(latest, seen.get(templateId))) continue;
    const before = read.get(templateId);
    if (before === undefined || before.upTo < latest) {
      await turn();
      const versions = await allVersions(ec2, templateId);
      if (versions !== null) read.set(templateId, { upTo: latest, versions });
    }
    for (const version of read.get(templateId)?.versions ?? []) yield ofTemplate(version, template);
  }
}

/** @param template undefined: it was made since the templates were listed */
function ofTemplate(version: ReadVersion, template: ListedTemplate | undefined): ListedVersion {
  return {
    ...version,
    templateName: template?.name,
    isDefault: version.number === template?.default,
    isLatest: version.number === template?.latest,
  };
}

async function listTemplates(ec2: EC2Client): Promise<ReadonlyMap<string, ListedTemplate>> {
  const operation = 'ec2:DescribeLaunchTemplates';
  const pages = paginateDescribeLaunchTemplates(
    { client: ec2 },
    { IncludeManagedResources: true, MaxResults: 200 },
  );
  const templates = new Map<string, ListedTemplate>();
  for await (const one of itemsOfPages(operation, pages, (page) => page.LaunchTemplates)) {
    const { LatestVersionNumber: latest, DefaultVersionNumber, LaunchTemplateName: name } = one;
    if (latest === undefined) {
      throw brokenListing(operation, 'a template came without its latest version');
    }
    const template = { name, latest, default: DefaultVersionNumber };
    templates.set(idOf(one.LaunchTemplateId, operation), template);
  }
  return templates;
}

/** null: EC2 doesn't know it: it was deleted since it was listed, or is too new. */
async function allVersions(ec2: EC2Client, templateId: string): Promise<ReadVersion[] | null> {
  try {
    return await collect(versionsOf(ec2, { LaunchTemplateId: templateId }));
  } catch (error) {
    if (toAwsFailure(error).code !== 'InvalidLaunchTemplateId.NotFound') throw error;
    return null;
  }
}

async function* versionsOf(
  ec2: EC2Client,
  which: DescribeLaunchTemplateVersionsRequest,
): AsyncGenerator<ReadVersion> {
  const operation = 'ec2:DescribeLaunchTemplateVersions';
  const pages = paginateDescribeLaunchTemplateVersions(
    { client: ec2 },
    { ...which, IncludeManagedResources: true, MaxResults: 200 },
  );
  for await (const one of itemsOfPages(operation, pages, (page) => page.LaunchTemplateVersions)) {
    const templateId = idOf(one.LaunchTemplateId, operation);
    yield {
      templateId,
      number: one.VersionNumber ?? NaN,
      createdAt: one.CreateTime,
      imageId: one.LaunchTemplateData?.ImageId,
      snapshotIds: (one.LaunchTemplateData?.BlockDeviceMappings ?? []).flatMap((device) =>
        device.Ebs?.SnapshotId === undefined ? [] : [device.Ebs.SnapshotId],
      ),
    };
  }
}

function hasAllUpTo(latest: number, seen: ReadonlyMap<number, unknown> | undefined): boolean {
  if (latest > 2) return false;
  return Array.from({ length: latest }, (_, index) => index + 1).every((n) => seen?.has(n));
}
