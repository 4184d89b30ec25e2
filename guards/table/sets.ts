import type { Guard } from '../guard.ts';

const SETS = 'core/sets.ts';
const FOUND = 'kinds/ebs-snapshot/sets.ts';
const FOUND_TESTS = ['test/kinds/ebs-snapshot/sets.test.ts'];
const PLANS = ['test/core/sets.test.ts'];

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
];
