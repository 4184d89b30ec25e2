import { z } from 'zod';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { brokenListing } from '../../../aws/answers/pages.ts';
import { makePace } from '../../../aws/answers/pace.ts';
import { type PlainClient, plainService } from '../../../aws/sessions/plain-service.ts';
import { chunksOf } from '../../listings/filter.ts';
import type { ReadBy } from '../../listings/listing.ts';
import { amiIdsIn } from '../../ec2/ami-id.ts';
import { ask, checkIsAbout, itemsOf } from './services/ask.ts';
import type { AmiSource } from './source.ts';

/** @internal A test compares what it sends with what the SDK's own client does. */
export const SSM = plainService({
  prefix: 'ssm',
  speaks: { protocol: 'json', version: '1.1', target: 'AmazonSSM' },
});

const DescribeParameters = SSM.command({ name: 'DescribeParameters' });
const GetParameters = SSM.command({ name: 'GetParameters' });
const GetParameterHistory = SSM.command({ name: 'GetParameterHistory' });

/** What one version of a parameter names. Its value is not held. */
interface NamingVersion {
  readonly name: string;
  readonly version: number;
  readonly labels: readonly string[];
  readonly imageIds: readonly string[];
}

const Parameter = z.object({
  Name: z.string(),
  Type: z.string(),
  DataType: z.string().nullish(),
  Version: z.number().nullish(),
});
type Parameter = z.infer<typeof Parameter>;

const Valued = z.object({
  Name: z.string(),
  Version: z.number(),
  Labels: z.array(z.string()).nullish(),
  Value: z.string(),
});

const Listed = z.object({ Parameters: z.array(Parameter), NextToken: z.string().nullish() });
const Got = z.object({
  Parameters: z.array(Valued),
  InvalidParameters: z.array(z.string()).nullish(),
});
const History = z.object({ Parameters: z.array(Valued), NextToken: z.string().nullish() });

/** The parameters that launches may name for their image have this type, and EC2 checks their values. */
const IMAGE = 'aws:ec2:image';
const SECRET = 'SecureString';
/** Nothing of a secure string is asked for, be it encrypted. */
const READABLE = [{ Key: 'Type', Option: 'Equals', Values: ['String', 'StringList'] }];
const PAGE = { MaxResults: 50 };
/** GetParameters takes at most this many. */
const MOST_NAMES = 10;

/**
 * Parameters that hold the id of an AMI: `resolve:ssm:` of launches, `ssm:` of Image Builder and
 * whatever else looks it up there, most of which is nowhere listed. Older versions can be named too,
 * by number and by label, so those of a parameter that is for AMIs, or names one now, are read as well.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
 */
export const ssmParameters: AmiSource<NamingVersion> = {
  name: 'ssm-parameters',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: whatever looks up its AMI there finds one that is gone',
  listing: {
    name: 'ssm-parameters',
    reach: 'regional',
    cost: '1 call per 50 parameters that are no secure strings, 1 per 10 of them, and 1 per 50 versions of each that is for AMIs or names one, and has several',
    iam: ['ssm:DescribeParameters', 'ssm:GetParameterHistory', 'ssm:GetParameters'],
    list: listNamingVersions,
  },
  take: ({ name, version, labels, imageIds }) => ({
    by: [`${name}:${version}`, ...(labels.length === 0 ? [] : [`(${labels.join(', ')})`])].join(
      ' ',
    ),
    keys: imageIds,
  }),
};

async function* listNamingVersions({ clients, clock }: ReadBy): AsyncGenerator<NamingVersion> {
  const ssm = clients.of(SSM);
  const turn = makePace(clock);
  const parameters: Parameter[] = [];
  for await (const parameter of listParameters(ssm)) parameters.push(parameter);
  for (const some of chunksOf(parameters, MOST_NAMES)) {
    await turn();
    const named = await namedNow(ssm, some);
    for (const parameter of some) {
      const now = named.get(parameter.Name);
      // Deleted since it was listed.
      if (now === undefined) continue;
      const isForImages = parameter.DataType === IMAGE || now.imageIds.length > 0;
      if (isForImages && Math.max(parameter.Version ?? Infinity, now.version) > 1) {
        await turn();
        yield* allVersions(ssm, now);
      } else yield now;
    }
  }
}

async function* listParameters(ssm: PlainClient): AsyncGenerator<Parameter> {
  const listed = itemsOf(
    {
      operation: 'ssm:DescribeParameters',
      Answer: Listed,
      items: (page) => page.Parameters,
      token: 'NextToken',
    },
    ssm,
    (NextToken) =>
      new DescribeParameters({
        ParameterFilters: READABLE,
        ...PAGE,
        ...(NextToken && { NextToken }),
      }),
  );
  for await (const parameter of listed) if (parameter.Type !== SECRET) yield parameter;
}

async function namedNow(
  ssm: PlainClient,
  parameters: readonly Parameter[],
): Promise<ReadonlyMap<string, NamingVersion>> {
  const operation = 'ssm:GetParameters';
  const Names = parameters.map(({ Name }) => Name);
  const command = new GetParameters({ Names, WithDecryption: false });
  const { Parameters, InvalidParameters } = await ask({ operation, Answer: Got }, ssm, command);
  const named = new Map(Parameters.map((one) => [one.Name, toNaming(one)]));
  const gone = new Set(InvalidParameters);
  const untold = Names.find((name) => !named.has(name) && !gone.has(name));
  if (untold !== undefined) throw brokenListing(operation, `nothing was said about ${untold}`);
  return named;
}

/** The one that was just seen included. AWS keeps a hundred. */
async function* allVersions(
  ssm: PlainClient,
  { name: Name, version: now }: NamingVersion,
): AsyncGenerator<NamingVersion> {
  const operation = 'ssm:GetParameterHistory';
  const listed = itemsOf(
    {
      operation,
      Answer: History,
      items: (page) => page.Parameters,
      token: 'NextToken',
    },
    ssm,
    (NextToken) =>
      new GetParameterHistory({
        ...{ Name, WithDecryption: false, ...PAGE },
        ...(NextToken && { NextToken }),
      }),
  );
  let hasNow = false;
  try {
    for await (const one of listed) {
      checkIsAbout(Name, one.Name, { operation });
      hasNow ||= one.Version === now;
      yield toNaming(one);
    }
  } catch (error) {
    // Deleted since it was listed.
    if (toAwsFailure(error).code === 'ParameterNotFound') return;
    throw error;
  }
  if (!hasNow) throw brokenListing(operation, `${Name} came without its version ${now}`);
}

function toNaming({ Name, Version, Labels, Value }: z.infer<typeof Valued>): NamingVersion {
  return { name: Name, version: Version, labels: Labels ?? [], imageIds: amiIdsIn(Value) };
}
