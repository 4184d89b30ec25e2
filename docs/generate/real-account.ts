import { groupBy } from '../../core/model/group-by.ts';
import { BY_HAND } from '../../tools/real-account/by-hand.ts';
import { NOT_IN_SIMULATION } from '../../tools/real-account/not-in-simulation.ts';
import { policyDocument } from '../../tools/real-account/policy.ts';
import type { Probe } from '../../tools/real-account/probe.ts';
import { costUsd, PROBES } from '../../tools/real-account/table.ts';

const MATTERS: Readonly<Record<Probe['matters'], string>> = {
  SAFETY: 'deletion or undo',
  COVERAGE: 'what is seen',
  WORDS: 'words',
};

/** What the script tries, costs and may do, as its own tables say. */
export function realAccountTables(): string {
  return [
    '## What it costs',
    '',
    `- Without \`--write\`: **${usd(costUsd(false))}**. AWS does not charge for these reads.`,
    `- With \`--write\`: **at most ${usd(costUsd(true))}**: a volume of 1 GiB and its snapshots for a day, some requests to S3 and to the EBS direct APIs. The volume is empty, so its snapshots hold nothing.`,
    '',
    'These are list prices, reckoned with the dearest Region. No bill was looked at.',
    '',
    '## What it may do',
    '',
    'Without `--write`, the first two statements are enough. The second denies what orgsweep does not need, so that a denial can be seen.',
    '',
    '```json',
    JSON.stringify(policyDocument(), null, 2),
    '```',
    '',
    `## What it settles: ${PROBES.length} facts`,
    '',
    ...probeTable(PROBES.filter(({ sends }) => sends === 'READS')),
    '',
    '### With `--write`',
    '',
    ...probeTable(PROBES.filter(({ sends }) => sends === 'WRITES')),
    '',
    '### What the simulated organization cannot answer',
    '',
    'Run there, these stay NOT SETTLED:',
    '',
    ...notInSimulation(),
    '',
    `## What no script can settle: ${BY_HAND.length} facts`,
    '',
    ...BY_HAND.flatMap(({ fact, assumedIn, matters, how }) => [
      `- **${fact}** Assumed in \`${assumedIn}\`. If it is otherwise: ${matters}`,
      '',
      `  ${how}`,
      '',
    ]),
  ].join('\n');
}

function probeTable(probes: readonly Probe[]): string[] {
  const rows = groupBy(probes, ({ name, ofAll }) => ofAll ?? name);
  return [
    '| name | what orgsweep assumes | it is about | if it is otherwise | assumed in |',
    '|---|---|---|---|---|',
    ...rows.flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const names = alike.map(({ name }) => name).join(', ');
      const files = [...new Set(alike.flatMap(({ assumedIn }) => assumedIn.split(', ')))];
      const { fact, ofAll = fact, matters, otherwise } = first;
      const cells = [code(names), ofAll, MATTERS[matters], otherwise, code(files.join(', '))];
      return [`| ${cells.join(' | ')} |`];
    }),
  ];
}

function code(list: string): string {
  return list
    .split(', ')
    .map((one) => `\`${one}\``)
    .join(', ');
}

function notInSimulation(): string[] {
  const reasons = [...new Set(Object.values(NOT_IN_SIMULATION))];
  return reasons.map((reason) => {
    const names = Object.entries(NOT_IN_SIMULATION).filter(([, why]) => why === reason);
    return `- ${code(names.map(([name]) => name).join(', '))}. ${reason}`;
  });
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
