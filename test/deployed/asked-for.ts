/** A request as it arrives over HTTP, to be read for what it asks of AWS. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One permission that a request needs. */
export interface AskedFor {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const SERVICES_OF_JSON: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  AmazonSSM: 'ssm',
  AWSStepFunctions: 'states',
  TrentService: 'kms',
  AWSPriceListService: 'pricing',
};

/** The access key id of the request's signature. */
export function accessKeyOf({ headers }: WireRequest): string | undefined {
  return credentialScope(headers)?.[0];
}

function credentialScope(headers: WireRequest['headers']): string[] | undefined {
  return /Credential=([^,\s]+)/.exec(String(headers['authorization'] ?? ''))?.[1]?.split('/');
}

/**
 * The IAM action and resource of a request of the hub's own functions, or of the people who use it.
 *
 * @throws for a service that they have no business with
 */
export function askedFor(
  request: WireRequest,
  { accountId, partition }: { accountId: string; partition: string },
): AskedFor {
  const [, , region = '', service = ''] = credentialScope(request.headers) ?? [];
  const arn = (name: string, rest: string, where = `${region}:${accountId}`) =>
    `arn:${partition}:${name}:${where}:${rest}`;
  const target = String(request.headers['x-amz-target'] ?? '');
  if (service === 's3') return askedOfS3(request, partition);
  if (service === 'lambda') {
    const name =
      /functions\/([^/]+)\/invocations$/.exec(decodeURIComponent(request.url))?.[1] ?? '';
    const resource = name.startsWith('arn:') ? name : arn('lambda', `function:${name}`);
    return { action: 'lambda:InvokeFunction', resource, context: {} };
  }
  if (target !== '') {
    const [api = '', operation = ''] = target.split('.');
    const name = SERVICES_OF_JSON[api] ?? service;
    const input = JSON.parse(request.body) as Record<string, string>;
    const resource = jsonResource(name, input, arn);
    const algorithm = input['MacAlgorithm'];
    const context = algorithm === undefined ? {} : { 'kms:MacAlgorithm': algorithm };
    return { action: `${name}:${operation}`, resource, context };
  }
  const form = new URLSearchParams(request.body);
  const action = `${service}:${form.get('Action') ?? ''}`;
  const externalId = form.get('ExternalId');
  return {
    action,
    resource: form.get('RoleArn') ?? form.get('TopicArn') ?? '*',
    context: externalId === null ? {} : { 'sts:ExternalId': externalId },
  };
}

function jsonResource(
  service: string,
  input: Readonly<Record<string, string>>,
  arn: (name: string, rest: string, where?: string) => string,
): string {
  if (service === 'ssm') {
    const path = (input['Path'] ?? input['Name'] ?? '').replace(/\/$/, '');
    // AWS's own public parameters belong to no account.
    if (path.startsWith('/aws/service/')) return arn('ssm', `parameter${path}`);
    return arn('ssm', `parameter${path}`);
  }
  if (service === 'kms') return input['KeyId'] ?? '*';
  const unit = input['OrganizationalUnitId'];
  // In the management account, whichever that is.
  if (unit !== undefined) return arn('organizations', `ou/o-any/${unit}`, ':999999999999');
  return input['stateMachineArn'] ?? input['executionArn'] ?? input['mapRunArn'] ?? '*';
}

function askedOfS3({ method, url }: WireRequest, partition: string): AskedFor {
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  const [, bucket = '', ...rest] = decodeURIComponent(pathname).split('/');
  const arn = `arn:${partition}:s3:::${bucket}`;
  const key = rest.join('/');
  if (key === '') {
    const prefix = searchParams.get('prefix') ?? '';
    return { action: 's3:ListBucket', resource: arn, context: { 's3:prefix': prefix } };
  }
  const object = { resource: `${arn}/${key}`, context: {} };
  if (method === 'GET' || method === 'HEAD') return { action: 's3:GetObject', ...object };
  if (method === 'DELETE') {
    const upload = searchParams.has('uploadId');
    return { action: upload ? 's3:AbortMultipartUpload' : 's3:DeleteObject', ...object };
  }
  return { action: 's3:PutObject', ...object };
}
