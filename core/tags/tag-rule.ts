import { beginsLikeKey, beginsLikeValue, isLikeKey, isLikeValue } from './likeness.ts';

/** How a tag fits a rule: as it is written, or but for capitals, blanks and separators. */
export type Fit = 'EXACT' | 'LIKE';

/** One way to read a rule: AWS allows "=" in a key, so that there may be several. */
interface Reading {
  readonly key: string;
  readonly keyBegins: boolean;
  /** null: any. */
  readonly value: string | null;
  readonly valueBegins: boolean;
}

/** Rules are few, and every tag is held against each of them. */
const readings = new Map<string, readonly Reading[]>();

/**
 * How the tag fits the rule (`key` or `key=value`, either with `*` at its end for any that begins
 * so); null: not at all. In every way that the rule can be read, the exact fit first.
 */
export function fitOf(rule: string, key: string, value: string): Fit | null {
  const all = readingsOf(rule);
  if (all.some((reading) => fitsExactly(reading, key, value))) return 'EXACT';
  return all.some((reading) => fitsNearly(reading, key, value)) ? 'LIKE' : null;
}

/** Whether a tag with this key could fit the rule, whatever its value. */
export function couldFit(rule: string, key: string): boolean {
  return readingsOf(rule).some((reading) => isKeyOf(reading, key));
}

function readingsOf(rule: string): readonly Reading[] {
  const known = readings.get(rule);
  if (known !== undefined) return known;
  const begins = rule.endsWith('*');
  const text = begins ? rule.slice(0, -1) : rule;
  const all = [
    { key: text, keyBegins: begins, value: null, valueBegins: false },
    ...[...text.matchAll(/=/g)].map(({ index }) => ({
      key: text.slice(0, index),
      keyBegins: false,
      value: text.slice(index + 1),
      valueBegins: begins,
    })),
  ];
  readings.set(rule, all);
  return all;
}

function fitsExactly(reading: Reading, key: string, value: string): boolean {
  const isKey = reading.keyBegins ? key.startsWith(reading.key) : key === reading.key;
  if (!isKey || reading.value === null) return isKey;
  return reading.valueBegins ? value.startsWith(reading.value) : value === reading.value;
}

function fitsNearly(reading: Reading, key: string, value: string): boolean {
  if (!isKeyOf(reading, key)) return false;
  if (reading.value === null) return true;
  return reading.valueBegins
    ? beginsLikeValue(value, reading.value)
    : isLikeValue(value, reading.value);
}

function isKeyOf(reading: Reading, key: string): boolean {
  if (!reading.keyBegins) return key === reading.key || isLikeKey(key, reading.key);
  if (key.startsWith(reading.key)) return true;
  // `env=*` is about the values of `env`, and not about every key that begins with that word.
  const hasItsSign = !reading.key.includes('=') || key.includes('=');
  return hasItsSign && beginsLikeKey(key, reading.key);
}
