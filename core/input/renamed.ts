import type { z } from 'zod';
import { isJsonObject } from './json-text.ts';

/** The lists of a policy that name steps of removals. */
export type UndoList = 'allowRecreation' | 'allowIrreversible';

/**
 * A policy as it is given or stored, with the names that its keys have now. Inputs and files of
 * versions that knew nothing but the Recycle Bin call `requireUndo` `requireRecycleBin`.
 *
 * @param context is told where both are given and say different things: nobody knows which is meant
 */
export function withNewNames(given: unknown, context?: z.RefinementCtx): unknown {
  if (!isJsonObject(given) || !Object.hasOwn(given, OLD)) return given;
  const { [OLD]: old, ...rest } = given;
  if (old === undefined) return rest;
  const refuse = (message: string) => context?.addIssue({ code: 'custom', path: [OLD], message });
  if (typeof old !== 'boolean') refuse('accepted: true or false');
  else if (Object.hasOwn(rest, NEW) && rest[NEW] !== old)
    refuse(`accepted: the value of ${NEW}, whose older name it is`);
  return { ...rest, [NEW]: old };
}

const OLD = 'requireRecycleBin';
const NEW = 'requireUndo';
