import { readdirSync } from 'node:fs';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { makeS3Store } from '../../store/s3-store.ts';
import type { Store } from '../../store/store.ts';
import { runStateMachine, type StateMachineResult } from '../../local/engine/run-asl.ts';
import type { LambdaFunction } from '../../local/engine/lambda-function.ts';
import type { Simulation } from '../../simulation/server.ts';
import { parseDefinition } from '../../statemachine/definition.ts';
import { type DeployedFunction, LambdaProcesses } from './lambda-process.ts';
import { openPolicyGate, type PolicyGate } from './policy-gate.ts';
import { type DeployedInto, type Resource, resolveTemplate } from './resolved-template.ts';
import { judgeBy } from './role-policies.ts';
import { trustOfSpokeRoles } from './spoke-trust.ts';
import type { Synthesized } from './synthesized.ts';

export interface DeployedHub {
  readonly resources: Readonly<Record<string, Resource>>;
  /** The hub's bucket, as the operator sees it. */
  readonly store: Store;
  run(executionId: string, input: unknown): Promise<StateMachineResult>;
  /** Where the requests of each role's function go, by the role's name. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** What IAM refused, by role. */
  denials(): Record<string, readonly string[]>;
  /** The log lines of a function, by the id of its role. */
  logs(): Record<string, readonly string[]>;
  close(): Promise<void>;
}

/**
 * Puts the synthesized hub stack to work: its own definition with its substitutions, its bundles in
 * processes of their own with the environment of the template, each behind its own role's policies.
 */
export async function deployHub(
  { hub: { template, assetOf }, stackSets }: { hub: Synthesized; stackSets: Synthesized },
  into: DeployedInto & { organizationId: string },
  simulation: Simulation,
): Promise<DeployedHub> {
  const resources = resolveTemplate(template, into);
  const spokeTrust = trustOfSpokeRoles(stackSets, into);
  const judge = judgeBy(resources, { ...into, spokeTrust });
  const gates = new Map<string, PolicyGate>();
  const gateFor = async (roleArn: string) => {
    const roleName = roleArn.split('/').at(-1) ?? '';
    const known = gates.get(roleName);
    if (known !== undefined) return known;
    const gate = await openPolicyGate({ roleName, judge, account: into, simulation });
    gates.set(roleName, gate);
    return gate;
  };

  const processes = new Map<string, LambdaProcesses>();
  const functions: Record<string, LambdaFunction> = {};
  const [machine] = ofType(resources, 'AWS::StepFunctions::StateMachine');
  const [, machineProperties] = machine ?? fail('the stack has no state machine');
  const machineRole = String(machineProperties['RoleArn']);
  for (const [id, properties] of ofType(resources, 'AWS::Lambda::Function')) {
    const gate = await gateFor(String(properties['Role']));
    const deployed = deployedFunction({ id, properties, into, assetOf }, gate, simulation);
    const runtime = new LambdaProcesses(deployed);
    processes.set(deployed.name, runtime);
    functions[deployed.arn] = async (event) => {
      const invocation = { action: 'lambda:InvokeFunction', resource: deployed.arn, context: {} };
      if (!(await judge(machineRole.split('/').at(-1) ?? '', invocation))) {
        throw new Error(`the state machine may not invoke ${deployed.arn}`);
      }
      return runtime.invoke(event);
    };
  }

  const machineGate = await gateFor(machineRole);
  const clientsOf = (endpoint: string) => ({
    endpoint,
    region: into.region,
    credentials: simulation.credentials,
    forcePathStyle: true,
  });
  const bucket = bucketOf(resources);
  const s3 = new S3Client(clientsOf(machineGate.endpoint));
  const sns = new SNSClient(clientsOf(machineGate.endpoint));
  const operator = new S3Client(clientsOf(simulation.endpoint));
  const definition = parseDefinition(definitionOf(machineProperties));
  return {
    resources,
    store: makeS3Store({ client: operator, bucket }),
    run: async (executionId, input) =>
      runStateMachine({
        definition,
        functions,
        store: makeS3Store({ client: s3, bucket }),
        awaitCallback: async () => fail('nobody is there to approve'),
        publish: async (message) => void (await sns.send(new PublishCommand(message))),
        executionId,
        input,
        retryWait: () => 10,
        maxChildren: 2,
      }),
    endpoints: new Map([...gates].map(([name, { endpoint }]) => [name, endpoint])),
    denials: () =>
      Object.fromEntries(
        [...gates]
          .filter(([, gate]) => gate.denied.length > 0)
          .map(([name, gate]) => [name, gate.denied]),
      ),
    logs: () => Object.fromEntries([...processes].map(([name, runtime]) => [name, runtime.lines])),
    close: async () => {
      for (const client of [s3, sns, operator]) client.destroy();
      await Promise.all([...processes.values()].map(async (runtime) => runtime.close()));
      await Promise.all([...gates.values()].map(async (gate) => gate.close()));
    },
  };
}

/** The bucket that the functions are told of. */
export function bucketOf(resources: Readonly<Record<string, Resource>>): string {
  const names = ofType(resources, 'AWS::Lambda::Function').map(
    ([, properties]) => environmentOf(properties)['BUCKET'],
  );
  const [name] = names.filter((known) => known !== undefined);
  return name ?? fail('no function is told of a bucket');
}

/** Those of the template that give MACs. */
export function macKeysOf(
  resources: Readonly<Record<string, Resource>>,
  { partition, region, accountId }: DeployedInto,
): { arn: string }[] {
  return ofType(resources, 'AWS::KMS::Key')
    .filter(([, { KeySpec }]) => KeySpec === 'HMAC_256')
    .map(([id]) => ({ arn: `arn:${partition}:kms:${region}:${accountId}:key/${id}` }));
}

function ofType(resources: Readonly<Record<string, Resource>>, type: string) {
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties] as const);
}

function environmentOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const environment = properties['Environment'] as { Variables?: Record<string, string> };
  return environment?.Variables ?? {};
}

interface FunctionToDeploy {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly into: DeployedInto;
  readonly assetOf: Synthesized['assetOf'];
}

function deployedFunction(
  { id, properties, into, assetOf }: FunctionToDeploy,
  gate: PolicyGate,
  simulation: Simulation,
): DeployedFunction {
  const name = String(properties['FunctionName'] ?? id);
  const { S3Key } = properties['Code'] as { S3Key: string };
  const [file = '', handlerName = ''] = String(properties['Handler']).split('.');
  const folder = assetOf(S3Key);
  const bundle = readdirSync(folder).find((entry) =>
    [`${file}.mjs`, `${file}.js`, `${file}.cjs`].includes(entry),
  );
  return {
    name,
    arn: `arn:${into.partition}:lambda:${into.region}:${into.accountId}:function:${name}`,
    bundle: path.join(folder, bundle ?? fail(`${folder} has no ${file}`)),
    handlerName,
    timeoutSeconds: Number(properties['Timeout']),
    environment: {
      ...environmentOf(properties),
      // What Lambda itself adds.
      AWS_REGION: into.region,
      AWS_ACCESS_KEY_ID: simulation.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: simulation.credentials.secretAccessKey,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties['MemorySize']),
      _X_AMZN_TRACE_ID: 'Root=1-00000000-000000000000000000000000;Sampled=0',
      // What makes an emulator of it; nothing else is different.
      AWS_ENDPOINT_URL: gate.endpoint,
    },
  };
}

/** As CloudFormation substitutes: in the text, wherever it stands. */
function definitionOf(properties: Readonly<Record<string, unknown>>): string {
  const values = (properties['DefinitionSubstitutions'] ?? {}) as Record<string, string>;
  return String(properties['DefinitionString']).replace(
    /\$\{(\w+)\}/g,
    (_, name: string) => values[name] ?? fail(`nothing is substituted for ${name}`),
  );
}

function fail(message: string): never {
  throw new Error(message);
}
