import { StepName } from '../../core/model/ids.ts';
import type { Kind } from '../../kinds/kind.ts';

/** What is wrong with how a kind says that it is removed, as sentences. */
export function faultsOfSteps({ removal, groups }: Pick<Kind, 'removal' | 'groups'>): string[] {
  if (removal === undefined) return [];
  const { steps, next } = removal;
  const names = steps.map(({ name }) => name);
  const faults: string[] = [];
  if (new Set(names).size < names.length) faults.push('two steps have the same name');
  if (steps.length > 1 && next === undefined) faults.push('nobody says which step is next');
  if (steps.length === 1 && next !== undefined) faults.push('one step needs no `next`');
  for (const [index, { name, waitDays, fence, run, undo }] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if (!StepName.safeParse(name).success) faults.push(`${name} is no name of a step`);
    if (index === 0 && waitDays !== undefined) faults.push('the first step waits for none');
    if (fence.by !== 'MARKER' && !fence.says.endsWith('.')) faults.push(`${name}: its fence`);
    // Of two executions that count on each other's copy, each has to see the other's marker.
    if (groups?.now !== undefined && fence.by !== 'MARKER')
      faults.push(`${name} isn't marked, and there are last copies`);
    if ('many' in run && !(run.most >= 1)) faults.push(`${name} takes none at once`);
    const ways = undo.map(({ way }) => way);
    if (new Set(ways).size < ways.length) faults.push(`${name} is undone twice in the same way`);
    if (ways.includes('NONE') && ways.length > 1) faults.push(`${name} is undone, and isn't`);
    if (ways.includes('RECYCLE_BIN') && !isLast) faults.push(`${name} leaves it there`);
    if (ways.includes('RECYCLE_BIN') && fence.by !== 'MARKER')
      faults.push(`${name}: rules of the bin go by the marker`);
    if (ways.includes('MADE') && index === 0) faults.push(`${name}: nothing was made before it`);
    for (const back of undo) {
      if (back.way === 'NONE' && !back.says.endsWith('.')) faults.push(`${name}: what is lost`);
      const isRecorded = 'record' in back && back.record !== undefined;
      if (back.way === 'RECREATION' && !isRecorded) faults.push(`${name}: there is no record`);
    }
  }
  return faults;
}
