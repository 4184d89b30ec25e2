/**
 * A synthesized template as CloudFormation would deploy it: every intrinsic function carried out,
 * with the names and ARNs that the resources would get. An intrinsic or a pseudo parameter that
 * isn't known here is an error, so nothing is guessed.
 */
export interface DeployedInto {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  /** For parameters without a default. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Parameters?: Record<string, { Default?: unknown; Type: string }>;
  readonly Conditions?: Record<string, unknown>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Resources: Record<string, Resource>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

type Intrinsic = (argument: unknown) => unknown;

/** `AWS::NoValue`: takes its property away. */
const NO_VALUE = Symbol('AWS::NoValue');

export function resolveTemplate(template: Template, into: DeployedInto): Record<string, Resource> {
  const resolve = resolverFor(template, into);
  const resources = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || resolve(template.Conditions?.[Condition]),
  );
  return Object.fromEntries(resources.map(([id, resource]) => [id, resolve(resource) as Resource]));
}

function resolverFor(template: Template, into: DeployedInto): (value: unknown) => unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': into.accountId,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': into.partition,
    'AWS::Region': into.region,
    'AWS::StackName': 'Deployed',
    'AWS::URLSuffix': into.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  const refer = (name: string): unknown => {
    if (name in pseudo) return pseudo[name];
    const parameter = template.Parameters?.[name];
    if (parameter !== undefined) {
      const value = into.parameters?.[name] ?? parameter.Default;
      if (value === undefined) throw new Error(`template: parameter ${name} has no value`);
      const isList = parameter.Type === 'CommaDelimitedList';
      return isList && typeof value === 'string' ? value.split(',') : value;
    }
    return identityOf(name).ref;
  };
  const identityOf = (id: string) => {
    const resource = template.Resources[id];
    if (resource === undefined) throw new Error(`template: nothing is called ${id}`);
    const named = (property: string) => {
      const value = resource.Properties?.[property];
      return value === undefined ? id : String(resolve(value));
    };
    return identityIn(into, resource.Type, id, named);
  };
  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (name) => refer(String(name)),
    'Fn::GetAtt': (argument) => {
      const [id, attribute] = (
        typeof argument === 'string' ? argument.split('.') : argument
      ) as string[];
      if (id === undefined || attribute === undefined) throw new Error('template: bad GetAtt');
      if (attribute === 'Arn' || attribute.endsWith('Arn')) return identityOf(id).arn;
      // `QueueName`, `TopicName`, `Name`: the end of the ARN.
      const name = identityOf(id).arn.split(/[:/]/).at(-1);
      if (attribute.endsWith('Name') && name !== undefined) return name;
      throw new Error(`template: ${id}.${attribute} isn't known`);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = argument as [string, unknown];
      return (resolve(parts) as unknown[]).map(String).join(separator);
    },
    'Fn::Sub': (argument) => {
      const [text, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [
        string,
        Record<string, unknown>,
      ];
      return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
        if (literal !== '') return `\${${name}}`;
        if (name in values) return String(resolve(values[name]));
        return String(
          name.includes('.') ? resolve({ 'Fn::GetAtt': name.split('.') }) : refer(name),
        );
      });
    },
    'Fn::Select': (argument) => {
      const [index, list] = argument as [number | string, unknown];
      return (resolve(list) as unknown[])[Number(index)];
    },
    'Fn::Split': (argument) => {
      const [separator, text] = argument as [string, unknown];
      return String(resolve(text)).split(separator);
    },
    'Fn::If': (argument) => {
      const [condition, yes, no] = argument as [string, unknown, unknown];
      return resolve(resolve(template.Conditions?.[condition]) === true ? yes : no);
    },
    'Fn::Equals': (argument) => {
      const [one, other] = argument as unknown[];
      return resolve(one) === resolve(other);
    },
    'Fn::Not': (argument) => resolve((argument as unknown[])[0]) !== true,
    'Fn::And': (argument) => (argument as unknown[]).every((part) => resolve(part) === true),
    'Fn::Or': (argument) => (argument as unknown[]).some((part) => resolve(part) === true),
    Condition: (name) => resolve(template.Conditions?.[String(name)]),
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map(resolve).filter((item) => item !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) {
      const [name, argument] = only;
      const intrinsic = intrinsics[name];
      // `Condition` is also a plain key of policy statements, whose value is an object.
      if (intrinsic !== undefined && (name !== 'Condition' || typeof argument === 'string')) {
        return intrinsic(argument);
      }
      if (name.startsWith('Fn::')) throw new Error(`template: ${name} isn't known`);
    }
    return Object.fromEntries(
      entries
        .map(([key, inner]) => [key, resolve(inner)] as const)
        .filter(([, inner]) => inner !== NO_VALUE),
    );
  }
  return resolve;
}

/** What `Ref` and the ARN attribute of a resource give, per type. */
function identityIn(
  { accountId, region, partition }: DeployedInto,
  type: string,
  id: string,
  named: (property: string) => string,
): { ref: string; arn: string } {
  const arn = (service: string, resource: string, where = `${region}:${accountId}`) =>
    `arn:${partition}:${service}:${where}:${resource}`;
  switch (type) {
    case 'AWS::Lambda::Function': {
      const name = named('FunctionName');
      return { ref: name, arn: arn('lambda', `function:${name}`) };
    }
    case 'AWS::IAM::Role': {
      const name = named('RoleName');
      return { ref: name, arn: arn('iam', `role/${name}`, `:${accountId}`) };
    }
    case 'AWS::S3::Bucket': {
      const name = named('BucketName').toLowerCase();
      return { ref: name, arn: arn('s3', name, ':') };
    }
    case 'AWS::SNS::Topic': {
      const topic = arn('sns', named('TopicName'));
      return { ref: topic, arn: topic };
    }
    case 'AWS::StepFunctions::StateMachine': {
      const machine = arn('states', `stateMachine:${named('StateMachineName')}`);
      return { ref: machine, arn: machine };
    }
    case 'AWS::SQS::Queue': {
      const name = named('QueueName');
      return { ref: `https://sqs.${region}/${accountId}/${name}`, arn: arn('sqs', name) };
    }
    case 'AWS::Logs::LogGroup': {
      const name = named('LogGroupName');
      return { ref: name, arn: `${arn('logs', `log-group:${name}`)}:*` };
    }
    case 'AWS::KMS::Key':
      return { ref: id, arn: arn('kms', `key/${id}`) };
    default:
      return { ref: id, arn: arn('unknown', id) };
  }
}
