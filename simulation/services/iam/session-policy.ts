import { ServiceError } from '../call/service.ts';
import type { PolicyStatement } from '../call/service.ts';

/** AWS's limit for an inline session policy, in characters. */
const MAX_POLICY_LENGTH = 2048;
const UNDERSTOOD = ['Sid', 'Effect', 'Action', 'Resource'];

/**
 * AssumeRole's inline session policy. Effect, Action and Resource are enforced; what else a policy
 * may say is refused by name, since a condition not looked at would allow more than AWS does.
 *
 * @throws {ServiceError} MalformedPolicyDocument or ValidationError
 */
export function parseSessionPolicy(text: string): readonly PolicyStatement[] {
  if (text.length > MAX_POLICY_LENGTH) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${MAX_POLICY_LENGTH}`,
    );
  }
  const document = parseObject(text);
  const statements = toList(document['Statement']);
  if (statements.length === 0) throw malformed('The policy has no Statement.');
  return statements.map(parseStatement);
}

export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${source.replace(/\?/g, '.')}$`, 'is').test(text);
}

function parseStatement(statement: unknown): PolicyStatement {
  if (!isObject(statement)) throw malformed('A Statement must be an object.');
  const unknown = Object.keys(statement).find((key) => !UNDERSTOOD.includes(key));
  if (unknown !== undefined) {
    throw malformed(`The simulation does not evaluate "${unknown}" in a session policy.`);
  }
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed('Effect must be Allow or Deny.');
  const actions = toList(statement['Action']).filter(isText);
  const resources = toList(statement['Resource']).filter(isText);
  if (actions.length === 0) throw malformed('A Statement must have an Action.');
  if (resources.length === 0) throw malformed('A Statement must have a Resource.');
  return { effect, actions, resources };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformed('This policy contains invalid Json');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message);
}
