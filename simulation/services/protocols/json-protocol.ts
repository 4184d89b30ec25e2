import type { ServiceError, SimResponse } from '../call/service.ts';

const JSON_TYPE = 'application/x-amz-json-';

/** An answer in AWS's JSON protocol, which is 1.1 in most services. */
export function jsonAnswer(value: unknown, version = '1.1'): SimResponse {
  const headers = { 'content-type': `${JSON_TYPE}${version}` };
  return { status: 200, headers, body: JSON.stringify(value) };
}

export function jsonError(error: ServiceError, version = '1.1'): SimResponse {
  return {
    status: error.status,
    headers: { 'content-type': `${JSON_TYPE}${version}`, 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, Message: error.message, message: error.message }),
  };
}
