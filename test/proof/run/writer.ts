import type { ForgeryShape } from '../trial/forgery.ts';
import { FORGERIES, type Json, PLANTS } from '../trial/forgeries.ts';
import type { Place } from '../trial/place.ts';
import { executionOf, isOfKind, type OwnFile, ownFileOf } from './stored-files.ts';

/** A file that somebody changed. */
export interface Forged extends ForgeryShape {
  readonly key: string;
  /** By AWS's time. */
  readonly at: number;
}

/** Of the wrong size, on purpose. */
const GARBAGE = ['\u0000\u0001\ufffd', '{"schemaVersion":1}\n', 'null\n', '[]\n', '<html></html>'];

/**
 * Somebody who may write to the store, or to the folder, and lays hands on one file during one
 * round of executions. They don't have the key that seals files.
 */
export class Writer {
  readonly #place: Place;
  readonly #shape: ForgeryShape;
  readonly #executionIds: readonly string[];
  readonly #now: () => Date;
  #left: number;
  /** What was done; nothing, while no such file has come up. */
  forged: Forged | undefined;

  constructor(of: {
    place: Place;
    shape: ForgeryShape;
    executionIds: readonly string[];
    now: () => Date;
  }) {
    this.#place = of.place;
    this.#shape = of.shape;
    this.#executionIds = of.executionIds;
    this.#now = of.now;
    this.#left = of.shape.after;
  }

  /** To be called before each operation of the store. */
  async meddle(): Promise<void> {
    if (this.forged !== undefined) return;
    const keys = await this.#keys();
    const plant = keys.length > 0 ? undefined : await this.#plant();
    if (keys.length === 0 && plant === undefined) return;
    this.#left -= 1;
    if (this.#left >= 0) return;
    const key = keys[this.#shape.pick % keys.length];
    if (key === undefined) await this.#write(plant!.key, plant!.body);
    else await this.#change(key, keys);
  }

  async #change(key: string, keys: readonly string[]): Promise<void> {
    const { manner, pick } = this.#shape;
    const body = (await this.#place.store.get(key))?.body ?? '';
    switch (manner) {
      case 'forge':
        return this.#writeIfOther(key, body, await this.#lie(key, body));
      case 'change a value':
        return this.#writeIfOther(key, body, withOtherValue(body, pick));
      case 'drop lines':
        return this.#writeIfOther(key, body, withoutLines(body, pick));
      case 'put back an earlier version':
        return this.#writeIfOther(key, body, this.#earlier(key, body));
      case "put another's in its place": {
        const another = keys[(pick + 1) % keys.length] ?? key;
        return this.#writeIfOther(key, body, (await this.#place.store.get(another))?.body);
      }
      case 'empty':
        return this.#writeIfOther(key, body, '');
      case 'truncate':
        return this.#writeIfOther(key, body, body.slice(0, (body.length * (pick % 10)) / 10));
      case 'garbage':
        return this.#writeIfOther(key, body, GARBAGE[pick % GARBAGE.length]);
      case 'delete':
        this.#place.store.delete(key);
        this.#note(key);
    }
  }

  async #lie(key: string, body: string): Promise<string | undefined> {
    const values = parse(body);
    const file = ownFileOf(key);
    const forgeries = (file && FORGERIES[file]) ?? [];
    const forge = forgeries[this.#shape.pick % forgeries.length];
    if (forge === undefined || values === undefined) return withOtherValue(body, this.#shape.pick);
    const forged = forge({ values, ...(await this.#others(executionOf(key))) });
    return forged && write(key, forged);
  }

  /** The other objects that somebody who lies about this execution has at hand. */
  async #others(executionId: string | undefined) {
    const ids = executionId === undefined ? this.#executionIds : [executionId];
    const byFile = new Map<OwnFile, Json[]>();
    for await (const key of this.#place.store.list('executions/')) {
      const file = ownFileOf(key);
      if (file === undefined || !ids.includes(executionOf(key) ?? '')) continue;
      const values = parse((await this.#place.store.get(key))?.body ?? '') ?? [];
      byFile.set(file, [...(byFile.get(file) ?? []), ...values]);
    }
    return { now: this.#now(), others: (file: OwnFile) => byFile.get(file) ?? [] };
  }

  async #plant(): Promise<{ key: string; body: string } | undefined> {
    const { file, manner } = this.#shape;
    if (manner !== 'forge' || file === 'other executions') return undefined;
    const [executionId] = this.#executionIds;
    const value = PLANTS[file]?.({ values: [], ...(await this.#others(executionId)) });
    const key = file === 'prices' ? 'prices.json' : `executions/${executionId}/${file}.json`;
    return value && { key, body: write(key, [value]) };
  }

  #earlier(key: string, body: string): string | undefined {
    const earlier = (this.#place.versions.get(key) ?? []).filter((one) => one !== body);
    return earlier[this.#shape.pick % earlier.length];
  }

  async #keys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.#place.store.list('')) {
      if (isOfKind(key, this.#shape.file, this.#executionIds)) keys.push(key);
    }
    return keys;
  }

  async #writeIfOther(key: string, before: string, body: string | undefined): Promise<void> {
    if (body !== undefined && body !== before) await this.#write(key, body);
  }

  async #write(key: string, body: string): Promise<void> {
    await this.#place.store.put(key, body);
    this.#note(key);
  }

  #note(key: string): void {
    this.forged = { ...this.#shape, key, at: this.#now().getTime() };
  }
}

/** The object or the lines of a file; undefined where it is neither. */
function parse(body: string): Json[] | undefined {
  try {
    return [JSON.parse(body) as Json];
  } catch {
    try {
      const lines = body.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Json);
    } catch {
      return undefined;
    }
  }
}

function write(key: string, values: readonly Json[]): string {
  if (!key.endsWith('.jsonl')) {
    // The seal that was there stays, at the end: there is none to be made.
    const { seal, ...value } = values[0] ?? {};
    const body = JSON.stringify(value, null, 2);
    return typeof seal === 'string' ? `${body.slice(0, -1)},"seal":"${seal}"}\n` : `${body}\n`;
  }
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function withoutLines(body: string, pick: number): string {
  const lines = body.split('\n');
  return lines.filter((_, index) => index !== pick % lines.length).join('\n');
}

/** One number, word or truth value of the file is another one. */
function withOtherValue(body: string, pick: number): string {
  const places = [
    ...body.matchAll(/(?<=: ?)(true|false|null|-?\d+(\.\d+)?|"[^"\\]*")(?=[,\n}\]])/g),
  ];
  const place = places[pick % places.length];
  if (place === undefined) return body;
  const others = [...new Set(places.map(([text]) => text))].filter(
    (text) => kindOf(text) === kindOf(place[0]) && text !== place[0],
  );
  const other = others[pick % others.length] ?? { true: 'false', false: 'true' }[place[0]] ?? '0';
  return body.slice(0, place.index) + other + body.slice(place.index + place[0].length);
}

function kindOf(text: string): string {
  if (text.startsWith('"')) return 'word';
  return /^-?\d/.test(text) ? 'number' : 'truth';
}
