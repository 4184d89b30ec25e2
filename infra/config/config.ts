import type { z } from 'zod';
import { fault, parseInput } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { raiseToFloors } from '../../core/floors/below-floor.ts';
import { kindsToRemove } from '../../core/floors/kinds-to-remove.ts';
import { refuseRepeatedKeys } from '../../core/input/json-text.ts';
import { ExecutionInput, OWN_FLOORS } from '../../kinds/registry.ts';
import { ConfigKeys } from './keys.ts';
import { refuseContradictions } from './whole.ts';
import { type SpokeRole, spokeRoleNames } from './spoke-roles.ts';

/** The key of the CDK context that holds the configuration; also the root of its error messages. */
export const CONTEXT_KEY = 'orgsweep';

export type OrgsweepConfigInput = z.input<typeof ConfigKeys>;
/** With every default, those too that follow from another key. */
export type OrgsweepConfig = Omit<z.output<typeof ConfigKeys>, 'roleNames'> & {
  readonly roleNames: Readonly<Record<SpokeRole, string>>;
};

/**
 * The configuration as it stands in the CDK context: an object in cdk.json or cdk.context.json,
 * JSON text after `-c orgsweep=`, or nothing.
 *
 * @throws {InvalidInput} naming each key, its value and what is accepted
 */
export function readConfig(context: unknown): OrgsweepConfig {
  const keys = parseInput(ConfigKeys, fromText(context) ?? {}, CONTEXT_KEY);
  refuseContradictions(keys, CONTEXT_KEY);
  const config = { ...keys, roleNames: spokeRoleNames(keys.prefix, keys.roleNames) };
  const input = parseInput(
    ExecutionInput,
    config.governance.input,
    `${CONTEXT_KEY}.governance.input`,
  );
  if (input.mode === 'delete' && !config.deletion.enabled) {
    throw new InvalidInput(
      `${CONTEXT_KEY}.governance.input.mode: "delete" – accepted: "report", as long as ${CONTEXT_KEY}.deletion.enabled isn't true`,
    );
  }
  if (input.resume !== undefined) {
    const accepted = 'nothing here: each governance run scans anew';
    throw new InvalidInput(fault(`${CONTEXT_KEY}.governance.input.resume`, input.resume, accepted));
  }
  raiseToFloors(input, config.governance.input, {
    ...{ floors: config.deletion.floors, own: OWN_FLOORS },
    root: `${CONTEXT_KEY}.governance.input`,
  });
  kindsToRemove(input, config.governance.input, {
    deployed: config.deletion.kinds,
    root: `${CONTEXT_KEY}.governance.input`,
  });
  return config;
}

function fromText(context: unknown): unknown {
  if (typeof context !== 'string') return context;
  refuseRepeatedKeys(context, CONTEXT_KEY);
  try {
    return JSON.parse(context);
  } catch (cause) {
    throw new InvalidInput(
      `${CONTEXT_KEY}: isn't JSON (${(cause as Error).message}) – accepted: an object with ${Object.keys(ConfigKeys.shape).join(', ')}`,
      { cause },
    );
  }
}
