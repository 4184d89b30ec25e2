import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { definitionsOf, isTopLevel, type Span, tokensOf } from './definitions.ts';

/** Not shipped, or of another origin: nothing in there is a guard. */
const LEFT_OUT = new Set(['node_modules', 'test', 'docs', 'guards', 'dist', 'coverage', 'cdk.out']);
/** What TypeScript's parser reads. */
const PARSED = /\.(m?[jt]s|json)$/;
/** `L.#at` names a private member, and no file. */
const WITH_FILE = /^(.*\.\w+)#(.+)$/;
const CODE = /\.m?[jt]s$/;

/** A definition, or a whole file. */
export interface Definition {
  /** From the project's folder on. */
  readonly path: string;
  /** The whole file's. */
  readonly text: string;
  /** Where in the text its code stands, without comments. */
  readonly spans: readonly Span[];
}

/** The project's own files, and what is defined in them. */
export interface SourceTree {
  /** All that has this name. @param place as a guard's `in` has it */
  find(place: string): readonly Definition[];
}

export function openSourceTree(root: string): SourceTree {
  const files = [...filesBelow(root, '')];
  const read = once((file) => readFileSync(path.join(root, file), 'utf8'));
  const parse = once((file) => ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));

  const inFile = (file: string, name: string | undefined): readonly Definition[] => {
    const text = read(file);
    if (name === undefined && !PARSED.test(file))
      return [{ path: file, text, spans: [{ start: 0, end: text.length }] }];
    const source = parse(file);
    const nodes = name === undefined ? [source] : definitionsOf(source, name);
    if (nodes.length === 0) return [];
    const spans = nodes.flatMap((node) => [...tokensOf(source, node)]);
    return [{ path: file, text, spans }];
  };

  return {
    find: (place) => {
      const [, end = place, name] = WITH_FILE.exec(place) ?? [];
      const named = files.filter((file) => endsIn(file, end));
      if (name !== undefined || named.length > 0)
        return named.flatMap((file) => inFile(file, name));
      return files
        .filter((file) => CODE.test(file) && read(file).includes(place.split('.')[0] ?? ''))
        .filter((file) => isTopLevel(parse(file), place))
        .flatMap((file) => inFile(file, place));
    },
  };
}

/** Whether this is the file's path, or the end of it. */
export function endsIn(file: string, end: string): boolean {
  return `/${file}`.endsWith(`/${end}`);
}

function* filesBelow(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || LEFT_OUT.has(entry.name)) continue;
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, file);
    else yield file;
  }
}

function once<T>(make: (file: string) => T): (file: string) => T {
  const made = new Map<string, T>();
  return (file) => {
    const one = made.get(file) ?? make(file);
    made.set(file, one);
    return one;
  };
}
