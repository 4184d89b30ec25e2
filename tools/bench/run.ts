// `npm run bench`: the figures as JSON on stdout, what it is doing on stderr. Exits with 1 when a
// bound is broken.
import { availableParallelism, totalmem } from 'node:os';
import { reportOfBundles } from './bundles.ts';
import { CASES } from './cases.ts';
import { reportOfKinds } from './kinds.ts';
import { MANY_CASES, reportOfMany } from './many.ts';
import type { BenchCase, Run } from './messages.ts';
import { reportOfPage } from './page.ts';
import { reportOfProof } from './proof.ts';
import { REMOVAL_CASES, reportOfRemoval } from './removals/snapshots.ts';
import { reportOfRemovalOfVolumes } from './removals/volumes.ts';
import { reportOf } from './report.ts';
import { runOnce } from './run-once.ts';

const cases = [];
for (const benchCase of CASES) cases.push(reportOf(benchCase, await runAll(benchCase)));
process.stderr.write('kinds: calls with each alone and with all\n');
const kinds = await reportOfKinds();
const removals = [];
for (const removalCase of REMOVAL_CASES) {
  process.stderr.write(`${removalCase.name}\n`);
  removals.push(await reportOfRemoval(removalCase));
}
process.stderr.write('removal-of-volumes\n');
const volumes = await reportOfRemovalOfVolumes();
const many = [];
for (const manyCase of MANY_CASES) {
  process.stderr.write(`${manyCase.name}: more than fits in memory\n`);
  many.push(await reportOfMany(manyCase));
}
process.stderr.write('proof: whole executions over random organizations\n');
const proof = await reportOfProof();
process.stderr.write('bundles: size and load time of what is deployed\n');
const bundles = reportOfBundles();
process.stderr.write('page: report.html with 50,000 findings, in a browser\n');
const page = await reportOfPage();
const ok = [...cases, kinds, ...removals, volumes, ...many, proof, bundles, page].every(
  (report) => report.ok,
);
const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpus: availableParallelism(),
  memoryMiB: Math.round(totalmem() / 2 ** 20),
};
process.stdout.write(
  `${JSON.stringify({ schemaVersion: 1, machine, cases, kinds, removals, volumes, many, proof, bundles, page, ok }, null, 2)}\n`,
);
process.exitCode = ok ? 0 : 1;

async function runAll(benchCase: BenchCase): Promise<Run[]> {
  const runs: Run[] = [];
  while (runs.length < benchCase.runs) {
    process.stderr.write(`${benchCase.name}: run ${runs.length + 1} of ${benchCase.runs}`);
    const run = await runOnce(benchCase);
    process.stderr.write(` took ${run.sweep.wallSeconds.toFixed(1)} s\n`);
    runs.push(run);
  }
  return runs;
}
