import type { Condition } from '../policies/policy-document.ts';

/**
 * The IAM conditions of which one holds when a resource has a tag that the rule (`key` or
 * `key=value`, `*` at the end for any that begins so) names. AWS allows "=" in a key, so that a rule
 * may be read in several ways. IAM knows no pattern for a key: of `key*` nothing can be said, and of
 * `key=value*` only the reading whose key is whole.
 */
export function tagConditions(rule: string): Condition[] {
  const begins = rule.endsWith('*');
  const text = begins ? rule.slice(0, -1) : rule;
  const whole: Condition[] = begins ? [] : [{ Null: { [tagOf(text)]: 'false' } }];
  const split = indexesOf('=', text).map((at): Condition => {
    const [key, value] = [text.slice(0, at), text.slice(at + 1)];
    return begins
      ? { StringLike: { [tagOf(key)]: `${literal(value, /[*?]|\$(?=\{)/g)}*` } }
      : // IAM compares values with capitals, keys without; there is no such operator for a pattern.
        { StringEqualsIgnoreCase: { [tagOf(key)]: literal(value, /\$(?=\{)/g) } };
  });
  return [...whole, ...split];
}

function tagOf(key: string): string {
  return `aws:ResourceTag/${key}`;
}

/** IAM reads `${…}` in a value as a variable; `${$}`, `${*}` and `${?}` are the characters themselves. */
function literal(value: string, special: RegExp): string {
  return value.replace(special, (character) => `\${${character}}`);
}

function indexesOf(part: string, text: string): number[] {
  return [...text.matchAll(new RegExp(part, 'g'))].map(({ index }) => index);
}
