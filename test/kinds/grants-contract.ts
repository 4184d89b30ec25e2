import { MARKER } from '../../core/tags/marker.ts';
import { PROTECT_TAG } from '../../core/tags/protection.ts';
import { fencingOf, type Granted, type Grant } from '../../kinds/grant.ts';
import type { Kind } from '../../kinds/kind.ts';

/** What is wrong with what a kind asks IAM for, by how it says that it is removed, as sentences. */
export function faultsOfGrants(kind: Granted & Pick<Kind, 'removal'>): string[] {
  const { iam, removal } = kind;
  const steps = removal?.steps ?? [];
  const names = steps.map(({ name }) => name);
  const isFor = (grant: Grant, name: string) => grant.steps?.includes(name) ?? true;
  const faults: string[] = [];
  for (const grant of [...iam.remove, ...iam.restore]) {
    const [action] = grant.actions;
    const unknown = (grant.steps ?? []).filter((step) => !names.includes(step));
    if (unknown.length > 0) faults.push(`${action} is for ${unknown.join(', ')}, which is no step`);
    if (grant.does === 'READ' || grant.does === 'MARK' || grant.does === 'PROTECT') continue;
    // Else the session of one step could take another.
    if (names.length > 1 && grant.steps === undefined)
      faults.push(`${action} doesn't say which steps it is for`);
    if (grant.does !== 'MAKE') continue;
    const { keys } = grant.tags;
    const isAnew = iam.restore.includes(grant);
    if ((keys === 'AS_BEFORE') !== isAnew) faults.push(`${action}: whose tags`);
    if (keys.length === 0) faults.push(`${action}: by which tags it is ours`);
    if (keys.includes(MARKER.key)) faults.push(`${action} makes what may be removed at once`);
    if (keys.includes(PROTECT_TAG)) faults.push(`${action} makes what is kept for ever`);
  }
  for (const grant of iam.remove) {
    if (grant.does === 'READ') continue;
    try {
      fencingOf(kind, grant);
    } catch (error) {
      if (grant.does !== 'MARK') faults.push((error as Error).message);
    }
  }
  for (const { name, fence, undo, findMade } of steps) {
    const does = new Set(iam.remove.flatMap((grant) => (isFor(grant, name) ? grant.does : [])));
    if (!does.has('REMOVE') && !does.has('MAKE')) faults.push(`${name}: nothing allows it`);
    if (does.has('MAKE') !== (findMade !== undefined))
      faults.push(
        `${name}: ${findMade ? 'makes nothing' : 'what a lost answer made is not found'}`,
      );
    if (does.has('MARK') !== (fence.by === 'MARKER'))
      faults.push(`${name}: ${does.has('MARK') ? 'marks' : "doesn't mark"} what it is taken with`);
    const back = new Set(iam.restore.flatMap((grant) => (isFor(grant, name) ? grant.does : [])));
    const isUndone = undo.some(({ way }) => way !== 'NONE');
    // What only makes something leaves the resource as it was: there is nothing to bring back.
    if (!does.has('REMOVE')) continue;
    if (isUndone !== (back.has('BRING_BACK') || back.has('MAKE')))
      faults.push(`${name}: ${isUndone ? 'nothing allows its way back' : 'a way back of nothing'}`);
  }
  return faults;
}
