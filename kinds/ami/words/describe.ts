import { ageDaysAt } from '../../../core/model/age.ts';
import { protectionTagsOf } from '../../../core/tags/protection.ts';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import type { Description, Look } from '../../kind.ts';
import { readTags } from '../../tags/read-tags.ts';
import { type Ami, KIND } from '../facts.ts';
import { freesOf } from '../costs.ts';
import { ownPolicyOf } from '../policy.ts';

type DescribedBy = Pick<Look, 'region' | 'now' | 'policy' | 'prices'>;

/** An AMI's part of a finding: its values, and what was seen of everything around it. */
export function describeAmi(ami: Ami, { region, now, policy, prices }: DescribedBy): Description {
  const frees = freesOf(ami, { region, prices });
  return {
    resourceId: ami.imageId,
    startedAt: ami.createdAt,
    ageDays: ageDaysAt(ami.createdAt, now),
    sizeGiB: null,
    // What one in S3 costs there, nobody tells.
    monthlyCostUsdUpTo: ami.rootDeviceType === 'instance-store' ? null : 0,
    ...(frees.length > 0 && { frees }),
    tags: ami.tags,
    evidence: {
      name: ami.name,
      ...(ami.description !== '' && { description: ami.description }),
      state: ami.state,
      lastLaunchedAt: ami.lastLaunchedAt,
      usedBy: ami.usedBy,
      ...familyOf(ami, { policy }),
      ...sharingOf(ami),
      ...originOf(ami),
      ...(ami.deprecatedAt !== null && { deprecatedAt: ami.deprecatedAt }),
      ...propertiesOf(ami),
      snapshots: ami.snapshots.map(({ snapshotId }) => snapshotId),
      ...(ami.billed === null && ami.snapshots.length > 0 && { areSnapshotsListed: false }),
      allowedAmis: ami.allowedAmis,
      incompleteReferences: ami.incompleteReferences,
      notLookedAt: ami.notLookedAt,
      ...(ami.notOffered.length > 0 && { notOffered: ami.notOffered }),
      ...tagsAsEvidence(ami, { policy, now }),
    },
  };
}

function familyOf({ family }: Ami, { policy }: Pick<DescribedBy, 'policy'>) {
  if (family === null) return {};
  const { keepNewestPerName: keep } = ownPolicyOf(policyOfKind(policy, KIND));
  return {
    family: { id: family.id, keep, newer: family.newer.length },
    familySize: family.size,
    ...(family.newer.length > 0 && { newerOfFamily: family.newer }),
  };
}

function sharingOf(ami: Ami) {
  const { deregistrationProtection, productCodes, publicSsmParameter, ownerAlias } = ami;
  return {
    isPublic: ami.isPublic,
    sharedWith: ami.sharedWith,
    ...(publicSsmParameter !== null && { publicSsmParameter }),
    ...(deregistrationProtection !== null && { deregistrationProtection }),
    ...(productCodes.length > 0 && { productCodes }),
    ...(ownerAlias !== null && { ownerAlias }),
  };
}

function originOf({ sourceImageId, sourceImageRegion, sourceInstanceId, watermarks }: Ami) {
  return {
    ...(sourceImageId !== null && { sourceImageId }),
    ...(sourceImageRegion !== null && { sourceImageRegion }),
    ...(sourceInstanceId !== null && { sourceInstanceId }),
    ...(watermarks.length > 0 && { watermarks }),
  };
}

function propertiesOf(ami: Ami) {
  const { imageType, rootDeviceType, virtualizationType, bootMode, architecture, platform } = ami;
  return {
    ...{ imageType, rootDeviceType },
    ...(virtualizationType !== null && { virtualizationType }),
    ...(bootMode !== null && { bootMode }),
    ...(architecture !== null && { architecture }),
    ...(platform !== null && { platform }),
  };
}

function tagsAsEvidence({ tags }: Ami, { policy, now }: Pick<DescribedBy, 'policy' | 'now'>) {
  const { needs, others } = readTags(KIND, tags);
  const protection = protectionTagsOf(tags, policy.protectTags, now);
  return {
    ...(needs.length > 0 && { tagsOfNeed: needs }),
    ...(others.length > 0 && { tagsThatSayNothing: others }),
    ...(protection.length > 0 && { protection: [...protection] }),
  };
}
