import { z } from 'zod';
import type { SimChange } from '../../model/change.ts';
import type { SimEstate } from '../../model/organization.ts';
import type { Place, Visibility } from './visibility.ts';

/** Where a change is made. */
export interface Changing {
  readonly place: Place;
  readonly estate: SimEstate;
  readonly visibility: Visibility;
}

/** One sort of change: what belongs to it, and what it does. */
export interface ChangeRule {
  readonly kind: string;
  readonly schema: z.ZodType<SimChange>;
  /** @throws where the change isn't one of this rule, or doesn't fit the estate */
  make(change: SimChange, on: Changing): void;
}

const IN_PLACE = {
  accountId: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
};

/** @param kind as it stands in the journals of kept organizations, for good */
export function changeRule<Shape extends z.ZodRawShape>(
  kind: string,
  shape: Shape,
  make: (change: z.infer<z.ZodObject<Shape>>, on: Changing) => void,
): ChangeRule & { of(place: Place, change: z.infer<z.ZodObject<Shape>>): SimChange } {
  const own = z.object(shape);
  return {
    kind,
    schema: z.strictObject({
      kind: z.literal(kind),
      ...IN_PLACE,
      ...shape,
    }) as unknown as z.ZodType<SimChange>,
    make: (change, on) => make(own.parse(change), on),
    of: ({ accountId, region }, change) => ({ kind, accountId, region, ...change }),
  };
}

/** Whoever it was of the callers that may change something. */
export const CHANGED_BY = z.strictObject({
  role: z.enum(['hub', 'discovery', 'deletion', 'restore']),
  accessKeyId: z.string(),
});
