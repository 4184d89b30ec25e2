import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../../infra/config/config.ts';
import { missing, type Step, stepsOf } from './day.ts';
import { readPage, root } from './page.ts';
import { type Seen, ServedDay } from './served-day.ts';

const page = readPage('docs/operating.md');
const steps = stepsOf(page);

describe("the operator's day, in the order of docs/operating.md", () => {
  const day = new ServedDay();
  let last: Seen = { said: '', exitCode: 0 };
  let isOn = true;
  afterAll(async () => day.close());

  it.each(steps.map((step, index): [string, Step] => [`${index + 1}: ${titleOf(step)}`, step]))(
    '%s',
    async (_, step) => {
      // What comes after a step that failed would only say so again.
      if (!isOn) throw new Error('a step before this one failed');
      isOn = false;
      if (step.kind !== 'seen') last = await day.do(step);
      else if (step.of !== undefined) last = await day.endOf(step.of);
      const exitCode =
        step.kind === 'runs' || (step.kind === 'seen' && step.of !== undefined)
          ? step.exitCode
          : last.exitCode;
      expect({ exitCode: last.exitCode, said: last.said }).toEqual({ exitCode, said: last.said });
      if (step.kind === 'seen') {
        const line = missing(step.lines, last.said);
        if (line !== undefined) throw new Error(`not seen: ${line}\nWhat came:\n${last.said}`);
      }
      isOn = true;
    },
    90_000,
  );
});

function titleOf(step: Step): string {
  if (step.kind === 'seen') return `shows ${step.lines.find((line) => line !== '…')}`;
  return step.script.trimEnd().split('\n').at(-1) ?? '';
}

it('has a step for every part of the day', () => {
  const typed = steps.flatMap((step) => (step.kind === 'seen' ? [] : step.script)).join('\n');
  for (const part of [
    'simulate --port 4599 --hub',
    '--name first-report',
    'missing-role.json',
    '--retry missing-role',
    '--name below-floors',
    '--name first-deletion',
    'approve first-deletion',
    'restore first-deletion',
    'explain snap-',
    'throttled-minute.json',
    '--resume failed-plan',
    'hub-upgraded.json',
    'roles-behind.json',
    'second-hub.json',
    'rm day/hubs/orgsweep.json',
    'hub-adopts.json',
  ]) {
    expect(typed).toContain(part);
  }
});

const IN_FILE = /<!-- in (\S+) -->\n\n```json\n([\s\S]*?)```/g;

it.each([...page.matchAll(IN_FILE)].map(([, file = '', json = '']) => [file, json]))(
  'what the page shows of the configuration is in %s',
  (file, json) => {
    const whole = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    expect(whole).toMatchObject(JSON.parse(json));
    expect(() => readConfig(whole.orgsweep)).not.toThrow();
  },
);

describe('what is shown has to come', () => {
  const came = 'a 2026-11-28T04:50:44Z\nb 12\nc\nd\n';

  it.each([[['a 2026-11-23T06:00:00Z', 'b 12', '…']], [['…', 'b 12', 'c', '…']], [['…', 'd']]])(
    '%j did',
    (shown) => expect(missing(shown, came)).toBeUndefined(),
  );

  it.each([
    [['b 12', '…'], 'b 12'],
    [['…', 'b 13', '…'], 'b 13'],
    [['…', 'b 12', 'd'], 'd'],
    [['…', 'c', '…', 'b 12', '…'], 'b 12'],
    [['a 2026-11-23T06:00:00Z', 'b 12'], 'nothing after b 12'],
  ])('%j did not', (shown, line) => expect(missing(shown, came)).toBe(line));
});
