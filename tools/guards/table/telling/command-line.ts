import type { Guard } from '../../guard.ts';

/** What people type, write and read at the command line. */
export const COMMAND_LINE: readonly Guard[] = [
  {
    name: 'each-key-once',
    promise: 5,
    keeps: 'of two `policy` or `protectTags` in one JSON text the first is lost silently',
    in: 'refuseRepeatedKeys',
    find: 'if (first !== undefined) { const path',
    replace: 'if (first === -1) { const path',
    tests: ['json-text', 'execution-input'],
  },
  {
    name: 'folder-of-others',
    promise: 3,
    keeps: 'something is deleted by a history or a plan that another user of the computer wrote',
    in: 'judgeFolder',
    find: 'if (deletes) refuseOthersFolder(out);',
    replace: '',
    tests: ['folder-owners'],
  },
];
