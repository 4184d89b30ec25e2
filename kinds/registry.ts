import { ami } from './ami/index.ts';
import { inputSchemaOf, ownFloorsOf, pricesAmong, skippableSourcesOf } from './among.ts';
import { ebsSnapshot } from './ebs-snapshot/index.ts';
import { ebsVolume } from './ebs-volume/index.ts';
import type { Kind } from './kind.ts';

/** Every kind there is. A kind that isn't in this list doesn't exist. */
export const KINDS: readonly Kind[] = [ebsSnapshot, ebsVolume, ami];

/** What `deletion.floors.skippableSources` may name. */
export const SKIPPABLE_SOURCES: readonly string[] = skippableSourcesOf(KINDS);

/** What the floors of a deployment say of the kinds' own keys. */
export const OWN_FLOORS = ownFloorsOf(KINDS);

/** The execution input's schema, with the kinds and references that there are. */
export const ExecutionInput = inputSchemaOf(KINDS);

/** The price table, as kinds make it up. */
export const PRICES = pricesAmong(KINDS);
