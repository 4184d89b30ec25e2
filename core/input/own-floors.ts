import { z } from 'zod';

const value = z.union([z.boolean(), z.string()]);

/** What floors of a deployment say of one of a kind's own keys. */
export const OwnFloor = z.union([
  z.strictObject({
    floor: z.enum(['keepLastCopy', 'requireUndo']).describe('The floor that the key falls under.'),
    only: value.describe('What the key may say where the floor is set.'),
    leftOut: value
      .optional()
      .describe('What it means where it is left out, unless that is what it may say.'),
  }),
  z.strictObject({
    source: z.string().describe('What every other value does without.'),
    only: value.describe('What the key may say where that source may not be skipped.'),
  }),
  z.strictObject({
    atLeast: z.enum(['minAgeDays', 'graceDays']).describe('The floor: so many days at least.'),
    leftOut: z.int().describe('What it means where it is left out.'),
    most: z.int().describe('What the key may say at most, however high the floor is.'),
  }),
]);
export type OwnFloor = Readonly<z.infer<typeof OwnFloor>>;

/** No value of the key lets go what a floor keeps, and why. */
export interface UnderNoFloor {
  readonly because: string;
}

/** By key. */
export const FloorsOfKeys = z.record(z.string(), OwnFloor);
export type FloorsOfKeys = Readonly<Record<string, OwnFloor>>;

/** By kind, of those that have such keys. */
export type OwnFloors = Readonly<Record<string, FloorsOfKeys | undefined>>;
