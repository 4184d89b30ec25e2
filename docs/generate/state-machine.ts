import { instance } from '@viz-js/viz';
import { isDistributed, type Machine, type State } from '../../statemachine/asl.ts';
import { loadDefinition } from '../../statemachine/definition.ts';

type MapState = Extract<State, { Type: 'Map' }>;

/** Fill and shape of a state by its type; a Map is a box around its states. */
const LOOK: Readonly<Record<Exclude<State['Type'], 'Map'>, string>> = {
  Task: 'shape=box, style="rounded,filled", fillcolor="#e8f0fe", color="#3b6fd4"',
  Choice: 'shape=diamond, style=filled, fillcolor="#fff7e0", color="#9a6b00", height=0.6',
  Succeed: 'shape=box, style="rounded,filled", fillcolor="#e3f4e6", color="#2c7a3d"',
  Fail: 'shape=box, style="rounded,filled", fillcolor="#fdeaea", color="#b3352f"',
};

/** The picture of the state machine, from the one definition there is, as SVG. */
export async function stateMachinePicture(): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(dotOf(loadDefinition()), { format: 'svg' });
  const words =
    'The state machine: Prepare, ScanAccounts, Plan, ShowPlan, AwaitApproval, RemoveTargets, ';
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<title>[\s\S]*?<\/title>\n?/g, '')
    .replace('<svg ', '<svg role="img" aria-labelledby="title" ')
    .replace('>\n', `>\n<title id="title">${words}Summarize, Publish, Verdict</title>\n`);
}

function dotOf(machine: Machine): string {
  return [
    'digraph {',
    'graph [fontname="Helvetica,Arial,sans-serif", fontsize=11, bgcolor=white, compound=true, pad=0.2, nodesep=0.25, ranksep=0.3]',
    'node [fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.32, margin="0.22,0.05"]',
    'edge [color="#5f6368", arrowsize=0.6]',
    ...statesIn(machine),
    '}',
  ].join('\n');
}

function statesIn(machine: Machine): string[] {
  const states = Object.entries(machine.States);
  return [
    ...states.flatMap(([name, state]) =>
      state.Type === 'Map' ? mapBox(name, state) : [`"${name}" [${LOOK[state.Type]}]`],
    ),
    ...states.flatMap(([name, state]) => arrowsFrom(machine, name, state)),
  ];
}

function mapBox(name: string, map: MapState): string[] {
  const how = isDistributed(map) ? 'Distributed Map' : 'Map';
  return [
    `subgraph "cluster_${name}" {`,
    `label="  ${name}: ${how}, ${map.MaxConcurrency} at a time  "; color="#7b61c9"; style=rounded;`,
    ...statesIn(map.ItemProcessor),
    '}',
  ];
}

function arrowsFrom(machine: Machine, name: string, state: State): string[] {
  const end = anchors(name, state);
  const arrow = (to: string, more = '') => {
    const target = machine.States[to];
    const head = target === undefined ? undefined : anchors(to, target);
    const ends = [
      ...(end.box === undefined ? [] : [`ltail="${end.box}"`]),
      ...(head?.box === undefined ? [] : [`lhead="${head.box}"`]),
      ...(more === '' ? [] : [more]),
    ];
    return `"${end.last}" -> "${head?.first ?? to}" [${ends.join(', ')}]`;
  };
  if (state.Type === 'Succeed' || state.Type === 'Fail') return [];
  if (state.Type === 'Choice') {
    return [...state.Choices.map(({ Next }) => Next), state.Default].map((to) => arrow(to));
  }
  return [
    ...(state.Next === undefined ? [] : [arrow(state.Next)]),
    ...(state.Catch ?? []).map(({ Next }) => arrow(Next, 'style=dashed, color="#b3352f"')),
  ];
}

/** The states that an arrow to and from this one is drawn at; those of a Map end at its box. */
function anchors(name: string, state: State): { first: string; last: string; box?: string } {
  if (state.Type !== 'Map') return { first: name, last: name };
  const names = Object.keys(state.ItemProcessor.States);
  const lastName = names.at(-1) ?? name;
  const { first } = anchorOf(state.ItemProcessor, state.ItemProcessor.StartAt);
  const { last } = anchorOf(state.ItemProcessor, lastName);
  return { first, last, box: `cluster_${name}` };
}

function anchorOf(machine: Machine, name: string): { first: string; last: string } {
  const state = machine.States[name];
  return state === undefined ? { first: name, last: name } : anchors(name, state);
}
