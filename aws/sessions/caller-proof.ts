import {
  GetCallerIdentityCommand,
  type ServiceOutputTypes,
  type STSClient,
} from '@aws-sdk/client-sts';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import { z } from 'zod';
import { AccountId } from '../../core/model/ids.ts';
import { ProofRefused } from '../../core/model/errors.ts';
import { toAwsFailure, toNamedError } from '../answers/aws-error.ts';
import { refuseOthersAnswer, type WireResponse } from '../answers/others-answer.ts';
import type { CallerIdentity } from './spoke-session.ts';

/**
 * Who calls a Lambda function, Lambda doesn't tell it. So the caller signs a request for
 * `sts:GetCallerIdentity` and hands over the signature, and the function has STS say whose it is. It
 * builds the request itself: of the caller's there are only these three values.
 */
export const CallerProof = z.strictObject({
  authorization: z.string().max(2000),
  /** As the signature has it: 20261123T210315Z. */
  date: z.string().regex(/^\d{8}T\d{6}Z$/, 'accepted: a time such as "20261123T210315Z"'),
  /** Of a session; users have none. */
  securityToken: z.string().min(1).max(20_000).optional(),
});
export type CallerProof = z.infer<typeof CallerProof>;

/** What the signature is to be good for, and nothing else, by the name of a header. */
export type Claim = Readonly<Record<`x-orgsweep-${string}`, string>>;

/** STS itself takes signatures for 15 minutes. */
const FRESH_MILLISECONDS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[A-Z0-9]{16,128}\/(\d{8})\/([a-z0-9-]+)\/sts\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/;
const OF_THE_REQUEST = ['content-type', 'host', 'x-amz-content-sha256', 'x-amz-date'];
const TOKEN_HEADER = 'x-amz-security-token';

interface WireRequest {
  headers: Record<string, string>;
}

/** Changes the headers of a request right before or after the SDK signs it. */
function changeHeaders(
  command: GetCallerIdentityCommand,
  relation: 'before' | 'after',
  change: (headers: Readonly<Record<string, string>>) => Record<string, string>,
): void {
  const middleware: FinalizeRequestMiddleware<object, ServiceOutputTypes> =
    (next) => async (args) => {
      const request = args.request as WireRequest;
      request.headers = change(request.headers);
      return next(args);
    };
  const name = `orgsweepHeaders-${relation}`;
  command.middlewareStack.addRelativeTo(middleware, {
    relation,
    toMiddleware: 'httpSigningMiddleware',
    name,
  });
}

/** Signs a request that is good for this claim only; it is never sent from here. */
export async function makeCallerProof(sts: STSClient, claim: Claim): Promise<CallerProof> {
  let signed: Record<string, string> = {};
  const command = new GetCallerIdentityCommand({});
  changeHeaders(command, 'before', ({ host = '', 'content-type': type = '' }) => ({
    host,
    'content-type': type,
    ...claim,
  }));
  command.middlewareStack.add(
    () => async (args) => {
      signed = (args.request as WireRequest).headers;
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: 'deserialize', priority: 'high', name: 'orgsweepKeepSignature' },
  );
  await sts.send(command);
  const { authorization = '', 'x-amz-date': date = '', [TOKEN_HEADER]: securityToken } = signed;
  return CallerProof.parse({ authorization, date, ...(securityToken && { securityToken }) });
}

/**
 * Has STS say who signed a proof. `sts` is the function's own client: it decides the endpoint, and
 * builds path and body; the headers are put together here.
 *
 * @throws {ProofRefused} in words, when it isn't a fresh signature over this very claim; and what
 *   else STS answers
 */
export async function verifyCallerProof(
  sts: STSClient,
  claim: Claim,
  proof: CallerProof,
  now: Date,
): Promise<CallerIdentity> {
  refuseUnlessFresh(proof, now);
  refuseUnlessBound(proof, claim, await sts.config.region());
  const command = new GetCallerIdentityCommand({});
  changeHeaders(command, 'after', (headers) => ({
    ...Object.fromEntries(
      Object.entries(headers).filter(([name]) => OF_THE_REQUEST.includes(name)),
    ),
    ...claim,
    'x-amz-date': proof.date,
    ...(proof.securityToken !== undefined && { [TOKEN_HEADER]: proof.securityToken }),
    authorization: proof.authorization,
  }));
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      await refuseOthersAnswer(result.response as WireResponse, 'GetCallerIdentity');
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'orgsweepOwnAnswer' },
  );
  return toIdentity(await send(sts, command, claim));
}

/** What STS says of a signature that isn't good; anything else isn't the caller's fault. */
const REFUSALS = new Set([
  'AccessDenied',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
]);

async function send(sts: STSClient, command: GetCallerIdentityCommand, claim: Claim) {
  try {
    return await sts.send(command);
  } catch (error) {
    const { code, message } = toAwsFailure(error);
    if (!REFUSALS.has(code)) throw toNamedError(error);
    const over = Object.entries(claim).map(([name, value]) => `${name}: ${value}`);
    throw new ProofRefused(
      `STS does not take the caller's signature: ${code}: ${message} – accepted: a fresh one over ${over.join(', ')}`,
    );
  }
}

function refuseUnlessFresh({ date }: CallerProof, now: Date): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Math.abs(now.getTime() - signedAt) <= FRESH_MILLISECONDS) return;
  throw new ProofRefused(
    `The caller's signature is of ${date}, and it is ${now.toISOString()} – accepted: one of the last 5 minutes`,
  );
}

/** A header that isn't signed could be anybody's; one that is and isn't known, anything. */
function refuseUnlessBound(proof: CallerProof, claim: Claim, region: string): void {
  const [, day, signedRegion, names] = AUTHORIZATION.exec(proof.authorization) ?? [];
  if (names === undefined || day !== proof.date.slice(0, 8)) {
    throw new ProofRefused("The caller's signature is not one of Signature Version 4 for STS");
  }
  if (signedRegion !== region) {
    throw new ProofRefused(`The caller's signature is for ${signedRegion} – accepted: ${region}`);
  }
  const signed = names.split(';');
  const must = ['host', 'x-amz-date', ...Object.keys(claim)];
  if (proof.securityToken !== undefined) must.push(TOKEN_HEADER);
  const missing = must.filter((name) => !signed.includes(name));
  const unknown = signed.filter((name) => ![...must, ...OF_THE_REQUEST].includes(name));
  if (missing.length + unknown.length === 0) return;
  throw new ProofRefused(
    `The caller's signature covers ${names} – accepted: ${[...must].toSorted().join(';')}`,
  );
}

const Identity = z.object({
  Account: AccountId,
  UserId: z.string().min(1),
  Arn: z.string().regex(/^arn:[\w-]+:(iam|sts)::\d{12}:\S+$/),
});

function toIdentity(answer: unknown): CallerIdentity {
  const { Account: accountId, Arn: arn } = Identity.parse(answer);
  const [, partition = '', , , owner] = arn.split(':');
  if (owner !== accountId) throw new Error(`sts:GetCallerIdentity names ${arn} in ${accountId}`);
  return { accountId, arn, partition };
}
