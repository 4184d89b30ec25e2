import type { z } from 'zod';
import { ServiceError } from '../call/service.ts';

/**
 * The input of a call in one of AWS's JSON protocols. What the simulation would ignore is refused.
 *
 * @param code the error code that the service has for bad input
 * @throws {ServiceError}
 */
export function parseInput<T>(schema: z.ZodType<T>, body: Buffer, code: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ServiceError(code, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
}

/** The operation in `X-Amz-Target`: `<service>.<operation>`; empty when it is another service's. */
export function targetOperation(service: string, target = ''): string {
  return target.startsWith(`${service}.`) ? target.slice(service.length + 1) : '';
}
