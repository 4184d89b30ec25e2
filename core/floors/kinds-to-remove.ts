import { z } from 'zod';
import { fault } from '../input/bad-input.ts';
import type { ExecutionInput } from '../input/input.ts';
import { InvalidInput } from '../model/errors.ts';

/** Those of the kinds that a deployment removes at all. */
export function kindsAtMost(remove: readonly string[], deployed: readonly string[]): string[] {
  return remove.filter((kind) => deployed.includes(kind));
}

/**
 * The kinds that delete mode may remove something of. What the input left to its default is bounded
 * by the deployment.
 *
 * @param asked as it was given, before defaults were filled in
 * @param deployed `deletion.kinds` of the deployment
 * @param root what the input is called in messages
 * @throws {InvalidInput} naming each kind that the input names and the deployment doesn't
 */
export function kindsToRemove(
  { remove }: Pick<ExecutionInput, 'remove'>,
  asked: unknown,
  deployed: readonly string[],
  root = 'input',
): string[] {
  const atMost = kindsAtMost(remove, deployed);
  if (Asked.parse(asked ?? {}).remove === undefined) return atMost;
  const accepted = deployed.map((kind) => `"${kind}"`).join(', ') || 'none';
  const faults = [...remove.entries()]
    .filter(([, kind]) => !atMost.includes(kind))
    .map(([index, kind]) =>
      fault(`${root}.remove[${index}]`, kind, `${accepted} (deletion.kinds of this deployment)`),
    );
  if (faults.length > 0) throw new InvalidInput(faults.join('; '));
  return atMost;
}

const Asked = z.looseObject({ remove: z.unknown().optional() });
