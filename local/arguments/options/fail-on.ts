import { z } from 'zod';
import type { Condition } from '../../../core/gate/gate.ts';
import { listed, type Options } from './parsed-options.ts';

/** Without quotation marks a shell takes `>` and `<` for itself, and what comes here is a word alone. */
const ACCEPTED =
  'accepted: stale>COUNT, cost>USD or coverage<PERCENT, with commas between several, all in quotation marks: "stale>100,coverage<99.5"';

const ConditionOption = z
  .string()
  .regex(
    /^\s*(stale\s*>\s*\d{1,9}|cost\s*>\s*\d{1,9}(\.\d{1,2})?|coverage\s*<\s*\d{1,3}(\.\d)?)\s*$/,
    ACCEPTED,
  )
  .transform(toCondition)
  .refine(canHold, 'accepted: coverage< and a number above 0, at most 100');

function toCondition(text: string): Condition {
  const [of = '', limit] = text.split(/[<>]/).map((part) => part.trim());
  if (of === 'coverage') return { of, below: Number(limit) };
  return { of: of === 'cost' ? of : 'stale', above: Number(limit) };
}

/** What can't hold guards nothing. */
function canHold(condition: Condition): boolean {
  return condition.of !== 'coverage' || (condition.below > 0 && condition.below <= 100);
}

/** What is to end the command with an exit code of its own. @throws {InvalidInput} */
export function failOnOf(options: Options): readonly Condition[] | undefined {
  return listed(options, 'fail-on', ConditionOption);
}
