import {
  fitted,
  fittedToEnd,
  inSentence,
  wellFormed,
  widthPx,
} from '../../../../report/page/charts/drawing/label.ts';

it.each([
  ['prod', 100, 'prod'],
  ['a'.repeat(10_000), 60, 'aaaaaa…'],
  ['the platform team', 40, 'the…'],
  ['漢字漢字漢字漢字', 60, '漢字漢…'],
  ['', 60, ''],
])('fits %.10s… into %d px', (text, mostPx, expected) => {
  expect(fitted(text, mostPx)).toBe(expected);
});

it.each([
  ['Development / Test', 200, 'Development / Test'],
  ['Development / Test / Payments', 100, '…t / Payments'],
  ['漢字漢字漢字漢字', 60, '…字漢字'],
])('cuts the front of %s where its end tells it from others', (text, mostPx, expected) => {
  expect(fittedToEnd(text, mostPx)).toBe(expected);
});

it('leaves what just fits as it is', () => {
  expect(fitted('ap-southeast-2', widthPx('ap-southeast-2'))).toBe('ap-southeast-2');
});

it.each([
  ['a line break', 'a\nb', 'a b'],
  ['what turns text around', 'a\u202eb', 'a b'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['what XML has no place for', 'a\uffff\u0000b', 'a\ufffd b'],
])('replaces %s', (_, text, expected) => {
  expect(wellFormed(text)).toBe(expected);
});

it('keeps a name that is written from right to left apart in a sentence, and no other', () => {
  expect(inSentence('\u05d0\u05d1 9', 400)).toBe('\u2068\u05d0\u05d1 9\u2069');
  expect(inSentence('\u0645'.repeat(99), 100)).toMatch(/^\u2068\u0645+…\u2069$/);
  expect(inSentence('shop 東京', 400)).toBe('shop 東京');
});
