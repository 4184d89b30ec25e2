import type { Guard } from '../../guard.ts';

const STEP = ['volume-next-step'];

/** What is no copy of a volume, taken out. */
function lack(name: string, keeps: string, find: string): Guard {
  return {
    ...{ name: `volume-copy-${name}`, promise: 1 },
    keeps: `a volume is deleted though its only snapshot ${keeps}`,
    ...{ in: 'lackOf', find, replace: '', tests: STEP },
  };
}

/** A volume goes only once there is a copy of it that stays. */
export const COPIES_OF_VOLUMES: readonly Guard[] = [
  lack('marked', 'is about to be deleted', "if (copy.isMarked) return 'MARKED';"),
  lack('of-ami', 'goes with an AMI', "if (copy.isOfAmi) return 'OF_AMI';"),
  lack('managed', 'is deleted by what made it', "if (copy.isManaged) return 'MANAGED';"),
  lack(
    'of-another',
    'is the final copy of another one',
    "if (copy.finalCopyOf !== null && copy.finalCopyOf !== volumeId) return 'OF_ANOTHER';",
  ),
  lack(
    'ends-soon',
    'ends soon',
    "if (copy.finalCopyOf !== null && !staysFor(copy, now)) return 'ENDS_SOON';",
  ),
  {
    name: 'volume-copy-completed',
    promise: 1,
    keeps: 'a volume is deleted while its copy is being made, or after that failed',
    in: 'lackOf',
    find: "copy.state === 'completed' ? null : 'NOT_COMPLETED'",
    replace: 'null',
    tests: STEP,
  },
  {
    name: 'volume-copy-after-last-use',
    promise: 1,
    keeps: 'a volume is deleted by a snapshot from before it was attached last',
    in: 'wasStartedSince',
    find: 'startedAt !== null && Date.parse(startedAt) > Date.parse(since)',
    replace: 'startedAt !== null || since !== null',
    tests: STEP,
  },
  {
    name: 'volume-copies-asked',
    promise: 1,
    keeps: 'a volume is deleted though nobody knows which snapshots there are of it',
    in: 'ebs-volume/next-step.ts#nextStep',
    find: 'if (volume.copies === null) return COPY;',
    replace: '',
    tests: STEP,
  },
  {
    name: 'volume-failed-stays',
    promise: 1,
    keeps: 'a volume that failed, of which nothing keeps anything, is deleted',
    in: 'ebs-volume/next-step.ts#nextStep',
    find: "if (volume.state === 'error') return { ...DELETE, byItself: true, hold: 'NO_COPY' };",
    replace: '',
    tests: STEP,
  },
  {
    name: 'volume-no-copy',
    promise: 1,
    keeps: 'a volume of which no copy is made is deleted without anybody having allowed it',
    in: 'ebs-volume/next-step.ts#nextStep',
    find: "...(!own.allowNoCopy && { hold: 'NO_COPY' })",
    replace: '',
    tests: STEP,
  },
  {
    name: 'hold-of-the-step',
    promise: 1,
    keeps: 'what its kind holds back at its step is planned',
    in: 'ownHolds',
    find: 'if (finding.nextStep?.hold !== undefined) reasons.push(finding.nextStep.hold);',
    replace: '',
    tests: ['plan/steps'],
  },
  {
    name: 'hold-at-the-second-look',
    promise: 3,
    keeps: 'what its kind holds back by now is removed, as the plan knew nothing of it',
    in: 'endOfAnotherStep',
    find: "if (nextStep?.hold !== undefined) return { outcome: 'PROTECTED', reasons: [nextStep.hold] };",
    replace: '',
    tests: ['removal/steps.property'],
  },
  {
    name: 'step-of-what-is-open',
    promise: 1,
    keeps: 'a step that was taken is forgotten, as nobody asked yet what shows it',
    in: 'stillStale',
    find: 'const isKnown = (evidence.unanswered ?? []).length === 0;',
    replace: 'const isKnown = true || evidence;',
    tests: ['history/history'],
  },
  {
    name: 'controls-of-the-second-look',
    promise: 3,
    keeps: 'before a removal our own looks are taken for evidence, though CloudWatch can be asked',
    in: 'recheckAndAsk',
    find: 'known: null',
    replace: 'known: candidates',
    tests: ['volume-second-look'],
  },
];
