import type { Purpose } from '../../aws/sessions/purpose.ts';
import { changingPolicy, readingPolicy } from '../../aws/sessions/session-policy.ts';
import { IAM_LIMITS, lengthOf } from '../../infra/policies/policy-limits.ts';
import { spokePolicies } from '../../infra/spoke/spoke-policies.ts';
import { type Granted, sessionActions } from '../../kinds/grant.ts';
import { KINDS } from '../../kinds/registry.ts';
import { KINDS_TO_COME } from '../../test/infra/spoke/kinds-to-come.ts';

/** The longest name that a partition has. */
const PARTITION = 'aws-us-gov';
const TAGS = Array.from({ length: 20 }, (_, at) => `company:protection-${at}=yes`);

/** Of `docs/iam-permissions.md`: how many characters the policies have, and how many IAM takes. */
export function policySizes(): string {
  const today = sizesOf(KINDS);
  const all = sizesOf([...KINDS, ...KINDS_TO_COME]);
  const rows = Object.entries(today).map(
    ([what, [limit, size]]) => `| ${what} | ${limit} | ${size} | ${all[what]?.[1]} |`,
  );
  return [
    `In characters, for ${TAGS.length} protect tags of the form \`key=value\` and the longest name of a partition. The last column is an estimate: what ${KINDS_TO_COME.map(({ kind }) => `\`${kind}\``).join(', ')} will need as well, as far as it is known. The tests add up both.`,
    [
      `| policy | IAM takes | with ${KINDS.map(({ kind }) => `\`${kind}\``).join(', ')} | with the kinds to come |`,
      '|---|---|---|---|',
      ...rows,
    ].join('\n'),
    "A tag is one statement (`key=value`: two, as a key may have a `=` in it), whatever the kinds' actions. A statement denies every action (`*`), which is more than the kinds need, and safe. Where a tag keeps some kinds and not others, it names what is removed of those it keeps.",
    'A session that reads names each action while STS takes that many. Else several `Describe…` or `List…` of a service are one `Describe*` or `List*`. Nothing becomes allowed by that, as a session may do no more than its role, and the role names each action.',
  ].join('\n\n');
}

/** By policy: what IAM takes, and what it is. */
function sizesOf(kinds: readonly Granted[]): Record<string, readonly [string, string]> {
  const policies = (purpose: Purpose) =>
    spokePolicies(purpose, {
      kinds: kinds.filter(({ iam }) => iam[purpose].length > 0),
      partition: PARTITION,
      protectTags: TAGS,
    });
  const { discover, remove, restore } = sessionActions(kinds);
  const changes = [remove, restore]
    .flatMap((byKind) => Object.values(byKind).flatMap((bySteps) => Object.values(bySteps)))
    .map(({ actions }) => changingPolicy(actions));
  const inline = (purpose: Purpose) =>
    [figure(IAM_LIMITS.inlineLength), figure(lengthOf(policies(purpose).inline))] as const;
  const attached = policies('remove').attached.map((policy) => figure(lengthOf(policy)));
  return {
    'the discovery role': inline('discover'),
    'the deletion role, what it may do': inline('remove'),
    'what it is denied, in managed policies': [
      `${figure(IAM_LIMITS.managedLength)} each`,
      attached.join(' + '),
    ],
    'the restore role': inline('restore'),
    'a session that reads': ['2,048', figure(readingPolicy(discover).length)],
    'the longest session that changes something': [
      '2,048',
      figure(Math.max(...changes.map(({ length }) => length))),
    ],
  };
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
