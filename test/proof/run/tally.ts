import type { Chapter } from './chapter.ts';
import { count } from './count.ts';
import { amiCasesOf } from '../amis/cases.ts';
import { leftoverCasesOf } from '../leftovers/cases.ts';
import { casesOf } from '../volumes/cases.ts';
import type { Stage } from './stage.ts';

/** What was run, so that nobody takes an empty run for a proof. */
export interface Tally {
  trials: number;
  executions: number;
  calls: number;
  /** Calls that were answered wrongly. */
  faults: number;
  /** What other users did meanwhile. */
  acts: number;
  crashes: number;
  tamperings: number;
  /** Files that somebody changed. */
  forgeries: number;
  /** Executions that ran beside another. */
  pairs: number;
  /** Executions by a clock that was wrong at some time. */
  wrongClocks: number;
  /** Executions that somebody had to approve. */
  approvals: number;
  /** Executions under a deployment's floors, and those among them whose floors were raised. */
  floors: number;
  raisedFloors: number;
  /** Trials after which everything was restored, and one more execution run. */
  restores: number;
  deletions: number;
  /** Volumes that were copied, and deleted. */
  copies: number;
  volumeDeletions: number;
  /** What laws about both kinds, and about leftovers, need to come up. */
  byCase: Record<string, number>;
  /** By what became of them, volumes that were restored. */
  byReturn: Record<string, number>;
  /** What orgsweep did not do with volumes in the end, by why. */
  byKept: Record<string, number>;
  /** Executions by mode and status. */
  byEnding: Record<string, number>;
  /** Forgeries by the kind of file and the manner. */
  byForgery: Record<string, number>;
  /** Pairs by where their files are, and whether their protect tags differ. */
  byPair: Record<string, number>;
  /** Executions by the most minutes that their clock was wrong. */
  byClockMinutes: Record<string, number>;
  /** Of executions that something else than a fault or other user befell. */
  deletionsBeside: Record<
    'forgery' | 'pair' | 'wrong clock' | 'approval' | 'floors' | 'raised floors',
    number
  >;
}

export function emptyTally(): Tally {
  return {
    trials: 0,
    executions: 0,
    calls: 0,
    faults: 0,
    acts: 0,
    crashes: 0,
    tamperings: 0,
    forgeries: 0,
    pairs: 0,
    wrongClocks: 0,
    approvals: 0,
    floors: 0,
    raisedFloors: 0,
    restores: 0,
    deletions: 0,
    copies: 0,
    volumeDeletions: 0,
    byCase: {},
    byReturn: {},
    byKept: {},
    byEnding: {},
    byForgery: {},
    byPair: {},
    byClockMinutes: {},
    deletionsBeside: {
      forgery: 0,
      pair: 0,
      'wrong clock': 0,
      approval: 0,
      floors: 0,
      'raised floors': 0,
    },
  };
}

/** Counts what a restore brought back in the end. */
export function countReturned(tally: Tally, { returned }: Stage): void {
  for (const [how, many] of Object.entries(returned))
    tally.byReturn[how] = (tally.byReturn[how] ?? 0) + many;
}

/** Counts what ran on one stage. */
export function countStage(tally: Tally, stage: Stage, chapters: readonly Chapter[]): void {
  const { witness, forged } = stage;
  tally.trials += 1;
  tally.calls += witness.calls.length;
  tally.faults += witness.counts.faults;
  tally.acts += witness.counts.acts;
  tally.deletions += witness.deletions.length;
  tally.copies += witness.volumes.made.length;
  tally.volumeDeletions += witness.volumes.deletions.length;
  const cases = {
    ...(stage.shape.volumes && casesOf(stage, chapters)),
    ...(stage.shape.leftovers && leftoverCasesOf(stage, chapters)),
    ...(stage.shape.amis && amiCasesOf(stage, chapters)),
  };
  for (const [name, many] of Object.entries(cases))
    tally.byCase[name] = (tally.byCase[name] ?? 0) + many;
  tally.forgeries += forged.length;
  for (const { file, manner } of forged) count(tally.byForgery, `${file}: ${manner}`);
  for (const chapter of chapters) countChapter(tally, chapter);
}

function countChapter(tally: Tally, chapter: Chapter): void {
  const { step, summary, crashed, tampered, clockMinutes, deletions, forged } = chapter;
  const { beside, approval } = step;
  tally.executions += 1;
  for (const { kind, outcome, reasons } of chapter.removals)
    if (kind === 'ebs-volume' && outcome !== 'REMOVED' && outcome !== 'STEP_DONE')
      count(tally.byKept, [outcome, ...reasons].join(' '));
  tally.crashes += crashed ? 1 : 0;
  tally.tamperings += tampered ? 1 : 0;
  count(tally.byEnding, `${step.mode} ${summary?.status ?? 'NOT_SUMMARIZED'}`);
  if (beside !== null) {
    const [own, other] = [step, beside.step].map(({ policy }) => policy.protectTags.join());
    const tags = own === other ? 'the same tags' : 'other tags';
    tally.pairs += 1;
    count(tally.byPair, `${beside.place === 'hub' ? 'one store' : 'two stores'}, ${tags}`);
    tally.deletionsBeside.pair += deletions.length;
  }
  if (clockMinutes > 0) {
    tally.wrongClocks += 1;
    count(tally.byClockMinutes, String(clockMinutes));
    tally.deletionsBeside['wrong clock'] += deletions.length;
  }
  if (approval !== 'not asked') {
    tally.approvals += 1;
    tally.deletionsBeside.approval += deletions.length;
  }
  if (step.floors !== null) {
    tally.floors += 1;
    tally.deletionsBeside.floors += deletions.length;
    if (step.floors.raised !== null) {
      tally.raisedFloors += 1;
      tally.deletionsBeside['raised floors'] += deletions.length;
    }
  }
  if (forged !== null) tally.deletionsBeside.forgery += deletions.length;
}
