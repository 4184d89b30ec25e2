import { cut, oneLine } from '../format/layout.ts';

/** The longest that an error is told. @internal A test goes just beyond it. */
export const LONGEST_CAUGHT = 2000;
const NOTHING = 'nothing more was told';
/** A cause that stands in a cause that stands in a cause: more than Step Functions makes. */
const MOST_LAYERS = 5;
const MOST_ISSUES = 5;

/**
 * What somebody else's error says, on one line and for people: without a stack, without JSON, at
 * most `LONGEST_CAUGHT` characters. Lambda gives JSON with a stack, Step Functions quotes whole
 * inputs, and a child execution's error stands in its parent's.
 */
export function caughtInWords(text: string): string {
  return cut(words(text, MOST_LAYERS), LONGEST_CAUGHT);
}

function words(text: string, layers: number): string {
  const within = layers === 0 ? undefined : messageWithin(text, layers);
  if (within !== undefined) return within;
  const plain = withoutJson(oneLine(withoutStack(text)));
  const told = plain.replace(REQUEST, '').replace(MOMENT, '').trim();
  return asRuntimeMeans(told) || NOTHING;
}

/** What the runtime puts in front: which request it was, people can't look up. */
const REQUEST = /^(RequestId: [\w-]+ )?(Error: )(?=Runtime|Task timed out)|^RequestId: [\w-]+ /;
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} (?=Task timed out)/;

function asRuntimeMeans(told: string): string {
  const seconds = /^Task timed out after (\d+)(?:\.\d+)? seconds?/.exec(told)?.[1];
  if (seconds !== undefined) return `the function took longer than the ${seconds} s it has`;
  if (/^Runtime exited with error: signal: killed/.test(told))
    return 'the function was killed, most likely because it had no memory left';
  if (/^Runtime exited/.test(told)) return `the function ended by itself: ${told}`;
  return told;
}

/** undefined: it is no JSON, but text. */
function messageWithin(text: string, layers: number): string | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return undefined;
  try {
    return ofJson(JSON.parse(trimmed), layers);
  } catch {
    // Step Functions cuts what is too long, in the middle of a stack too.
    const cutOff = /"errorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(trimmed)?.[1];
    return cutOff === undefined ? undefined : ofJson({ errorMessage: unescaped(cutOff) }, layers);
  }
}

function unescaped(inJson: string): string {
  try {
    return String(JSON.parse(`"${inJson}"`));
  } catch {
    return inJson;
  }
}

function ofJson(value: unknown, layers: number): string {
  if (Array.isArray(value)) return ofIssues(value, layers);
  if (typeof value !== 'object' || value === null) return NOTHING;
  const text = (...keys: string[]) =>
    keys
      .map((key) => (value as Record<string, unknown>)[key])
      .find((found): found is string => typeof found === 'string' && found.trim() !== '');
  const name = text('Error', 'error', 'errorType');
  const message = text('errorMessage', 'Cause', 'cause', 'message', 'Message');
  const told = message === undefined ? undefined : words(message, layers - 1);
  const isLambdas = text('errorMessage') !== undefined;
  if (told !== undefined && (isLambdas || name === undefined)) return told;
  return (
    [name, told]
      .filter((part) => part !== undefined)
      .map((part) => words(part, 0))
      .join(': ') || NOTHING
  );
}

/** As zod tells what is wrong with a value: a path and a message for each. */
function ofIssues(issues: readonly unknown[], layers: number): string {
  if (layers <= 0 || issues.length === 0) return NOTHING;
  const told = issues.slice(0, MOST_ISSUES).map((issue) => ofIssue(issue, layers - 1));
  return withoutJson(oneLine(told.join('. '))) || NOTHING;
}

/** Where nothing of a union fits, what is wrong with each of its members tells more. */
function ofIssue(issue: unknown, layers: number): string {
  if (typeof issue === 'string') return words(issue, layers);
  const { path, errors } = (issue ?? {}) as { path?: unknown; errors?: unknown };
  if (Array.isArray(errors)) return ofIssues(errors.flat(), layers);
  const where = Array.isArray(path) ? path.filter((step) => isStep(step)).join('.') : '';
  return `${where === '' ? '' : `${where}: `}${ofJson(issue, layers)}`;
}

function isStep(step: unknown): boolean {
  return typeof step === 'number' || (typeof step === 'string' && /^[\w-]{1,80}$/.test(step));
}

/** Node's stack: a line for each call. In a text that was quoted, its line breaks are two signs. */
function withoutStack(text: string): string {
  const stack = text.search(/(\n|\\n)[ \t]*at /);
  return stack === -1 ? text : text.slice(0, stack);
}

/** Each piece of JSON in it becomes "…". */
function withoutJson(text: string): string {
  let rest = text;
  let kept = '';
  for (;;) {
    const start = rest.search(/\{\s*"|\[\s*\{/);
    if (start === -1) return (kept + rest).trim();
    kept += `${rest.slice(0, start)}…`;
    rest = rest.slice(endOfJson(rest, start));
  }
}

/** Behind the bracket that closes it; without one all that follows belongs to it. */
function endOfJson(text: string, start: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (sign === '{' || sign === '[')) depth += 1;
    else if (!isQuoted && (sign === '}' || sign === ']')) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}
