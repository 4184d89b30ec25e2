import type { Guard } from '../guard.ts';

const RULES = ['test/core/recycle-bin.test.ts', 'test/core/recycle-bin.property.test.ts'];

/** What keeps a way back. */
export const RECYCLE_BIN: readonly Guard[] = [
  {
    name: 'recycle-bin-required',
    promise: 4,
    keeps: 'something is removed that no Recycle Bin rule will keep',
    file: 'core/plan-target.ts',
    find: 'if (target.policy.requireRecycleBin && !target.recycleBinVerified)',
    replace: 'if (target.policy.requireRecycleBin && target.recycleBinVerified)',
    tests: ['test/core/make-plan.test.ts'],
  },
  {
    name: 'available-rules-only',
    promise: 4,
    keeps: "a rule counts that doesn't keep anything yet",
    file: 'core/recycle-bin.ts',
    find: "if (status !== 'available') return false;",
    replace: '',
    tests: RULES,
  },
  {
    name: 'rule-exclusions',
    promise: 4,
    keeps: 'a rule counts for what it excludes by tag',
    file: 'core/recycle-bin.ts',
    find: 'if (excludeResourceTags.some((tag) => excludes(tag, tags))) return false;',
    replace: '',
    tests: RULES,
  },
  {
    name: 'rule-tags-match-exactly',
    promise: 4,
    keeps: "a rule counts for a resource that only has the rule's tag key",
    file: 'core/recycle-bin.ts',
    find: "return Object.hasOwn(tags, key) && tags[key] === (value ?? '');",
    replace: 'return Object.hasOwn(tags, key) || value === undefined;',
    tests: RULES,
  },
];
