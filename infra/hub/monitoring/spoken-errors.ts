import type { Machine } from '../../../statemachine/asl.ts';

const PUBLISH = /:states:::sns:publish$/;

/**
 * The errors of the Fail states that come after a message was published: such an execution has
 * spoken for itself, and every other that failed hasn't.
 */
export function spokenErrors(machine: Machine): string[] {
  const spoken = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const state = machine.States[name];
    if (state?.Type === 'Fail') spoken.add(state.Error);
    for (const next of nextOf(state)) visit(next);
  };
  for (const state of Object.values(machine.States)) {
    if (state.Type === 'Task' && PUBLISH.test(state.Resource)) nextOf(state).forEach(visit);
  }
  return [...spoken].sort();
}

function nextOf(state: Machine['States'][string] | undefined): string[] {
  if (state === undefined) return [];
  if (state.Type === 'Choice') return [...state.Choices.map(({ Next }) => Next), state.Default];
  return 'Next' in state && state.Next !== undefined ? [state.Next] : [];
}
