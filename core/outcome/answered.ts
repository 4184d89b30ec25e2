import type { AwsFailure } from './outcome.ts';

/**
 * What AWS answered, in the message of an error: all that the state machine hands on of one. From it
 * `readAnswered` makes the same failure again.
 */
export function answeredInWords(failure: AwsFailure): string {
  const { code, status, message, requestId, operation, source } = failure;
  const http = status === undefined ? '' : ` (HTTP ${status})`;
  const request = requestId === undefined ? '' : ` (request ${requestId})`;
  return `${operation ?? source ?? 'AWS'} answered ${code}${http}: ${message}${request}`;
}

const ANSWERED =
  /^(?<asked>[\w:.-]+) answered (?<code>[\w.:-]+?)(?: \(HTTP (?<status>\d{3})\))?: (?<message>.*?)(?: \(request (?<requestId>[^()\s]+)\))?$/s;

/** Undefined for any other text. */
export function readAnswered(text: string): AwsFailure | undefined {
  const { asked, code, status, message, requestId } = ANSWERED.exec(text)?.groups ?? {};
  if (asked === undefined || code === undefined || message === undefined) return undefined;
  return {
    code,
    ...(status !== undefined && { status: Number(status) }),
    message,
    ...(requestId !== undefined && { requestId }),
    ...(asked.includes(':') ? { operation: asked } : asked !== 'AWS' && { source: asked }),
  };
}
