interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface CloudFormationTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Scope {
  readonly template: CloudFormationTemplate;
  /** Of `Ref` by its name, of `Fn::GetAtt` by `Resource.Attribute`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** For what isn't among the values; without it that is an error. */
  readonly standIn?: (name: string) => unknown;
}

const NO_VALUE = Symbol('AWS::NoValue');

/** As CloudFormation reads it, as far as these templates go. @throws for what it doesn't know */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, scope));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = []] = Object.entries(value);
  if (name === 'Ref') return refer(argument as string, scope);
  if (name === 'Fn::GetAtt') return refer((argument as string[]).join('.'), scope);
  if (name?.startsWith('Fn::')) return call(name, resolveAll(argument, scope), scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, resolve(one, scope)])
      .filter(([, one]) => one !== NO_VALUE),
  );
}

function resolveAll(argument: unknown, scope: Scope): unknown[] {
  return (argument as unknown[]).map((one) => resolve(one, scope));
}

function refer(name: string, { values, standIn }: Scope): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE;
  if (Object.hasOwn(values, name)) return values[name];
  if (standIn === undefined) throw new Error(`no value for ${name}`);
  return standIn(name);
}

function call(name: string, [first, ...others]: unknown[], scope: Scope): unknown {
  switch (name) {
    case 'Fn::Join':
      return (others[0] as string[]).join(first as string);
    case 'Fn::Equals':
      return first === others[0];
    case 'Fn::Not':
      return !first;
    case 'Fn::If':
      return resolve(scope.template.Conditions?.[first as string], scope) ? others[0] : others[1];
    default:
      throw new Error(`${name} is not known`);
  }
}
