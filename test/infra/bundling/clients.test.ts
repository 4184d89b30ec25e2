import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DeployedName, kebabName } from '../../../functions/deployed.ts';
import { bundleFunctions } from '../../../infra/hub/bundle.ts';

/** What the kinds ask in the accounts that they look at. Only who enters accounts has it. */
const KINDS = ['auto-scaling', 'cloudwatch', 'ebs', 'ec2', 'ecs', 'storage-gateway'];
/** The store, and the key that seals what stands in it. */
const SEALED_STORE = ['kms', 's3'];

/** By function: what it asks, as its entry connects it. */
const CLIENTS: Readonly<Record<DeployedName, readonly string[]>> = {
  // It finds the organization, and the Regions that a kind's service has.
  Prepare: [...SEALED_STORE, 'ec2', 'organizations', 'ssm', 'sts', 'sfn'],
  // What follows enters accounts by a role.
  ListRegions: [...SEALED_STORE, ...KINDS, 'sts'],
  DiscoverTarget: [...SEALED_STORE, ...KINDS, 'sts'],
  // It asks where an account is now.
  RemovePlanned: [...SEALED_STORE, ...KINDS, 'sts', 'organizations'],
  RecordFailedTarget: SEALED_STORE,
  Plan: SEALED_STORE,
  Summarize: SEALED_STORE,
  // What follows tells people, by a topic or by what waits for them.
  RequestApproval: ['s3', 'sns'],
  DecideApproval: [...SEALED_STORE, 'sfn', 'sts'],
  StartGovernanceRun: ['sfn', 'sns'],
  ForwardToChat: ['s3', 'sns'],
};
/** By function, a little above what it has: see docs/figures.md for what makes some of them large. */
const MOST_BYTES: Readonly<Record<DeployedName, number>> = {
  Prepare: 1_800_000,
  ListRegions: 1_850_000,
  DiscoverTarget: 1_900_000,
  RemovePlanned: 2_000_000,
  RecordFailedTarget: 1_150_000,
  Plan: 1_550_000,
  Summarize: 2_050_000,
  RequestApproval: 1_500_000,
  DecideApproval: 1_200_000,
  StartGovernanceRun: 950_000,
  ForwardToChat: 1_300_000,
};
/** Its values of fields are no client. */
const CLIENT = /^node_modules\/@aws-sdk\/client-([\w-]+)\/(?!.*\/models\/enums\.js)/;
const NAMES = Object.keys(CLIENTS) as DeployedName[];

const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-clients-'));
const { outputs } = bundleFunctions(folder);
afterAll(() => rmSync(folder, { recursive: true }));

function codeOf(name: DeployedName): string {
  return readFileSync(path.join(folder, kebabName(name), 'index.js'), 'utf8');
}

/** Whatever of a package is in a bundle, and not only looked at while it was made. */
function filesIn(name: DeployedName): string[] {
  const [, output] = Object.entries(outputs).find(([file]) =>
    file.endsWith(`/${kebabName(name)}/index.js`),
  )!;
  return Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
}

it.each(NAMES)('%s is small: a cold start has to read it', (name) => {
  expect(codeOf(name).length).toBeLessThan(MOST_BYTES[name]);
});

it.each(NAMES)('%s has short lines, so that a stack trace says where', (name) => {
  const lines = codeOf(name).split('\n');
  expect(lines.filter((line) => line.length > 400).length).toBeLessThan(lines.length / 100);
});

it.each(NAMES)('%s has the clients that it uses, and no other', (name) => {
  const clients = filesIn(name).flatMap((file) => CLIENT.exec(file)?.[1] ?? []);
  expect([...new Set(clients)].toSorted()).toEqual(CLIENTS[name].toSorted());
});

it.each(NAMES)('%s has no credentials but those that Lambda gives it', (name) => {
  const providers = filesIn(name).flatMap(
    (file) =>
      /@(?:aws-sdk|smithy)\/(?:credential-provider-[\w-]+|nested-clients)/.exec(file)?.[0] ?? [],
  );
  expect([...new Set(providers)]).toEqual(['@aws-sdk/credential-provider-env']);
});
