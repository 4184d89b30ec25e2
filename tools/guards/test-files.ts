import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Guard } from './guard.ts';
import { endsIn } from './source-tree.ts';

/** The files of a guard's tests. @throws {RangeError} unless each name is that of one file */
export function openTestFiles(root: string): (guard: Guard) => readonly string[] {
  const files = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' }).map(
    (file) => path.posix.join('test', file),
  );
  return (guard) =>
    guard.tests.map((name) => {
      const [file, ...others] = files.filter((one) => endsIn(one, `${name}.test.ts`));
      if (file === undefined)
        throw new RangeError(`guard ${guard.name}: no test is named ${name}.test.ts`);
      if (others.length > 0) {
        const all = [file, ...others].join(', ');
        throw new RangeError(`guard ${guard.name}: more than one test is named ${name}: ${all}`);
      }
      return file;
    });
}
