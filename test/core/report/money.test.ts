import {
  formatAmount,
  formatCount,
  formatGiB,
  formatNoun,
  formatUsdUpTo,
} from '../../../core/report/money.ts';

describe('figures for people', () => {
  it('have thousands separated', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatGiB(1234.56)).toBe('1,234.6 GiB');
    expect(formatNoun(1, 'account')).toBe('1 account');
    expect(formatNoun(2000, 'account')).toBe('2,000 accounts');
  });

  it('never show a little as nothing', () => {
    expect(formatGiB(0.01)).toBe('< 0.1 GiB');
    expect(formatGiB(0)).toBe('0 GiB');
    expect(formatUsdUpTo(0.001)).toBe('$0.01');
  });

  it('never show what has no price as costing nothing', () => {
    const amount = { sizeGiB: 10, usdUpTo: 0, unpricedGiB: 10 };
    expect(formatAmount(amount)).toBe('10 GiB without a known price');
    expect(formatAmount({ ...amount, usdUpTo: 1, unpricedGiB: 4 })).toBe(
      '10 GiB (4 GiB of it without a known price), up to $1.00 a month',
    );
    expect(formatAmount({ ...amount, usdUpTo: 1, unpricedGiB: 0 })).toBe(
      '10 GiB, up to $1.00 a month',
    );
  });

  it('round an upper bound up, but not for the noise of binary fractions', () => {
    expect(formatUsdUpTo(10.001)).toBe('$10.01');
    expect(formatUsdUpTo(0.1 + 0.2)).toBe('$0.30');
    expect(formatUsdUpTo(1234.5)).toBe('$1,234.50');
  });
});
