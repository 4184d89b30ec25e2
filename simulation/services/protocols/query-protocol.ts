import { element, wrap } from './xml.ts';
import { ServiceError } from '../call/service.ts';
import type { SimResponse } from '../call/service.ts';

/** The parameters of a call in AWS's query protocols (EC2, STS, SNS): a form, with `.n` lists. */
export class QueryParameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(body: Buffer) {
    this.#values = new Map(new URLSearchParams(body.toString('utf8')));
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** @throws {ServiceError} for a parameter that isn't there */
  require(name: string): string {
    const value = this.get(name);
    if (value !== undefined && value !== '') return value;
    throw new ServiceError('MissingParameter', `The request must contain the parameter ${name}`);
  }

  isTrue(name: string): boolean {
    return this.get(name)?.toLowerCase() === 'true';
  }

  /** `Name.1`, `Name.2`, … in their order. An empty list isn't on the wire at all. */
  list(name: string): readonly string[] {
    return this.indexes(name).map((index) => this.get(`${name}.${index}`) ?? '');
  }

  /** The numbers n for which some `Name.n` or `Name.n.…` is there, ascending. */
  indexes(name: string): readonly number[] {
    const found = new Set<number>();
    for (const key of this.#values.keys()) {
      if (!key.startsWith(`${name}.`)) continue;
      const index = Number(key.slice(name.length + 1).split('.', 1)[0]);
      if (Number.isInteger(index)) found.add(index);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Parameter names without list indexes or members. */
  topLevelNames(): readonly string[] {
    return [...new Set([...this.#values.keys()].map((key) => key.split('.', 1)[0]!))];
  }

  /** All but paging, as text: a page token is good for the listing that it was given in only. */
  fingerprint(): string {
    const relevant = [...this.#values].filter(
      ([key]) => key !== 'NextToken' && key !== 'MaxResults',
    );
    return JSON.stringify(relevant.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const XML = { 'content-type': 'text/xml;charset=UTF-8' };

export function ec2Answer(operation: string, inner: string, requestId: string): SimResponse {
  const xmlns = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="${xmlns}">${element('requestId', requestId)}${inner}</${operation}Response>`;
  return { status: 200, headers: XML, body };
}

/** EC2's error document differs from that of the other query services. */
export function ec2Error(error: ServiceError, requestId: string): SimResponse {
  const fault = wrap('Error', element('Code', error.code) + element('Message', error.message));
  const inner = wrap('Errors', fault) + element('RequestID', requestId);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${wrap('Response', inner)}`;
  return { status: error.status, headers: XML, body };
}

export function queryAnswer(
  { operation, xmlns, requestId }: { operation: string; xmlns: string; requestId: string },
  inner: string,
): SimResponse {
  const metadata = wrap('ResponseMetadata', element('RequestId', requestId));
  const result = wrap(`${operation}Result`, inner);
  const body = `<${operation}Response xmlns="${xmlns}">${result}${metadata}</${operation}Response>`;
  return { status: 200, headers: XML, body };
}

export function queryError(error: ServiceError, requestId: string): SimResponse {
  const fault =
    element('Type', error.status < 500 ? 'Sender' : 'Receiver') +
    element('Code', error.code) +
    element('Message', error.message);
  const inner = wrap('Error', fault) + element('RequestId', requestId);
  return { status: error.status, headers: XML, body: wrap('ErrorResponse', inner) };
}
