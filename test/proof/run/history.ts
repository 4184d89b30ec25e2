import { type Chapter, toChapter } from './chapter.ts';
import { kindsAsked, ownPolicyOf } from '../trial/volumes.ts';
import { REGIONS } from '../trial/regions.ts';
import type { Step, Trial } from '../trial/trial.ts';
import { lanesOf, openStage, type Run, type Stage } from './stage.ts';

type Look = (stage: Stage, chapters: readonly Chapter[]) => Promise<void>;

/**
 * Runs all steps of a trial; `look` sees each execution as the last of those so far, one of a pair
 * also after the other, and `afterwards` all of them.
 */
export async function runTrial(
  trial: Trial,
  look: Look,
  afterwards: Look = async () => undefined,
): Promise<void> {
  const stage = await openStage(trial.organization);
  const chapters: Chapter[] = [];
  try {
    for (const step of trial.steps) {
      const told = await runStep(stage, step, chapters);
      for (const one of told) {
        await look(stage, [...chapters, ...told.filter((other) => other !== one), one]);
      }
      chapters.push(...told);
    }
    await afterwards(stage, chapters);
  } finally {
    await stage.close();
  }
}

/** Runs one more step, of one execution or two; those before it gave their names to `earlier`. */
export async function runStep(
  stage: Stage,
  step: Step,
  earlier: readonly Chapter[],
): Promise<Chapter[]> {
  const { witness, places, forged } = stage;
  const round = (earlier.at(-1)?.round ?? 0) + 1;
  const runs = lanesOf(step).map(({ after, ...lane }, index): Run => {
    const executionId = `step-${earlier.length + index + 1}`;
    const last = earlier.findLast((one) => one.place === lane.place && one.lane === lane.lane);
    const input = inputOf(lane.step, stage, last);
    return { ...lane, executionId, input, afterMilliseconds: after };
  });
  const before = {
    calls: witness.calls.length,
    deletions: witness.deletions.length,
    volumeDeletions: witness.volumes.deletions.length,
    madeCopies: witness.volumes.made.length,
    writes: { hub: places.hub.writes.length, laptop: places.laptop.writes.length },
    forged: forged.length,
  };
  const ended = await stage.run(runs);
  return runs.map((run, index) => {
    const { lane, place } = run;
    return toChapter({
      ...{ run, round, ended: ended[index]!, now: stage.clock.now() },
      calls: witness.calls.slice(before.calls).filter((one) => one.lane === lane),
      deletions: witness.deletions.slice(before.deletions).filter(({ call }) => call.lane === lane),
      volumeDeletions: witness.volumes.deletions
        .slice(before.volumeDeletions)
        .filter(({ call }) => call.lane === lane),
      madeCopies: witness.volumes.made
        .slice(before.madeCopies)
        .filter(({ call }) => call.lane === lane),
      writes: places[place].writes
        .slice(before.writes[place])
        .filter((write) => write.lane === lane),
      forged: forged.slice(before.forged).find((one) => one.place === place) ?? null,
    });
  });
}

function inputOf(
  step: Step,
  { organization, shape: { volumes: hasVolumes } }: Stage,
  last: Chapter | undefined,
): object {
  const { mode, policy, override, limits, leavesOut, floors, remove, ofVolumes } = step;
  const named = (values: object) => {
    const entries = Object.entries(values).filter(([key]) => !floors?.unnamed.includes(key));
    return Object.fromEntries(entries);
  };
  const overridden = override === null ? undefined : organization.accounts[override.account]?.id;
  const plan = appliedPlanOf(step, last);
  return {
    mode,
    remove: kindsAsked(remove),
    policy: { ...named(policy), ...ownPolicyOf(ofVolumes, hasVolumes) },
    ...(overridden !== undefined && {
      policyOverrides: [
        {
          accounts: [overridden],
          policy: { ...override?.policy, ...ownPolicyOf(override?.ofVolumes, hasVolumes) },
        },
      ],
    }),
    limits: named(limits),
    ...named(approvalIn(step)),
    scope: {
      excludeAccounts: leavesOut.accounts.flatMap(
        (index) => organization.accounts[index]?.id ?? [],
      ),
      excludeRegions: leavesOut.regions.map((index) => REGIONS[index] ?? REGIONS[0]),
    },
    ...(plan && { plan: plan.executionId }),
  };
}

function approvalIn({ approval, floors }: Step): { approval?: string } {
  if (approval !== 'not asked') return { approval: 'required' };
  return floors === null ? {} : { approval: 'none' };
}

/** The execution whose plan a step applies; `last` is the one before it, in the same place. */
export function appliedPlanOf(step: Step, last: Chapter | undefined): Chapter | undefined {
  const isApplicable = last?.plan?.status === 'READY' || last?.plan?.status === 'PREVIEW';
  return step.appliesPlan && step.mode === 'delete' && isApplicable ? last : undefined;
}
