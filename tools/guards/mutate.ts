import type { Guard } from './guard.ts';
import type { Definition, SourceTree } from './source-tree.ts';

/** A file of the project, as it is and without the guard. */
export interface Mutation {
  readonly path: string;
  readonly source: string;
  readonly without: string;
}

interface Place {
  readonly definition: Definition;
  readonly start: number;
  readonly end: number;
}

/** @throws {RangeError} unless the guard's code is there exactly once, in what it names */
export function withoutGuard(tree: SourceTree, guard: Guard): Mutation {
  const definitions = tree.find(guard.in);
  const [place, ...others] = definitions.flatMap((one) => placesIn(one, guard));
  if (place === undefined || others.length > 0) {
    const where = definitions.map((one) => one.path).join(' and ');
    const found = place === undefined ? 'not there' : `there ${others.length + 1} times`;
    const what = where === '' ? 'nothing has this name' : `its code is ${found} (${where})`;
    throw new RangeError(`guard ${guard.name}, in ${guard.in}: ${what}`);
  }
  const { path, text } = place.definition;
  const without = text.slice(0, place.start) + guard.replace + text.slice(place.end);
  return { path, source: text, without };
}

function placesIn(definition: Definition, { find }: Guard): readonly Place[] {
  const { squeezed, positions } = squeeze(definition);
  return [...squeezed.matchAll(patternOf(find))].map(({ 0: found, index }) => ({
    definition,
    start: positions[index] ?? NaN,
    end: (positions[index + found.length - 1] ?? NaN) + 1,
  }));
}

/** A definition's code without white space and comments, and where each character stands. */
function squeeze({ text, spans }: Definition): { squeezed: string; positions: number[] } {
  const positions = spans
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index))
    .filter((at) => !/\s/.test(text.charAt(at)));
  return { squeezed: positions.map((at) => text.charAt(at)).join(''), positions };
}

/** A comma may come or go before a bracket that ends something: where a line is broken, it does. */
function patternOf(code: string): RegExp {
  const squeezed = code.replace(/\s/g, '').replace(/,(?=[)\]}])/g, '');
  const escaped = squeezed.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(escaped.replace(/(?<=.)(?=\\[)\]}])/g, ',?'), 'g');
}
