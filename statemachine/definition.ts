import { Definition, type Machine, type State, type TaskState } from './asl.ts';
import sweep from './sweep.asl.json' with { type: 'json' };

/**
 * The state machine as it stands in `sweep.asl.json`, its placeholders not yet filled in.
 *
 * @throws naming the path of every field that isn't understood
 */
export function loadDefinition(): Definition {
  return parseDefinition(JSON.stringify(sweep));
}

/**
 * @throws naming the path of every field that isn't understood
 *
 * @internal Tests read definitions of their own.
 */
export function parseDefinition(text: string): Definition {
  const parsed = Definition.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(`state machine: ${parsed.error.issues.map(complaint).join('; ')}`);
  }
  const misplaced = findInputInsideInlineMap(parsed.data);
  if (misplaced !== undefined) {
    // The interpreter gives the iteration's item there, AWS the execution's input.
    throw new Error(`state machine: ${misplaced}: $$.Execution.Input inside an inline Map`);
  }
  const names = [...statesOf(parsed.data)].map((placed) => placed.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`state machine: two states are called ${twice}`);
  return parsed.data;
}

function complaint(issue: { code?: string; message: string; path: PropertyKey[] }): string {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return `${where}: ${issue.message}`;
  const keys = (issue as { keys?: string[] }).keys ?? [];
  return keys.map((key) => `${where && `${where}.`}${key} isn't understood`).join('; ');
}

/**
 * Fills `${Name}` in, inside strings only, as CloudFormation's DefinitionSubstitutions do.
 *
 * @throws naming a placeholder without a value, or a value without a placeholder
 */
export function substitute(
  definition: Definition,
  values: Readonly<Record<string, string>>,
): Definition {
  const unused = new Set(Object.keys(values));
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`state machine: no value for \${${name}}`);
      unused.delete(name);
      return value;
    });
  const filled: unknown = JSON.parse(JSON.stringify(definition), (_, value: unknown) =>
    typeof value === 'string' ? fill(value) : value,
  );
  if (unused.size > 0) {
    throw new Error(`state machine: no placeholder for ${[...unused].join(', ')}`);
  }
  return filled as Definition;
}

/** A state with where it stands: the names of the Maps around it, outermost first. */
export interface PlacedState {
  readonly name: string;
  readonly state: State;
  readonly within: readonly string[];
}

/** All states, those inside Maps included, in the order of the file. */
export function* statesOf(
  machine: Machine,
  within: readonly string[] = [],
): Generator<PlacedState> {
  for (const [name, state] of Object.entries(machine.States)) {
    yield { name, state, within };
    if (state.Type === 'Map') yield* statesOf(state.ItemProcessor, [...within, name]);
  }
}

export function tasksOf(machine: Machine): (PlacedState & { state: TaskState })[] {
  return [...statesOf(machine)].filter(
    (placed): placed is PlacedState & { state: TaskState } => placed.state.Type === 'Task',
  );
}

function findInputInsideInlineMap(machine: Machine): string | undefined {
  for (const { name, state } of statesOf(machine)) {
    if (state.Type !== 'Map' || state.ItemProcessor.ProcessorConfig.Mode !== 'INLINE') continue;
    const task = tasksOf(state.ItemProcessor).find((inner) =>
      JSON.stringify(inner.state.Parameters ?? {}).includes('$$.Execution.Input'),
    );
    if (task !== undefined) return `${name}.${task.name}`;
  }
  return undefined;
}
