import type { SimRequest, SimResponse } from '../call/service.ts';
import { escapeXml } from '../protocols/xml.ts';

/** The smallest page that every listing of EC2 gives. */
const SHORT_PAGE = 5;
const SIZE_NAMES = ['MaxResults', 'maxResults', 'MaxRecords', 'Limit'];
const TOKEN_NAMES = ['NextToken', 'nextToken', 'Marker'];
/** Services that page also when the call doesn't say how, and what their page size is called. */
const ALWAYS_PAGED: Readonly<Record<string, string>> = {
  autoscaling: 'MaxRecords',
  ecs: 'maxResults',
  organizations: 'MaxResults',
  pricing: 'MaxResults',
  rbin: 'MaxResults',
  ssm: 'MaxResults',
  storagegateway: 'Limit',
};

/** The same call asking for fewer items: its page is short, and its token goes on after them. */
export function askForLess(request: SimRequest): SimRequest {
  const parameters = parametersOf(request);
  const name = SIZE_NAMES.find((each) => parameters.has(each)) ?? ALWAYS_PAGED[request.service];
  if (name === undefined) return request;
  const size = Math.min(SHORT_PAGE, Number(parameters.get(name) ?? SHORT_PAGE));
  return { ...request, body: withParameter(request, name, size) };
}

/**
 * The page with the token of its own request as NextToken, so that who follows it gets the same
 * page again. The first page of a listing, which no token asked for, stays as it is.
 */
export function repeatToken(request: SimRequest, operation: string, page: SimResponse) {
  const parameters = parametersOf(request);
  const name = TOKEN_NAMES.find((each) => parameters.has(each));
  if (name === undefined || page.status !== 200) return page;
  const token = parameters.get(name) ?? '';
  const body = page.body.toString();
  if (!isForm(request)) {
    const value = JSON.parse(body) as Record<string, unknown>;
    return { ...page, body: JSON.stringify({ ...value, [name]: token }) };
  }
  const [tag, end] =
    request.service === 'ec2'
      ? ['nextToken', `</${operation}Response>`]
      : ['NextToken', `</${operation}Result>`];
  const without = body.replace(new RegExp(`<${tag}>[^<]*</${tag}>`), '');
  const repeated = `<${tag}>${escapeXml(token)}</${tag}>${end}`;
  return { ...page, body: without.replace(end, () => repeated) };
}

function isForm({ headers }: SimRequest): boolean {
  return !(headers['content-type'] ?? '').includes('json');
}

function parametersOf(request: SimRequest): ReadonlyMap<string, string> {
  const text = request.body.toString('utf8');
  if (isForm(request)) return new Map(new URLSearchParams(text));
  const value = JSON.parse(text || '{}') as Record<string, unknown>;
  return new Map(Object.entries(value).map(([name, each]) => [name, String(each)]));
}

function withParameter(request: SimRequest, name: string, value: number): Buffer {
  const text = request.body.toString('utf8');
  if (!isForm(request)) {
    const others = JSON.parse(text || '{}') as Record<string, unknown>;
    return Buffer.from(JSON.stringify({ ...others, [name]: value }));
  }
  const form = new URLSearchParams(text);
  form.set(name, String(value));
  return Buffer.from(form.toString());
}
