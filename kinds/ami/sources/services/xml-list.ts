import { z } from 'zod';

/**
 * A list as the Query protocol has it: an element that is empty, or that has items of this name and
 * nothing else. One with other content may have its items under a name that nobody knows here.
 */
export function xmlList<T extends z.ZodType>(item: T, itemName = 'member') {
  return z.preprocess((element) => toItems(element, itemName), z.array(item));
}

/** What isn't such a list is given as it is, and is no array. */
function toItems(element: unknown, itemName: string): unknown {
  if (element === '') return [];
  if (typeof element !== 'object' || element === null) return element;
  const [items, ...others] = Object.entries(element);
  if (items?.[0] !== itemName || others.length > 0) return element;
  return [items[1]].flat();
}
