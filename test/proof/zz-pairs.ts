import fc from 'fast-check';
import { trialsOf } from './dimensions.ts';
import { runTrial } from './history.ts';
const trials = fc.sample(trialsOf('pairs'), { seed: 3, numRuns: 40 });
let vols = 0, cand = 0;
for (const [i, trial] of trials.entries()) {
  await runTrial(trial, async () => undefined, async (stage, chapters) => {
    for (const a of chapters) for (const b of chapters) {
      if (a === b || a.round !== b.round || a.lane !== 'main') continue;
      const pa = new Set(a.plan?.status === 'READY' ? a.plan.removals.map((r) => r.resourceId) : []);
      const pb = new Set(b.plan?.status === 'READY' ? b.plan.removals.map((r) => r.resourceId) : []);
      const free = !a.step.policy.allowLastCopy && !b.step.policy.allowLastCopy;
      let n = 0;
      for (const x of pa) { const all = [x, ...stage.witness.needs.otherCopies(x)]; if (all.length > 1) vols++; if (all.every((y) => pa.has(y) || pb.has(y))) n++; }
      if (n) cand++;
      console.log(i, a.place, b.place, a.step.policy.protectTags.join(), '|', b.step.policy.protectTags.join(), 'plans', pa.size, pb.size, 'both cover', n, 'free', free, 'del', a.deletions.length, b.deletions.length);
    }
  });
}
console.log({ vols, cand });
process.exit(0);
