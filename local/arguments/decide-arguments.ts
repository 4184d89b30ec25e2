import { z } from 'zod';
import type { Decision } from '../../core/plan/approval.ts';
import { parseInput } from '../../core/input/bad-input.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import type { Options } from './options/parsed-options.ts';
import { hubOf, refuseBesideHub } from './start-arguments.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'accepted: the digest of a plan, 64 hex digits');

export interface DecideArguments {
  readonly command: 'approve' | 'reject';
  readonly decision: Decision;
  readonly executionId: string;
  /** Of the plan that was read; undefined: whatever plan waits. */
  readonly digest: string | undefined;
  readonly out: string | undefined;
  readonly keep?: string | undefined;
  /** The SSM parameter of a deployed hub. */
  readonly hub: string | undefined;
  readonly json: boolean;
  /** Approves without asking. */
  readonly yes: boolean;
}

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toDecideArguments(
  command: DecideArguments['command'],
  about: string,
  options: Options,
): DecideArguments {
  refuseBesideHub(options, ['out', 'keep']);
  const digest = options.get('digest')?.[0];
  return {
    command,
    decision: command === 'approve' ? 'APPROVED' : 'REJECTED',
    executionId: parseInput(ExecutionId, about, 'EXECUTION_ID'),
    digest: digest === undefined ? undefined : parseInput(Digest, digest, '--digest'),
    out: options.get('out')?.[0] ?? options.get('keep')?.[0],
    keep: options.get('keep')?.[0],
    hub: hubOf(options),
    json: options.has('json'),
    yes: options.has('yes'),
  };
}
