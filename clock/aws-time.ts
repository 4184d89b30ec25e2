import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ClockDifference } from '../core/model/clock-difference.ts';
import type { Clock } from './clock.ts';

/** What AWS's answers say of the time, beside the clock that orgsweep decides by. */
export interface AwsTime {
  /** Of the latest answer; without any, `awsAt` is null. */
  latest(): ClockDifference;
  /** Asks anew where nothing else does; what can't be heard then isn't known any more. */
  refresh(): Promise<void>;
  note(answer: { readonly statusCode: number; readonly headers: Headers }): void;
}

type Headers = Readonly<Record<string, string>>;

/** @param ask sends any request of a client that notes here; left out: others are sent all the time */
export function makeAwsTime(clock: Clock, ask?: () => Promise<unknown>): AwsTime {
  let latest: ClockDifference | undefined;
  return {
    latest: () => latest ?? { awsAt: null, ownAt: clock.now().toISOString() },
    refresh: async () => {
      if (ask === undefined) return;
      const before = latest;
      // A refusal has a time, too.
      await ask().catch(() => undefined);
      if (latest === before) latest = undefined;
    },
    note: ({ statusCode, headers }) => {
      // What a proxy makes up has its own time; AWS's refusals are AWS's.
      if (statusCode >= 500) return;
      const at = Date.parse(headers['date'] ?? '');
      if (Number.isNaN(at)) return;
      latest = { awsAt: new Date(at).toISOString(), ownAt: clock.now().toISOString() };
    },
  };
}

/** Of any service. */
interface AnyClient {
  readonly middlewareStack: object;
}

/**
 * Notes the time of each answer, at the client's wire. The SDK corrects what it signs by AWS's time
 * (`systemClockOffset`), so that a wrong clock shows nowhere else.
 */
export function notingTime<C extends AnyClient>(client: C, awsTime: AwsTime | undefined): C {
  if (awsTime === undefined) return client;
  const stack = client.middlewareStack as EC2Client['middlewareStack'];
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      awsTime.note(result.response as Parameters<AwsTime['note']>[0]);
      return result;
    },
    { step: 'deserialize', name: 'orgsweepNoteTime', priority: 'low' },
  );
  return client;
}
