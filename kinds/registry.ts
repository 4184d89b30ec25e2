import type { Purpose } from '../aws/sessions/spoke-session.ts';
import { InvalidInput } from '../core/model/errors.ts';
import { executionInput } from '../core/input/input.ts';
import { ebsSnapshot } from './ebs-snapshot/index.ts';
import { actionsOf } from './grant.ts';
import type { Grant } from './grant.ts';
import type { Kind } from './kind.ts';

/** Every kind there is. A kind that isn't in this list doesn't exist. */
export const KINDS: readonly Kind[] = [ebsSnapshot];

/** @internal A test goes through all of them. */
export const KIND_NAMES: readonly string[] = KINDS.map(({ kind }) => kind);

/** What `policy.skipReferences` may name. */
export const SKIPPABLE_REFERENCES: readonly string[] = sortedUnique(
  KINDS.flatMap(({ references }) => references.filter(({ skippable }) => skippable)).map(
    ({ name }) => name,
  ),
);

/** The execution input's schema, with the kinds and references that there are. */
export const ExecutionInput = executionInput(KIND_NAMES, SKIPPABLE_REFERENCES);

/** Listing an account's Regions needs this, whatever the kinds. */
const LIST_REGIONS: Grant = { does: 'READ', actions: ['ec2:DescribeRegions'] };

/** @throws {InvalidInput} for a name that no kind has */
export function kindByName(name: string): Kind {
  const found = KINDS.find(({ kind }) => kind === name);
  if (found !== undefined) return found;
  throw new InvalidInput(`kind "${name}" doesn't exist; accepted: ${KIND_NAMES.join(', ')}`);
}

/** The IAM actions that a session of this purpose needs: those of all kinds, sorted. */
export function permissionsOf(purpose: Purpose): readonly string[] {
  return sortedUnique(actionsOf(grantsOf(purpose)));
}

/** What a role of this purpose is for: the grants of all kinds, one by one. */
export function grantsOf(purpose: Purpose): readonly Grant[] {
  const base = purpose === 'discover' ? [LIST_REGIONS] : [];
  return [...base, ...KINDS.flatMap(({ iam }) => iam[purpose])];
}

/** Keys of tags by which other services show that something is theirs, of all kinds, sorted. */
export const MANAGER_TAG_KEYS: readonly string[] = sortedUnique(
  KINDS.flatMap(({ managerTagKeys }) => managerTagKeys),
);

/** Kinds such that each comes after all that `removedAfter` names. @throws when they go in a circle */
export function inRemovalOrder(kinds: readonly Kind[]): Kind[] {
  const ordered: Kind[] = [];
  while (ordered.length < kinds.length) {
    const next = kinds.find(
      (kind) =>
        !ordered.includes(kind) &&
        kind.removedAfter.every(
          (name) =>
            ordered.some((earlier) => earlier.kind === name) ||
            !kinds.some((other) => other.kind === name),
        ),
    );
    if (next === undefined) throw new Error('The kinds wait for each other in a circle');
    ordered.push(next);
  }
  return ordered;
}

function sortedUnique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
