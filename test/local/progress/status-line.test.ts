import { showStatus } from '../../../local/progress/status-line.ts';
import { fakeTerminal, type FakeTerminalOptions } from '../fake-terminal.ts';

const AT = Date.parse('2026-11-27T21:40:00.000Z');

/** Three minutes of a command that is told of nothing meanwhile: it may hang. */
async function waitThreeMinutes(options: FakeTerminalOptions) {
  const { terminal, written } = fakeTerminal(options);
  let now = 0;
  const clock = { now: () => now, date: () => new Date(AT + now) };
  const status = showStatus(terminal, 'restoring', () => '3/40', clock);
  for (let minute = 1; minute <= 3; minute += 1) {
    now += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  status.note('waiting for "b", which works in 111122223333 eu-west-1');
  status.close();
  status.close();
  return written.stderr;
}

it('says once a minute in a log how far it is, by itself, and in the end', async () =>
  expect(await waitThreeMinutes({ quiet: false, color: true })).toBe(
    [
      '2026-11-27T21:41:00Z restoring · 3/40 · 1 min 0 s',
      '2026-11-27T21:42:00Z restoring · 3/40 · 2 min 0 s',
      '2026-11-27T21:43:00Z restoring · 3/40 · 3 min 0 s',
      'waiting for "b", which works in 111122223333 eu-west-1',
      '2026-11-27T21:43:00Z restoring · 3/40 · 3 min 0 s',
      '',
    ].join('\n'),
  ));

it('shows it in place on a terminal, and leaves nothing', async () => {
  const shown = await waitThreeMinutes({ isTerminal: true });
  expect(shown).toContain('\rrestoring · 3/40 · 0 s');
  expect(shown).toContain('\rrestoring · 3/40 · 3 min 0 s');
  expect(shown).toMatch(/\r {20,}\r$/);
});

it.each([{ isTerminal: true }, {}])('is silent with --quiet but for notes (%j)', async (where) =>
  expect(await waitThreeMinutes({ ...where, quiet: true })).toBe(
    'waiting for "b", which works in 111122223333 eu-west-1\n',
  ),
);
