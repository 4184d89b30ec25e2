import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { makeSpokeClients } from '../../../../aws/sessions/aws-clients.ts';
import type { ReferenceName } from '../../../../kinds/ami/sources/names.ts';
import { SOURCES } from '../../../../kinds/ami/sources/registry.ts';
import { readSource } from '../../../../kinds/ami/sources/source.ts';
import { Gathering } from '../../../../kinds/listings/gathering.ts';
import { makeFreshReader } from '../../../../kinds/listings/reader.ts';
import { FAKE_CREDENTIALS } from '../../../support/aws/fake-aws.ts';
import { aPolicy, NOW } from '../../../support/organizations/snapshots.ts';

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
}

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const JSON_TYPE = 'application/x-amz-json-1.1';

export const json = (content: unknown): Answer => ({ body: JSON.stringify(content) });
export const xml = (body: string): Answer => ({ type: 'text/xml', body });
/** The result of an operation of the Query protocol. */
export const result = (operation: string, content: string): Answer =>
  xml(
    `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`,
  );

/** What one source makes of a service that answers its operations so, byte by byte. */
export async function namedWhere(name: ReferenceName, answer: (operation: string) => Answer) {
  const clients = makeSpokeClients({
    ...{ accountId: '111122223333', region: 'eu-west-1', credentials: FAKE_CREDENTIALS },
    ...{ maxAttempts: 1, allows: 'READS', requestHandler: answering(answer) },
  });
  const clock = { now: () => NOW, sleep: async () => undefined } as never;
  const by = { clients, clock, policy: aPolicy(), now: NOW };
  const gathering = new Gathering<ReferenceName>({ ...by, absentServices: [] });
  const source = SOURCES.find((one) => one.name === name);
  if (source === undefined) throw new Error(`${name} is no source`);
  await gathering.addSource(source, readSource(makeFreshReader(by), source), (key) => [key]);
  const { usedBy, incomplete } = gathering;
  return { names: [...usedBy.keys()], incomplete: incomplete.map(({ message }) => message) };
}

function answering(answer: (operation: string) => Answer) {
  let asked = 0;
  const handle = async (request: Request) => {
    asked += 1;
    if (asked > 20) throw new Error('It goes in circles.');
    const text = typeof request.body === 'string' ? request.body : '';
    const operation =
      request.headers['x-amz-target']?.split('.')[1] ?? new URLSearchParams(text).get('Action');
    const { status: statusCode = 200, type = JSON_TYPE, body } = answer(operation ?? request.path);
    const headers = { 'content-type': type, 'x-amzn-requestid': 'r' };
    const response = { statusCode, headers, body: Readable.from([Buffer.from(body)]) };
    return { response: new HttpResponse(response) };
  };
  return {
    ...{ handle, metadata: { handlerProtocol: 'http/1.1' }, httpHandlerConfigs: () => ({}) },
    ...{ updateHttpClientConfig: () => undefined, destroy: () => undefined },
  } as never;
}
