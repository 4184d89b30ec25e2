import { makeStatusLine } from '../../local/status-line.ts';
import { fakeTerminal } from './fake-terminal.ts';

describe('where stderr is no terminal, progress', () => {
  function logged(shown: readonly (readonly [seconds: number, text: string])[]): string {
    const { terminal, written } = fakeTerminal();
    let seconds = 0;
    const line = makeStatusLine(terminal, () => seconds * 1_000);
    for (const [at, text] of shown) {
      seconds = at;
      line.clear();
      line.show(text);
    }
    return written.stderr;
  }

  it('is told once a minute, each time on a line of its own', () => {
    expect(
      logged([
        [5, 'accounts 1/9'],
        [61, 'accounts 2/9'],
        [66, 'accounts 3/9'],
        [121, 'accounts 4/9'],
      ]),
    ).toBe('accounts 2/9\naccounts 4/9\n');
  });

  it('is not repeated while nothing changes, as in three days of waiting for approval', () => {
    const waiting = [60, 120, 180].map((at) => [at, 'waiting for approval'] as const);
    expect(logged(waiting)).toBe('waiting for approval\n');
  });
});
