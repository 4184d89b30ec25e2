import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { SealUnavailable } from '../../core/model/errors.ts';
import { makeSeal, type Seal, SEALING_KEY_BYTES } from '../../core/model/seal.ts';
import { type ClientOptions, sdkConfig } from './aws-clients.ts';
import { classifyCode, toAwsFailure, toNamedError } from '../answers/aws-error.ts';
import { instrument } from './wire-guard.ts';

const ALGORITHM = 'HMAC_SHA_256';
/** Of a history that many executions wrote, a step asks for each of them. */
const MOST_KEPT = 200;

/** For nothing but what executions seal with. Its calls are counted, retries included. */
export function makeKmsClient(
  options: ClientOptions & { readonly region?: string | undefined } = {},
): { readonly kms: KMSClient; readonly calls: Readonly<Record<string, number>> } {
  const calls: Record<string, number> = {};
  const client = new KMSClient(sdkConfig(options, options.region));
  return { kms: instrument(client, 'kms', calls, ['kms:GenerateMac']), calls };
}

/** The key gives a MAC of this text, and of no other, for an execution to seal with. */
function messageFor(executionId: string): string {
  return `orgsweep key to seal with 1\n${executionId}`;
}

/**
 * The seals of a hub's executions. The MAC that the key in KMS gives for an execution is what it
 * seals with: one call for each execution, whatever the number of its files; KMS has no other way
 * to use such a key. Nobody gets it who may not call `kms:GenerateMac`. It is kept in memory alone.
 *
 * The function may throw {SealUnavailable} where KMS refuses or the key can't be used, {Throttled}
 * where it is too much, and what else KMS answers.
 */
export function makeKmsSeals(
  kms: KMSClient,
  keyArn: string,
): (executionId: string) => Promise<Seal> {
  const kept = new Map<string, Promise<Seal>>();
  return async (executionId) => {
    const known = kept.get(executionId);
    if (known !== undefined) return known;
    const asked = askFor(kms, keyArn, executionId);
    kept.set(executionId, asked);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    try {
      return await asked;
    } catch (error) {
      kept.delete(executionId);
      throw error;
    }
  };
}

async function askFor(kms: KMSClient, keyArn: string, executionId: string): Promise<Seal> {
  const answer = await kms
    .send(
      new GenerateMacCommand({
        KeyId: keyArn,
        MacAlgorithm: ALGORITHM,
        Message: Buffer.from(messageFor(executionId), 'utf8'),
      }),
    )
    .catch((error: unknown) => {
      throw named(error);
    });
  const { data, error } = answerOf(keyArn).safeParse(answer);
  if (data !== undefined) return makeSeal(data.Mac);
  const at = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new SealUnavailable(`kms:GenerateMac answered what is not of the key asked for: ${at}`);
}

/** Of this very key: an answer that isn't would seal with what others know. */
const answerOf = (keyArn: string) =>
  z.object({
    KeyId: z.literal(keyArn),
    MacAlgorithm: z.literal(ALGORITHM),
    Mac: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength === SEALING_KEY_BYTES),
  });

/** What says that the key is there, but not to be used: somebody has to see to it. */
const UNUSABLE = new Set([
  'DisabledException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'KeyUnavailableException',
  'NotFoundException',
]);

/** A refusal here is the hub's own trouble: it must not look like one of the account looked at. */
function named(error: unknown): Error {
  const { code, message } = toAwsFailure(error);
  if (!UNUSABLE.has(code) && classifyCode(code) !== 'DENIED') return toNamedError(error);
  return new SealUnavailable(`kms:GenerateMac answered ${code}: ${message}`, { cause: error });
}
