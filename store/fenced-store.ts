import { z } from 'zod';
import type { Store, StoredObject } from './store.ts';
import { RecordTampered } from '../core/model/errors.ts';
import type { Seal } from '../core/model/seal.ts';
import { keysOf } from './keys.ts';
import { bodyOf, parseJson } from './stored-json.ts';

/** What a step needs to write what others believe, and to believe what others wrote. */
export interface FenceDeps {
  readonly store: Store;
  /**
   * Seals what the steps of an execution hand to each other, and tells whether they did. null: what
   * that execution sealed can't be known here, as it was another process's.
   */
  sealOf(executionId: string): Promise<Seal | null>;
  /**
   * A local run: who may write in its folder may approve, by another process that has no seal.
   * Elsewhere only what DecideApproval has sealed is a decision.
   */
  readonly decidedInFolder?: boolean;
}

/**
 * The same collaborators with a store that seals each JSON object which steps of the execution hand
 * to each other, and gives back only what is sealed so.
 *
 * @throws {Error} where this process has no seal of the execution
 */
export async function withFence<D extends FenceDeps>(deps: D, executionId: string): Promise<D> {
  const seal = await ownSeal(deps, executionId);
  return { ...deps, store: fencedStore(deps.store, seal, executionId, deps) };
}

/** @throws {Error} where this process has no seal of the execution */
export async function ownSeal(
  { sealOf }: Pick<FenceDeps, 'sealOf'>,
  executionId: string,
): Promise<Seal> {
  const seal = await sealOf(executionId);
  if (seal === null) throw new Error(`${executionId} has no seal in this process`);
  return seal;
}

/**
 * A store whose `get` throws {RecordTampered} for what isn't what a step of the execution wrote under
 * that very key. Everything else passes as it is.
 *
 * @param seal null: it can't be known who wrote what, and everything is taken
 * @param options `decidedInFolder`: decisions come from another process, which has no seal
 */
export function fencedStore(
  store: Store,
  seal: Seal | null,
  executionId: string,
  { decidedInFolder = false }: Pick<FenceDeps, 'decidedInFolder'> = {},
): Store {
  const isFenced = fencedKeys(executionId, !decidedInFolder);
  const { approval } = keysOf(executionId);
  return {
    ...store,
    get: async (key) => {
      const stored = await store.get(key);
      if (stored === undefined) return stored;
      if (decidedInFolder && key === approval) return { ...stored, body: withoutSeal(stored.body) };
      if (!isFenced(key)) return stored;
      return { ...stored, body: unsealed(store, seal, key, stored) };
    },
    put: async (key, body, condition) =>
      store.put(key, seal && isFenced(key) ? sealed(seal, key, body) : body, condition),
  };
}

/** The JSON objects that steps believe; for lines see `believedLines`. */
function fencedKeys(executionId: string, areDecisionsSealed: boolean): (key: string) => boolean {
  const keys = keysOf(executionId);
  const single = new Set([keys.plan, keys.change]);
  if (areDecisionsSealed) single.add(keys.approval);
  const many = [keys.regionsPrefix, keys.outcomesPrefix, keys.ledgerPrefix].concat(
    keys.removalFailuresPrefix,
  );
  return (key) => single.has(key) || many.some((prefix) => key.startsWith(prefix));
}

const END = '}\n';
const SEALED = /,"seal":"([0-9a-f]{64})"\}\n$/;

/**
 * A JSON object with its seal as the last member.
 *
 * @param body as `bodyOf` makes it: it ends with a brace and a newline, and isn't empty
 */
export function sealed(seal: Seal, key: string, body: string): string {
  if (!body.endsWith(END)) throw new RangeError(`${key} is no JSON object with a newline`);
  return `${body.slice(0, -END.length)},"seal":"${seal.mac(key, body)}"${END}`;
}

/** @param seal null: nobody can tell, and everything is taken for its own */
export function isSealedBy(seal: Seal | null, key: string, stored: string): boolean {
  return seal?.verify(key, withoutSeal(stored), SEALED.exec(stored)?.[1] ?? '') ?? true;
}

/** The object as it was before it was sealed. @throws {RecordTampered} see `fencedStore` */
function unsealed(
  store: Pick<Store, 'locationOf'>,
  seal: Seal | null,
  key: string,
  { body, version }: StoredObject,
): string {
  if (isSealedBy(seal, key, body)) return withoutSeal(body);
  throw new RecordTampered(
    `${store.locationOf(key)} is not what the execution wrote: somebody changed it`,
    { version },
  );
}

/** For who only shows it, and has no seal to tell whether it is true; however it is laid out. */
export function withoutSeal(stored: string): string {
  if (SEALED.test(stored)) return stored.replace(SEALED, END);
  const { data } = LooselySealed.safeParse(parseJson(stored));
  if (data === undefined) return stored;
  const { seal: _seal, ...value } = data;
  return bodyOf(value);
}

const LooselySealed = z.looseObject({ seal: z.string() });
