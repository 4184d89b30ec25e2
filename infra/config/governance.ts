import { z } from 'zod';
import { text } from './fields.ts';

export const Governance = z.strictObject({
  enabled: z.boolean().default(true).describe('Whether an execution starts by itself.'),
  schedule: text(
    /^(cron\(\d{1,2} \d{1,2} \S+ \S+ \S+ \S+\)|rate\([1-9]\d* days?\))$/,
    'an EventBridge Scheduler expression for at most once a day, such as "cron(0 6 ? * MON *)"',
    'schedule expression',
  )
    .default('cron(0 6 ? * MON *)')
    .describe('When it starts; at most once a day, which its execution is named after.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'accepted: an IANA time zone such as "Europe/Berlin"')
    .meta({ title: 'IANA time zone' })
    .default('UTC')
    .describe('The time zone of `schedule`; daylight saving time is followed.'),
  flexibleWindowMinutes: z
    .int()
    .min(0, 'accepted: 0 to 1440')
    .max(1440, 'accepted: 0 to 1440')
    .default(30)
    .describe('How much later it may start; 0: at once.'),
  alarmAfterDays: z
    .int()
    .min(1, 'accepted: 1 or more days')
    .default(8)
    .describe('An alarm when none has succeeded for so long.'),
  input: z
    .record(z.string(), z.unknown())
    .meta({ title: '[execution input](execution-input.md)' })
    .default({})
    .describe('What the governance run is asked to do.'),
});

function isTimeZone(name: string): boolean {
  // Intl also takes offsets such as "+01:00", which EventBridge Scheduler doesn't.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
