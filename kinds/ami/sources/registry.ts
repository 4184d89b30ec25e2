import { instances } from './instances.ts';
import type { AmiSource } from './source.ts';

/** Every place that is looked at for names of AMIs. A source that isn't in this list isn't looked at. */
export const SOURCES: readonly AmiSource<unknown>[] = [instances];
