import {
  formatCount,
  formatSize,
  formatNoun,
  formatUsdUpTo,
} from '../../../report/format/money.ts';

describe('figures for people', () => {
  it('have thousands separated', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatNoun(1, 'account')).toBe('1 account');
    expect(formatNoun(2000, 'account')).toBe('2,000 accounts');
  });

  it('never show a little as nothing', () => {
    expect(formatSize(0.01)).toBe('< 0.1 GiB');
    expect(formatSize(0)).toBe('0 GiB');
    expect(formatUsdUpTo(0.001)).toBe('$0.01');
  });

  it('say sizes in the unit that people would take', () => {
    expect(formatSize(16)).toBe('16 GiB');
    expect(formatSize(1023.94)).toBe('1,023.9 GiB');
    // Not "1,024 GiB": the unit is chosen by what is shown.
    expect(formatSize(1023.96)).toBe('1 TiB');
    expect(formatSize(1536)).toBe('1.5 TiB');
    expect(formatSize(974_558)).toBe('951.7 TiB');
    expect(formatSize(1024 * 1023.96)).toBe('1 PiB');
    expect(formatSize(1024 ** 2 * 5000)).toBe('5,000 PiB');
  });

  it('round an upper bound up, but not for the noise of binary fractions', () => {
    expect(formatUsdUpTo(0.1 + 0.2)).toBe('$0.30');
    expect(formatUsdUpTo(4.041)).toBe('$4.05');
    expect(formatUsdUpTo(9.991)).toBe('$10');
    expect(formatUsdUpTo(10.001)).toBe('$11');
    expect(formatUsdUpTo(1234 + 0.1 + 0.2 - 0.3)).toBe('$1,234');
    expect(formatUsdUpTo(1234.5)).toBe('$1,235');
  });
});
