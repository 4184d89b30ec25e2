import type { Guard } from './guard.ts';

/** How often the guard's text occurs in its file. */
export function occurrences(source: string, { find }: Pick<Guard, 'find'>): number {
  return source.split(find).length - 1;
}

/** The file without the guard. @throws {RangeError} unless its text is there exactly once */
export function withoutGuard(source: string, guard: Guard): string {
  const found = occurrences(source, guard);
  if (found !== 1) {
    throw new RangeError(`${guard.name}: its text occurs ${found} times in ${guard.file}`);
  }
  // A function, because "$&" and its like mean something in a replacement.
  return source.replace(guard.find, () => guard.replace);
}
