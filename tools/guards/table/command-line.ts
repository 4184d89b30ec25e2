import type { Guard } from '../guard.ts';

/** What people type, write and read at the command line. */
export const COMMAND_LINE: readonly Guard[] = [
  {
    name: 'each-key-once',
    promise: 5,
    keeps: 'of two `policy` or `protectTags` in one JSON text the first is lost silently',
    file: 'core/input/json-text.ts',
    find: 'if (first !== undefined) {\n          const path',
    replace: 'if (first === -1) {\n          const path',
    tests: ['test/core/input/json-text.test.ts', 'test/local/environment/execution-input.test.ts'],
  },
  {
    name: 'folder-of-others',
    promise: 3,
    keeps: 'something is deleted by a history or a plan that another user of the computer wrote',
    file: 'local/commands/run-command.ts',
    find: 'if (deletes) refuseOthersFolder(out);',
    replace: '',
    tests: ['test/local/terminal/folder-owners.test.ts'],
  },
];
