import type { Guard } from '../guard.ts';

const SETS = 'core/sets.ts';
const FOUND = 'kinds/ebs-snapshot/sets.ts';
const FOUND_TESTS = ['test/kinds/ebs-snapshot/sets.test.ts'];
const PLANS = ['test/core/sets.test.ts'];
const SETS_AT_REMOVAL = 'sweep/removal-sets.ts';
const SECOND_LOOK = ['test/end-to-end/sets.test.ts'];

/** What is consistent only together stays or goes together. */
export const SET_GUARDS: readonly Guard[] = [
  {
    name: 'set-of-unknown-instance',
    promise: 1,
    keeps: 'half of a crash-consistent set goes once its volumes are gone',
    file: FOUND,
    find: '? !contradict(snapshot.tags, moment[b]?.tags ?? {})',
    replace: '? false',
    tests: FOUND_TESTS,
  },
  {
    name: 'set-in-spite-of-a-later-tag',
    promise: 1,
    keeps: 'a tag that protects one snapshot of a set gives the others away',
    file: FOUND,
    find: 'return isOfMaking(key, value) && isOfMaking(key, other);',
    replace: 'return true;',
    tests: FOUND_TESTS,
  },
  {
    name: 'set-held-whole',
    promise: 1,
    keeps: 'a plan removes a part of a set of which another part stays',
    file: SETS,
    find: 'if (why !== undefined) draft.notWhole = why;',
    replace: '',
    tests: PLANS,
  },
  {
    name: 'set-with-what-is-in-use',
    promise: 1,
    keeps: 'a member that is plainly in use, and so not listed, is taken for none',
    file: SETS,
    find: 'if (set.length >= of.size) return undefined;',
    replace: 'if (set.length > 0) return undefined;',
    tests: PLANS,
  },
  {
    name: 'set-within-a-limit',
    promise: 1,
    keeps: 'a limit on numbers cuts a set in half',
    file: SETS,
    find: 'for (const unit of groupBySet(items, setOf)) {',
    replace: 'for (const unit of groupBySet(items, () => undefined)) {',
    tests: PLANS,
  },
  {
    name: 'set-over-the-whole-target',
    promise: 1,
    keeps: 'a set is looked for among less than all snapshots of the account and Region',
    file: 'kinds/ebs-snapshot/aws.ts',
    find: 'set: sets.get(snapshot.snapshotId) ?? null,',
    replace: 'set: null,',
    tests: SECOND_LOOK,
    title: 'a tag protects one of them',
  },
  {
    name: 'set-rechecked-whole',
    promise: 3,
    keeps: 'the others of a set go although the second look keeps one',
    file: SETS_AT_REMOVAL,
    find: 'if (mates.some((mate) => isKept(run, mate))) {',
    replace: 'if (mates.some((mate) => isKept(run, mate) && removal.set === undefined)) {',
    tests: SECOND_LOOK,
    title: 'the second look keeps its last one',
  },
  {
    name: 'set-of-more-than-a-batch',
    promise: 3,
    keeps: 'half of a large set is gone before the other half is looked at again',
    file: 'sweep/removal-batch.ts',
    find: 'await lookAtWholeSets(run, batch);',
    replace: 'if (batch.removals.length < 0) await lookAtWholeSets(run, batch);',
    tests: SECOND_LOOK,
    title: 'of (60|more than a batch)',
  },
  {
    name: 'set-marked-whole',
    promise: 3,
    keeps: 'a part of a set goes although another part can not be marked',
    file: 'sweep/removal-batch.ts',
    find: 'const ready = await onlyWholeSets(run, through, mayGoAfter(run, removals, through, mayGo));',
    replace: 'const ready = through;',
    tests: SECOND_LOOK,
    title: 'marked|whatever somebody does',
  },
  {
    name: 'set-stops-in-the-middle',
    promise: 3,
    keeps: 'after a refusal in the middle of a set the rest of it goes too',
    file: 'sweep/removal-batch.ts',
    find: 'const isGoing = await isSetGoing(run, one.removal);',
    replace: 'const isGoing = one.removal.resourceId !== "";',
    tests: SECOND_LOOK,
    title: 'refusal breaks',
  },
  {
    name: 'broken-set-is-told',
    promise: 6,
    keeps: 'a set of which only a part was removed looks like any other removal',
    file: 'core/make-summary.ts',
    find: 'return tellBrokenSets(ended.plan, outcomes);',
    replace: 'return outcomes;',
    tests: SECOND_LOOK,
    title: 'refusal breaks',
  },
];
