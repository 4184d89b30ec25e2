import { NOTHING_KNOWN } from '../../../local/progress/facts.ts';
import { makeProgressView } from '../../../local/progress/progress-view.ts';
import { fakeTerminal, type FakeTerminalOptions } from '../fake-terminal.ts';

const looking = (done: number) => ({ ...NOTHING_KNOWN, accounts: { done, all: 13 } });

/** What is on the screen in the end, as a terminal shows it: a carriage return writes over a line. */
function screenOf(written: string): string[] {
  return written.split('\n').map((line) => {
    let shown: string[] = [];
    for (const piece of line.split('\r')) shown = [...piece, ...shown.slice([...piece].length)];
    return shown.join('').trimEnd();
  });
}

function viewOn(options: FakeTerminalOptions) {
  const { terminal, written } = fakeTerminal(options);
  const clock = { now: 1_000_000 };
  const view = makeProgressView(terminal, {
    now: () => clock.now,
    date: () => new Date(Date.parse('2026-11-27T21:40:00.000Z') + clock.now - 1_000_000),
  });
  const pass = (ms: number) => void (clock.now += ms);
  const screen = () => screenOf(written.stderr);
  return { view, pass, screen, written, clock };
}

it('shows the live phase in one line, and keeps a line of each that ended', () => {
  const { view, pass, screen, clock } = viewOn({ isTerminal: true, columns: 100 });
  view.expect(['prepare', 'look', 'plan', 'sumUp']);
  view.enter('prepare');
  pass(1_500);
  view.enter('look');
  view.update(looking(4));
  pass(2_000);
  view.update(looking(5));
  expect(screen()).toEqual([
    'prepared   1.5 s',
    'scanning (step 2 of 4) [###-------] · accounts 5/13 · 2 s',
  ]);
  pass(1_000);
  view.update(looking(13));
  view.close(clock.now);
  expect(screen()).toEqual(['prepared   1.5 s', 'scanned    13 of 13 accounts   3.0 s', '']);
});

it('tells errors and notes above the live line, which goes on', () => {
  const { view, pass, screen } = viewOn({ isTerminal: true, columns: 100 });
  view.enter('look');
  view.fail('111122223333 eu-west-1 FAILED');
  view.note('stopping after what is under way');
  pass(1_000);
  view.update(looking(1));
  expect(screen()).toEqual([
    '111122223333 eu-west-1 FAILED',
    'stopping after what is under way',
    'scanning [----------] · accounts 1/13 · 1 s',
  ]);
  view.close();
  expect(screen().at(-1)).toBe('');
});

it('cuts an error to one row, in its colour, and to none where the cursor stays', () => {
  const error = `111122223333 eu-west-1 FAILED ${'word '.repeat(20)}`.trim();
  const shown = [false, true].map((isDumb) => {
    const { view, written } = viewOn({ isTerminal: true, columns: 50, color: !isDumb, isDumb });
    view.fail(error);
    view.close();
    return written.stderr;
  });
  expect(shown).toEqual([`\u001b[31m${error.slice(0, 48)}…\u001b[39m\n`, `${error}\n`]);
});

it('wipes what Ctrl-C leaves on the line', () => {
  const { view, screen, written } = viewOn({ isTerminal: true });
  view.enter('plan');
  written.stderr += '^C';
  view.note('stopping');
  expect(screen()).toEqual(['stopping', 'planning · 0 s']);
  view.close();
});

it('tells 20 errors, and of the others how many there are', () => {
  const { view, pass, screen } = viewOn({ isTerminal: true, columns: 100 });
  view.enter('look');
  for (let n = 1; n <= 10_000; n += 1) view.fail(`error ${n}`);
  pass(1_000);
  view.update(looking(1));
  expect(screen().slice(0, 20).at(-1)).toBe('error 20');
  expect(screen().slice(20)).toEqual([
    'scanning [----------] · accounts 1/13 · and 9,980 more errors so far · 1 s',
  ]);
  view.close();
  expect(screen().slice(20)).toEqual(['and 9,980 more errors, not told here', '']);
});

it.each([20, 60, 80, undefined])(
  'never fills a line of %s columns, so it never wraps',
  (columns) => {
    const { view, pass, written } = viewOn({ isTerminal: true, ...(columns && { columns }) });
    view.enter('look');
    for (let done = 0; done <= 13; done += 1) {
      pass(1_000);
      view.update({ ...looking(done), stale: 10 ** done, incomplete: 10 ** done });
    }
    view.interject(`漢${'字'.repeat(200)}`);
    view.close();
    for (const piece of written.stderr.split(/[\r\n]/))
      expect(piece.replace(/[漢字]/g, 'ww').length).toBeLessThan(columns ?? 80);
  },
);

it('moves no cursor on a dumb terminal: lines that end, and one every half minute', () => {
  const { view, pass, written, clock } = viewOn({ isTerminal: true, isDumb: true });
  view.enter('look');
  for (let second = 1; second <= 61; second += 1) {
    pass(1_000);
    view.update(looking(1));
  }
  view.fail('111122223333 eu-west-1 FAILED');
  view.close(clock.now);
  expect(written.stderr).toBe(
    [
      'scanning [-----] · accounts 1/13 · 30 s',
      'scanning [-----] · accounts 1/13 · 1 min 0 s',
      '111122223333 eu-west-1 FAILED',
      'scanned    1 of 13 accounts   1 min 1 s',
      '',
    ].join('\n'),
  );
});

it('colours nothing where it may not, and says the same', () => {
  const shown = [true, false].map((color) => {
    const { view, written, clock } = viewOn({ isTerminal: true, color });
    view.enter('plan');
    view.fail('an error');
    view.close(clock.now);
    return written.stderr;
  });
  expect(shown[1]).not.toContain('\u001b');
  expect(shown[0]).toContain('\u001b[31man error\u001b[39m');
  expect(shown[0]).toContain('\u001b[32mplanned\u001b[39m   0.0 s');
  expect(shown[0]?.replace(/\u001b\[\d+m/g, '')).toBe(shown[1]);
});

it('writes a log where stderr is no terminal: a line for each phase and for each minute', () => {
  const { view, pass, written, clock } = viewOn({
    isTerminal: 'stdout',
    quiet: false,
    color: true,
    columns: 40,
  });
  view.expect(['prepare', 'look', 'plan', 'sumUp']);
  view.enter('prepare');
  pass(1_500);
  view.enter('look');
  for (let second = 1; second <= 121; second += 1) {
    pass(1_000);
    view.update(looking(1));
  }
  view.fail('111122223333 eu-west-1 FAILED');
  view.note('the plan waits for approval');
  view.update(looking(13));
  view.close(clock.now);
  const onTerminal = viewOn({ isTerminal: true, columns: 200 });
  onTerminal.view.expect(['prepare', 'look', 'plan', 'sumUp']);
  onTerminal.view.enter('look');
  onTerminal.pass(59_000);
  onTerminal.view.update(looking(1));
  onTerminal.view.close();
  const live = 'scanning (step 2 of 4) [----------] · accounts 1/13 · 59 s';
  // The same words as on a terminal, and nothing that only a terminal understands.
  expect(onTerminal.written.stderr).toContain(live);
  expect(written.stderr).toBe(
    [
      '2026-11-27T21:40:01Z prepared   1.5 s',
      `2026-11-27T21:41:00Z ${live}`,
      '2026-11-27T21:42:00Z scanning (step 2 of 4) [----------] · accounts 1/13 · 1 min 59 s',
      '2026-11-27T21:42:02Z 111122223333 eu-west-1 FAILED',
      'the plan waits for approval',
      '2026-11-27T21:42:02Z scanned    13 of 13 accounts   2 min 1 s',
      '',
    ].join('\n'),
  );
});

it.each([{ isTerminal: true }, { isTerminal: true, isDumb: true }, {}])(
  'with --quiet tells errors and notes alone (%j)',
  (options) => {
    const { view, pass, written, clock } = viewOn({ ...options, quiet: true });
    view.enter('look');
    for (let minute = 1; minute <= 3; minute += 1) {
      pass(60_000);
      view.update(looking(minute));
    }
    view.interject('asking again');
    view.fail('111122223333 eu-west-1 FAILED');
    view.note('the plan waits for approval');
    view.close(clock.now);
    expect(written.stderr.replace(/^2026-\S+Z /, '')).toBe(
      '111122223333 eu-west-1 FAILED\nthe plan waits for approval\n',
    );
  },
);
