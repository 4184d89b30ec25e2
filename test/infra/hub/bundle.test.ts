import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DEPLOYED, type DeployedName } from '../../../functions/deployed.ts';
import { bundleFunctions } from '../../../infra/hub/bundle.ts';
import { BundleHost, makeBundles } from '../../support/bundles.ts';

const NAMES = Object.keys(DEPLOYED) as DeployedName[];
const ENVIRONMENT = {
  // An emulator's Lambda: a runtime by name, and no trace to write to.
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_REGION: 'eu-west-1',
  POWERTOOLS_SERVICE_NAME: 'orgsweep',
  BUCKET: 'orgsweep-hub',
  SEAL_KEY_ARN: 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd',
  HUB_NAME: '/orgsweep/hub',
  PARTITION: 'aws',
  HUB_ACCOUNT_ID: '111111111111',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:orgsweep',
  CHAT_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:orgsweep-chat',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111111111111:stateMachine:orgsweep',
  DISCOVERY_ROLE_NAME: 'orgsweep-discovery',
  DELETION_ROLE_NAME: 'orgsweep-deletion',
  DELETION_ENABLED: 'false',
  PROTECT_TAGS: '',
  FLOORS: '{}',
  DELETION_KINDS: 'ebs-snapshot',
  REMOVALS_PER_SECOND: '2',
};

const bundles = makeBundles();
afterAll(() => bundles.remove());

it('makes one file for each deployed function', () => {
  const files = readdirSync(bundles.folder, { recursive: true, encoding: 'utf8' });
  const expected = NAMES.map((name) => path.relative(bundles.folder, bundles.fileOf(name)));
  expect(files.filter((file) => file.includes('.')).toSorted()).toEqual(expected.toSorted());
});

it('has no client of the price list in any of them: no function asks for prices', () => {
  for (const name of NAMES) {
    const bundle = readFileSync(bundles.fileOf(name), 'utf8');
    expect({ name, asks: /AWSPriceListService|GetProducts/.test(bundle) }).toEqual({
      name,
      asks: false,
    });
  }
});

it('makes the same bytes again, wherever they go', () => {
  const again = `${bundles.folder}-again`;
  try {
    bundleFunctions(again, ['DiscoverTarget']);
    const first = readFileSync(bundles.fileOf('DiscoverTarget'));
    const second = readFileSync(bundles.fileOf('DiscoverTarget').replace(bundles.folder, again));
    expect(second.equals(first)).toBe(true);
    expect(first.includes(path.resolve('.'))).toBe(false);
  } finally {
    rmSync(again, { recursive: true });
  }
});

// In a process where nothing of orgsweep or the SDK was loaded before.
describe.each(NAMES)('%s, as Lambda would load it', (name) => {
  const [missing] = Object.keys(DEPLOYED[name].env.shape)
    .filter((key): key is keyof typeof ENVIRONMENT => key in ENVIRONMENT)
    .slice(-1) as [keyof typeof ENVIRONMENT];
  let host: BundleHost;
  beforeAll(() => {
    const { [missing]: _, ...others } = ENVIRONMENT;
    host = new BundleHost(bundles, others);
  });
  afterAll(async () => host.end());

  it('refuses to work without one of its variables, naming it, until it is there', async () => {
    const { error } = await host.call(name, { executionId: 'weekly' });
    expect(error?.name).toBe('InvalidEnvironment');
    expect(error?.message).toMatch(new RegExp(`^environment\\.${missing}: missing – accepted: .*`));
    expect(host.lines().find(({ level }) => level === 'ERROR')).toMatchObject({
      service: 'orgsweep',
      status: 'InvalidEnvironment',
      executionId: 'weekly',
      durationMs: expect.any(Number),
      apiCalls: 0,
    });
  });

  it('refuses an event that is none of its own', async () => {
    const complete = { [missing]: ENVIRONMENT[missing] };
    const { error } = await host.call(name, { executionId: 'no id', input: {} }, complete);
    expect(['UnexpectedValue', 'InvalidInput']).toContain(error?.name);
    expect(error?.message).toMatch(/executionId|execution name/);
    expect(error?.message).not.toMatch(/\n|\{\s*"/);
  });
});
