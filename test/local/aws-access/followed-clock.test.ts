import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../clock/clock.ts';
import { clockToFollow } from '../../../local/aws-access/followed-clock.ts';
import { serve, type Served } from '../../support/organizations/served-organization.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => served.close());

const follow = async (env: Record<string, string>) =>
  clockToFollow({ AWS_ENDPOINT_URL: served.simulation.endpoint, ...env });

it.each<Record<string, string>>([
  {},
  { AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:4566' },
  { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
])('goes by the clock of the organization behind AWS_ENDPOINT_URL: %j', async (env) => {
  const { now } = await follow(env);
  const apart = Math.abs(now().getTime() - served.clock.now().getTime());
  expect(apart).toBeLessThan(10_000);
});

it.each<Record<string, string>>([
  { AWS_ENDPOINT_URL: '' },
  { AWS_ENDPOINT_URL: 'https://ec2.eu-west-1.amazonaws.com' },
  { AWS_ENDPOINT_URL_EC2: 'https://ec2.eu-west-1.amazonaws.com' },
  { AWS_ENDPOINT_URL_STS: 'http://10.0.0.7:4599' },
  { AWS_ENDPOINT_URL_EC2: 'what?' },
  { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
])("goes by the machine's where AWS may be asked as well: %j", async (env) => {
  expect(await follow(env)).toBe(systemClock);
});

it("goes by the machine's where the profile has the SDK ignore AWS_ENDPOINT_URL", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'clock-'));
  const config = path.join(folder, 'config');
  const before = process.env['AWS_CONFIG_FILE'];
  process.env['AWS_CONFIG_FILE'] = config;
  try {
    for (const [says, isFollowed] of [
      ['true', false],
      ['false', true],
    ] as const) {
      await writeFile(config, `[default]\nignore_configured_endpoint_urls = ${says}\n`);
      expect([says, (await follow({ AWS_CONFIG_FILE: config })) !== systemClock]).toEqual([
        says,
        isFollowed,
      ]);
    }
    await writeFile(config, '[profile real]\nignore_configured_endpoint_urls = true\n');
    expect(await follow({ AWS_CONFIG_FILE: config, AWS_PROFILE: 'real' })).toBe(systemClock);
  } finally {
    if (before === undefined) delete process.env['AWS_CONFIG_FILE'];
    else process.env['AWS_CONFIG_FILE'] = before;
    await rm(folder, { recursive: true });
  }
});
