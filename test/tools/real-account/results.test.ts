import { anonymous } from '../../../tools/real-account/anonymous.ts';
import { exitCodeOf, type Ran, toJson, toText } from '../../../tools/real-account/results.ts';
import { runProbes, type Settled } from '../../../tools/real-account/run-probes.ts';
import type { Result } from '../../../tools/real-account/probe.ts';
import { stoppable } from '../../../tools/real-account/sandbox/stoppable.ts';
import { waitFor } from '../../../tools/real-account/sandbox/wait.ts';
import { whoIsAsked } from '../../../tools/real-account/who-is-asked.ts';
import { makeManualClock } from '../../support/manual-clock.ts';
import { openFake, probe } from './opened.ts';

const PROBE = probe('snapshot-attribute-lists');
const settled = (...results: Result[]): Settled[] =>
  results.map((result) => ({ probe: PROBE, result, seen: 'as seen' }));
const ran = (over: Partial<Ran> = {}): Ran => ({
  region: 'eu-west-1',
  asked: 'AWS',
  wrote: false,
  settled: settled('SAME'),
  left: [],
  ...over,
});

it.each([
  [0, ran()],
  [3, ran({ settled: settled('SAME', 'NOT_SETTLED') })],
  [5, ran({ settled: settled('NOT_SETTLED'), left: ['volume vol-1: denied'] })],
  [1, ran({ settled: settled('DIFFERS', 'NOT_SETTLED'), left: ['volume vol-1: denied'] })],
])('ends with exit code %i', (code, one) => expect(exitCodeOf(one)).toBe(code));

it('tells first what differs, with what it would mean, and counts all', () => {
  const text = toText(ran({ settled: settled('SAME', 'NOT_SETTLED', 'DIFFERS') }));
  expect(text).toMatch(/^DIFFERS {6}snapshot-attribute-lists\n {13}It is assumed: /);
  expect(text).toContain('Otherwise: Without the list a snapshot is held');
  expect(text).toContain('1 SAME, 1 NOT SETTLED, 1 DIFFERS. Asked: AWS.');
  expect(text.indexOf('NOT SETTLED')).toBeLessThan(text.indexOf('SAME  '));
});

it('tells what is still there', () =>
  expect(toText(ran({ left: ['volume vol-1: denied'] }))).toContain('STILL THERE: volume vol-1'));

it('has JSON that says who was asked, and of which version it is', () => {
  const json = toJson(
    ran({ left: ['bucket orgsweep-real-account-111122223333-eu-west-1: denied'] }),
  );
  expect(json).toMatchObject({ asked: 'AWS', counts: { SAME: 1, DIFFERS: 0, NOT_SETTLED: 0 } });
  expect(JSON.stringify(json)).not.toContain('111122223333');
});

it.each([
  [
    'User: arn:aws:sts::111122223333:assumed-role/Admin/ada@example.com is not authorized',
    'User: arn:aws:sts::000000000000:assumed-role/… is not authorized',
  ],
  ['arn:aws:iam::111122223333:user/path/ada', 'arn:aws:iam::000000000000:user/…'],
  [
    'no. Encoded authorization failure message: abc_DEF-123 (request 1)',
    'no. Encoded authorization failure message: … (request 1)',
  ],
  ['snap-0123456789abcdef0', 'snap-0123456789abcdef0'],
])('shows %j as %j', (text, shown) => expect(anonymous(text)).toBe(shown));

it('says AWS only where nothing names another endpoint', async () => {
  expect(await whoIsAsked(true, {})).toMatch(/simulated .*, not AWS/);
  expect(await whoIsAsked(false, { AWS_ENDPOINT_URL_EC2: 'http://localhost' })).toBe(
    'what AWS_ENDPOINT_URL_EC2 names, not AWS',
  );
  expect(await whoIsAsked(false, {})).toBe('AWS');
});

it('after Ctrl-C tries nothing more, and waits for nothing', async () => {
  const { sandbox, operations } = openFake(() => ({ body: '' }));
  const stop = new AbortController();
  const clock = stoppable(makeManualClock(), stop.signal);
  stop.abort();
  const options = { probes: [PROBE], sandbox, signal: stop.signal, tell: () => undefined };
  const [only] = await runProbes(options);
  expect(only).toMatchObject({ result: 'NOT_SETTLED', seen: 'stopped by Ctrl-C' });
  expect(operations()).toEqual([]);
  const waiting = waitFor(clock, { atMostSeconds: 60 }, async () => undefined);
  await expect(waiting).rejects.toThrow('stopped by Ctrl-C');
});

it('a wait that is under way ends with Ctrl-C', async () => {
  const stop = new AbortController();
  const clock = stoppable(
    { now: () => new Date(0), sleep: async () => new Promise(() => {}) },
    stop.signal,
  );
  const waiting = clock.sleep(1_000);
  stop.abort();
  await expect(waiting).rejects.toThrow('stopped by Ctrl-C');
});
