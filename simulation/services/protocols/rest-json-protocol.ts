import type { ServiceError, SimResponse } from '../call/service.ts';

const JSON_TYPE = 'application/json';

/** An answer in AWS's REST-JSON protocol, where method and path name the operation. */
export function restJsonAnswer(value: unknown): SimResponse {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

export function restJsonError(error: ServiceError): SimResponse {
  return {
    status: error.status,
    headers: { 'content-type': JSON_TYPE, 'x-amzn-errortype': error.code },
    body: JSON.stringify({ Message: error.message }),
  };
}
