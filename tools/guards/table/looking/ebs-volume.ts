import type { Guard } from '../../guard.ts';

const ASSESS = ['volume-assess'];
const DISCOVER = ['volume-discover'];

/** A reason of `keepReasons`, taken out. */
function reason(name: string, keeps: string, find: string): Guard {
  return {
    ...{ name: `volume-${name}`, promise: 1, keeps: `a volume is stale ${keeps}` },
    ...{ in: 'ebs-volume/assess.ts#keepReasons', find, replace: '', tests: ASSESS },
  };
}

/** What keeps a volume, and what has to be known before one is unused. */
export const EBS_VOLUME: readonly Guard[] = [
  reason(
    'attached',
    'that something has',
    "...(attachments.length > 0 || state === 'in-use' ? ['IN_USE'] : []),",
  ),
  reason(
    'not-ready',
    'that is still being made',
    "...(['available', 'in-use', 'error'].includes(state) ? [] : ['NOT_READY']),",
  ),
  reason(
    'references',
    'that an instance, a copy or a modification refers to',
    `...ReferenceName.options
      .filter((name) => (volume.usedBy[name] ?? []).length > 0)
      .map((name) => REASON_BY_REFERENCE[name]),`,
  ),
  reason(
    'fallback-root',
    'that somebody keeps to go back to',
    `...(volume.rootReplacements.some((one) => wasReplacedThen(volume, one))
      ? ['FALLBACK_ROOT_VOLUME']
      : []),`,
  ),
  reason(
    'multi-attach',
    'that is meant for several instances',
    "...(volume.isMultiAttach ? ['MULTI_ATTACH'] : []),",
  ),
  reason(
    'managed',
    'that a service of AWS manages',
    "...(volume.managedBy === null ? [] : ['MANAGED_BY_AWS_SERVICE']),",
  ),
  reason(
    'tags-of-need',
    'that carries the tag of a cluster, a service or a product',
    '...readTags(KIND, volume.tags).needs.map(({ reason }) => reason),',
  ),
  reason('on-outpost', 'on an Outpost', "...(volume.outpostArn === null ? [] : ['ON_OUTPOST']),"),
  reason(
    'in-local-zone',
    'in a Local Zone',
    "...(availabilityZone === null || OF_THE_REGION.test(availabilityZone) ? [] : ['IN_LOCAL_ZONE']),",
  ),
  {
    name: 'volume-protected-by-tag',
    promise: 1,
    keeps: 'a volume that a tag protects is stale',
    in: 'ebs-volume/assess.ts#assess',
    find: "...(isProtectedByTag(volume.tags, policy.protectTags, now) ? ['PROTECTED_BY_TAG'] : []),",
    replace: '',
    tests: ASSESS,
  },
  {
    name: 'volume-attached-lately',
    promise: 1,
    keeps:
      'a volume is stale that something had lately, such as one that is attached only at night',
    in: 'ebs-volume/assess.ts#assess',
    find: "...(isLately ? ['ATTACHED_LATELY'] : []),",
    replace: '',
    tests: ASSESS,
  },
  {
    name: 'volume-age-of-evidence',
    promise: 1,
    keeps: 'a volume is stale that is younger than it would have to be unattached',
    in: 'ofAge',
    find: "Math.max(least.minAgeDays, state === 'error' ? 0 : least.minUnattachedDays)",
    replace: 'least.minAgeDays',
    tests: ASSESS,
  },
  {
    name: 'volume-references-incomplete',
    promise: 1,
    keeps: 'a volume is stale although something that could need it was not listed to its end',
    in: 'ebs-volume/assess.ts#assess',
    find: "...(volume.incompleteReferences.length > 0 ? ['REFERENCES_INCOMPLETE'] : []),",
    replace: '',
    tests: ASSESS,
  },
  {
    name: 'volume-looks-too-few',
    promise: 1,
    keeps: "a volume is stale by orgsweep's own looks of a few days",
    in: 'ebs-volume/assess.ts#assess',
    find: 'isByLooks(volume) && isTooShort',
    replace: 'false',
    tests: ASSESS,
  },
  {
    name: 'volume-last-day-is-of-use',
    promise: 1,
    keeps: 'the last day that a volume was used counts as one that it was unattached',
    in: 'unattachedSince',
    find: 'dayAfter(lastDay)',
    replace: 'startOf(lastDay)',
    tests: ASSESS,
  },
  {
    name: 'volume-history-is-chosen',
    promise: 1,
    keeps: 'looks of a few moments are taken for evidence though the policy does not say so',
    in: 'volumeMetrics',
    find: "ownPolicyOf(policyOfKind(policy, KIND)).volumeEvidence === 'history'",
    replace: "ownPolicyOf(policyOfKind(policy, KIND)).volumeEvidence !== 'none'",
    tests: DISCOVER,
  },
  {
    name: 'volume-datapoint-needs-no-control',
    promise: 1,
    keeps: 'a volume is deleted that CloudWatch shows as used between two looks',
    in: 'ebs-volume/metrics.ts#toAnswer',
    find: "metrics.lastDay === null ? 'no-control' : { ...metrics, isUncontrolled: true }",
    replace: "metrics.lastDay === '' ? { ...metrics, isUncontrolled: true } : 'no-control'",
    tests: ['volume-second-look'],
  },
  {
    name: 'volume-silence-needs-a-control',
    promise: 1,
    keeps: 'silence after an old datapoint is evidence though nothing could show',
    in: 'isProvedByMetrics',
    find: 'metrics.isUncontrolled !== true',
    replace: 'metrics.isUncontrolled !== undefined',
    tests: ['volume-second-look'],
  },
  {
    name: 'volume-looks-count-no-others-copy',
    promise: 1,
    keeps: "somebody else's snapshot is copy enough where only moments were looked at",
    in: 'copiesOf',
    find: 'ofOthers: isProvedByMetrics(volume) && whole',
    replace: 'ofOthers: whole',
    tests: ['volume-next-step'],
  },
  {
    name: 'volume-control-runs',
    promise: 1,
    keeps: 'a volume that nothing running has is taken for one that has to show in CloudWatch',
    in: 'longestAttached',
    find: "if (first?.state !== 'attached' || !isOnRunningInstance) continue;",
    replace: 'if (first === undefined) continue;',
    tests: DISCOVER,
  },
  {
    name: 'volume-control-shows-now',
    promise: 1,
    keeps: 'an answer that lacks the last days is believed, because it has old ones',
    in: 'askMetrics',
    find: '(told.last(volumes.length + index) ?? 0) >= today - DAY_MS',
    replace: 'told.last(volumes.length + index) !== null',
    tests: DISCOVER,
  },
  {
    name: 'volume-metrics-whole',
    promise: 1,
    keeps: 'a part of an answer of CloudWatch is taken for all of it',
    in: 'askMetrics',
    find: 'if (!told.isWhole(index)) return;',
    replace: '',
    tests: DISCOVER,
  },
  {
    name: 'volume-other-end',
    promise: 1,
    keeps: 'a volume is stale that an instance says it has',
    in: 'VolumeReferences.gather',
    find: 'gathering.addSource(INSTANCES, this.#noteRunning(this.#instances()), meant),',
    replace: '',
    tests: DISCOVER,
  },
  {
    name: 'volume-copies',
    promise: 1,
    keeps: 'a volume is stale that is being copied',
    in: 'copiesUnderWay',
    find: 'copies.set(sourceVolumeId, [...(copies.get(sourceVolumeId) ?? []), volumeId]);',
    replace: '',
    tests: DISCOVER,
  },
  {
    name: 'volume-cost-known',
    promise: 6,
    keeps: 'a volume whose price is not known is told to cost nothing',
    in: 'monthlyCostUsd',
    find: 'if (usd === null || units === null) return null;',
    replace: 'if (usd === null || units === null) continue;',
    tests: ['volume-costs'],
  },
];
