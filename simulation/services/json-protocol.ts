import type { ServiceError, SimResponse } from './service.ts';

const JSON_TYPE = 'application/x-amz-json-1.1';

/** An answer in AWS's JSON 1.1 protocol. */
export function jsonAnswer(value: unknown): SimResponse {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

export function jsonError(error: ServiceError): SimResponse {
  return {
    status: error.status,
    headers: { 'content-type': JSON_TYPE, 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, Message: error.message, message: error.message }),
  };
}
