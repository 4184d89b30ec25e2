import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clockInHeader, fastClock } from '../../../clock/clock.ts';
import { clockBehind, type FirstAnswer } from '../../../local/aws-access/simulated-clock.ts';
import { serve } from '../../support/organizations/served-organization.ts';

const LATER = new Date(Date.now() + 14 * 86_400_000);
const answer = async (): Promise<FirstAnswer> => ({
  header: clockInHeader(fastClock(LATER, 10)),
  address: '127.0.0.1',
});
/** How far a clock is ahead of this machine's, in days. */
const daysAhead = ({ now }: { now(): Date }) =>
  Math.round((now().getTime() - Date.now()) / 86_400_000);

it('goes by the clock of a simulated organization on loopback, as fast as that one', async () => {
  const served = await serve();
  served.clock.advance(LATER.getTime() - served.clock.now().getTime());
  try {
    const clock = await clockBehind(served.simulation.endpoint);
    expect(daysAhead(clock)).toBe(14);
    expect(clock.speed).toBe(1);
  } finally {
    await served.close();
  }
});

it.each([
  'http://127.0.0.1:4599',
  'http://127.8.9.10:4599',
  'http://[::1]:4599',
  'http://localhost:4599',
])('takes %s for loopback', async (endpoint) => {
  const clock = await clockBehind(endpoint, answer);
  expect([daysAhead(clock), clock.speed]).toEqual([14, 10]);
});

it.each([
  undefined,
  '',
  'localhost:4599',
  'https://ec2.eu-west-1.amazonaws.com',
  'http://ec2.eu-west-1.amazonaws.com',
  'http://10.0.0.7:4599',
  'http://192.168.1.2',
  'http://0.0.0.0:4599',
  'http://127.0.0.1.example.com:4599',
  'http://localhost.example.com',
  // Resolvers may know other addresses for these.
  'http://s3.localhost:4599',
  'http://localhost.:4599',
  'http://127.0.0.1@example.com',
  'http://[fe80::1]:4599',
  'https://127.0.0.1:4599',
])('never asks %s, whatever it would say', async (endpoint) => {
  let isAsked = false;
  const clock = await clockBehind(endpoint, async () => {
    isAsked = true;
    return answer();
  });
  expect([daysAhead(clock), isAsked]).toEqual([0, false]);
});

it.each(['10.0.0.7', '::ffff:10.0.0.7', '2001:db8::1', undefined])(
  'does not believe an answer that came from %s, whatever it was called',
  async (address) => {
    const elsewhere = async () => ({ ...(await answer()), address });
    expect(daysAhead(await clockBehind('http://localhost:4599', elsewhere))).toBe(0);
  },
);

it.each([
  undefined,
  '',
  LATER.toISOString(),
  `${LATER.toISOString()} speed=0`,
  `${LATER.toISOString()} speed=-1`,
  `${LATER.toISOString()} speed=99999`,
  'tomorrow speed=1',
])('goes by its own clock where the answer says %p', async (header) => {
  const clock = await clockBehind('http://127.0.0.1:4599', async () => ({
    header,
    address: '127.0.0.1',
  }));
  expect(daysAhead(clock)).toBe(0);
});

it('goes by its own clock where another emulator answers, or nobody', async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(daysAhead(await clockBehind(endpoint))).toBe(0);
  await new Promise((resolve) => server.close(resolve));
  expect(daysAhead(await clockBehind(endpoint))).toBe(0);
});
