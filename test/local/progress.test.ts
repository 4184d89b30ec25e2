import type { Progress } from '../../local/engine.ts';
import { makeProgressLine } from '../../local/progress.ts';
import { fakeTerminal } from './fake-terminal.ts';

const target = { accountId: '111122223333', region: 'eu-west-1' };
const cause = JSON.stringify({ errorType: 'Throttled', errorMessage: 'too\nfast', trace: [] });
const EVENTS: readonly Progress[] = [
  { type: 'MapStarted', map: 'ScanAccounts', items: 2 },
  { type: 'TaskEnded', state: 'ListRegions', input: {}, output: { targets: [target, target] } },
  { type: 'TaskEnded', state: 'DiscoverTarget', input: {}, output: {} },
  {
    type: 'TaskFailed',
    state: 'DiscoverTarget',
    input: {},
    error: { Error: 'Throttled', Cause: cause },
  },
  {
    type: 'TaskEnded',
    state: 'RecordFailedTarget',
    input: { target, error: { Error: 'Throttled', Cause: cause } },
    output: {},
  },
  { type: 'ItemEnded', map: 'ScanAccounts', index: 0, status: 'SUCCEEDED' },
];

function show(events: readonly Progress[], options: Parameters<typeof fakeTerminal>[0]) {
  const { terminal, written } = fakeTerminal(options);
  const line = makeProgressLine(terminal);
  events.forEach(line.show);
  line.clear();
  return written.stderr;
}

it('refreshes one line, and tells failures above it as they come', () => {
  const lines = show(EVENTS, { isTerminal: true }).split(/[\r\n]/);
  expect(lines).toContain('111122223333 eu-west-1: Throttled: too fast');
  expect(lines).toContain('accounts 1/2 · targets 2/2 · failed 1');
  expect(lines.at(-1)).toBe('');
});

it('shows the removals once there are any', () => {
  const removing: Progress[] = [
    { type: 'MapStarted', map: 'RemoveTargets', items: 3 },
    { type: 'ItemEnded', map: 'RemoveTargets', index: 0, status: 'FAILED' },
  ];
  const shown = show([...EVENTS, ...removing], { isTerminal: true });
  expect(shown).toContain('accounts 1/2 · targets 2/2 · removals in 1/3 · failed 2');
  expect(shown).toContain('RemoveTargets 0: the child execution failed');
});

it('writes no escape sequence where NO_COLOR is set', () => {
  expect(show(EVENTS, { isTerminal: true })).not.toContain('\u001b');
  expect(show(EVENTS, { isTerminal: true, color: true })).toContain('\u001b[31m111122223333');
});

it('is silent where stderr is no terminal', () => {
  expect(show(EVENTS, { isTerminal: false })).toBe('');
});
