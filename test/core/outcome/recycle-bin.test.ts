import { keepingRule } from '../../../core/outcome/recycle-bin.ts';
import { whyNotKept } from '../../../core/outcome/not-kept.ts';
import type { RecycleBinLook } from '../../../core/outcome/outcome.ts';
import { aRule } from '../../support/summaries/builders.ts';

const MARKED = { 'orgsweep:marked': 'true' };
const onMarker = [{ key: 'orgsweep:marked', value: 'true' }];

describe('a tag-level rule', () => {
  it('keeps what has one of its tags, with key and value', () => {
    const rule = aRule({ resourceTags: [{ key: 'team', value: 'a' }, ...onMarker] });
    expect(keepingRule([rule], MARKED)).toBe(rule);
    expect(keepingRule([rule], { 'orgsweep:marked': 'True' })).toBeNull();
    expect(keepingRule([rule], { true: 'orgsweep:marked' })).toBeNull();
    expect(keepingRule([rule], {})).toBeNull();
  });

  it('without a value keeps only what has the tag with an empty one', () => {
    const rule = aRule({ resourceTags: [{ key: 'backup', value: null }] });
    expect(keepingRule([rule], { backup: '' })).toBe(rule);
    expect(keepingRule([rule], { backup: 'yes' })).toBeNull();
  });

  it('that AWS has not made available yet keeps nothing', () =>
    expect(keepingRule([aRule({ status: 'pending', resourceTags: onMarker })], MARKED)).toBeNull());
});

describe('a Region-level rule', () => {
  it('keeps everything but what has one of its exclusion tags', () => {
    const rule = aRule({ excludeResourceTags: [{ key: 'scratch', value: 'yes' }] });
    expect(keepingRule([rule], MARKED)).toBe(rule);
    expect(keepingRule([rule], { ...MARKED, scratch: 'no' })).toBe(rule);
    expect(keepingRule([rule], { ...MARKED, scratch: 'yes' })).toBeNull();
  });

  it('that excludes a tag without a value excludes it with any', () => {
    const rule = aRule({ excludeResourceTags: [{ key: 'scratch', value: null }] });
    expect(keepingRule([rule], { scratch: 'anything' })).toBeNull();
  });

  it('that excludes leaves it to the other rules', () => {
    const excluding = aRule({ retentionDays: 365, excludeResourceTags: onMarker });
    const onTag = aRule({ identifier: 'rule-2', retentionDays: 7, resourceTags: onMarker });
    expect(keepingRule([excluding, onTag], MARKED)).toBe(onTag);
  });
});

it('of several rules the one that keeps longest counts, as AWS has it', () => {
  const [short, long] = [aRule({ retentionDays: 7 }), aRule({ retentionDays: 14 })];
  expect(keepingRule([short, long], {})).toBe(long);
});

it.each([
  ['NOT_LOOKED_AT', undefined],
  ['NOT_READ', { failure: { code: 'AccessDeniedException', message: 'no' } }],
  ['NO_RULE', { rules: [] }],
  ['NOT_AVAILABLE', { rules: [aRule({ status: 'pending' })] }],
  ['NOT_MATCHING', { rules: [aRule({ status: 'pending' }), aRule()] }],
] as const)('where nothing is kept, %s is told apart', (why, look) =>
  expect(whyNotKept(look as RecycleBinLook | undefined)).toBe(why),
);
