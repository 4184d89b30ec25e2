import {
  type Filterable,
  type FindingFilter,
  matcherOf,
} from '../../../report/findings/finding-filter.ts';

const ROW: Filterable = {
  ...{ accountId: '111122223333', unitId: 'ou-ab12-prod', region: 'eu-west-1' },
  ...{ kind: 'ebs-snapshot', verdict: 'STALE', reasons: ['VOLUME_MISSING', 'OLD'] },
  next: ['HELD', 'IN_GRACE'],
  tags: [
    ['team', 'platform'],
    ['note', 'a=b'],
  ],
  ...{ ageDays: 100, sizeGiB: 8, usdUpTo: 4.5, text: 'snap-1 nightly copy of shop-prod' },
};

const matches = (filter: FindingFilter, of: Partial<Filterable> = {}) =>
  matcherOf(filter)({ ...ROW, ...of });

it.each([
  ['account', '111122223333', '999922223333'],
  ['unit', 'ou-ab12-prod', 'ou-ab12'],
  ['region', 'eu-west-1', 'eu-west-2'],
  ['kind', 'ebs-snapshot', 'ebs-volume'],
  ['reason', 'OLD', 'LOCKED'],
  ['next', 'IN_GRACE', 'PLANNED'],
  ['verdict', 'STALE', 'UNKNOWN'],
  ['tag', 'team=platform', 'team=shop'],
  ['tag', 'team', 'platform'],
  ['tag', 'note=a=b', 'note=a'],
  ['text', 'SHOP-prod  snap', 'shop-prod gone'],
] as const)('finds by %s what has it: %s, and not %s', (key, has, hasNot) => {
  expect(matches({ [key]: [has] })).toBe(true);
  expect(matches({ [key]: [hasNot] })).toBe(false);
  expect(matches({ [key]: [hasNot, has] })).toBe(true);
  expect(matches({ [key]: [] })).toBe(true);
});

it.each([
  ['minAgeDays', 100, 'ageDays'],
  ['minSizeGiB', 8, 'sizeGiB'],
  ['minUsd', 4.5, 'usdUpTo'],
] as const)('finds by %s what has so much, and never what is not known', (key, least, field) => {
  expect(matches({ [key]: least })).toBe(true);
  expect(matches({ [key]: least + 0.1 })).toBe(false);
  expect(matches({ [key]: 0 }, { [field]: null })).toBe(false);
});

it('wants every key, and one value of each', () => {
  const filter = { region: ['eu-west-1', 'us-east-1'], kind: ['ebs-snapshot'] };
  expect(matches(filter)).toBe(true);
  expect(matches(filter, { region: 'us-east-1' })).toBe(true);
  expect(matches(filter, { kind: 'ebs-volume' })).toBe(false);
});

it('shows what can be acted on, and what is kept only to whoever asks for it', () => {
  const kept = { verdict: 'KEEP', reasons: ['LOCKED'], next: ['KEPT'] } as const;
  expect(matches({}, { verdict: 'UNKNOWN' })).toBe(true);
  for (const filter of [{}, { region: ['eu-west-1'] }, { text: ['snap-1'] }])
    expect(matches(filter, kept)).toBe(false);
  for (const filter of [{ verdict: ['KEEP'] }, { reason: ['LOCKED'] }, { next: ['KEPT'] }])
    expect(matches(filter, kept)).toBe(true);
});

it('finds no unit where none is known', () => {
  expect(matches({ unit: ['null'] }, { unitId: null })).toBe(false);
});
