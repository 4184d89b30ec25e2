import fc from 'fast-check';
import { keepingRule, type RecycleBinRule } from '../../../core/outcome/recycle-bin.ts';

const key = fc.constantFrom('team', 'orgsweep:marked', 'Retain', '__proto__');
const value = fc.constantFrom('', 'true', 'yes');
const tags = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });
const ruleTags = fc.array(fc.record({ key, value: fc.option(value) }, { noNullPrototype: true }), {
  maxLength: 2,
});
const rule: fc.Arbitrary<RecycleBinRule> = fc.record(
  {
    identifier: fc.string({ minLength: 1 }),
    retentionDays: fc.integer({ min: 1, max: 365 }),
    status: fc.constantFrom('available', 'pending', 'something new'),
    resourceTags: ruleTags,
    excludeResourceTags: ruleTags,
  },
  { noNullPrototype: true },
);
const rules = fc.array(rule, { maxLength: 5 });

function equal(tag: { key: string; value: string | null }, own: Record<string, string>): boolean {
  return Object.entries(own).some(([k, v]) => k === tag.key && v === tag.value);
}

describe('the rule that will keep a resource', () => {
  it('is always an available one of those given', () =>
    fc.assert(
      fc.property(rules, tags, (given, own) => {
        const keeping = keepingRule(given, own);
        if (keeping === null) return;
        expect(given).toContain(keeping);
        expect(keeping.status).toBe('available');
      }),
    ));

  it('never excludes one of its tags, whatever else it says', () =>
    fc.assert(
      fc.property(rules, tags, (given, own) => {
        const keeping = keepingRule(given, own);
        expect(keeping?.excludeResourceTags.some((tag) => equal(tag, own)) ?? false).toBe(false);
      }),
    ));

  it('is Region-level, or has one of its tags with key and value', () =>
    fc.assert(
      fc.property(rules, tags, (given, own) => {
        const keeping = keepingRule(given, own);
        if (keeping === null || keeping.resourceTags.length === 0) return;
        const [named, unvalued] = [
          keeping.resourceTags.some((tag) => equal(tag, own)),
          keeping.resourceTags.some((tag) => equal({ ...tag, value: tag.value ?? '' }, own)),
        ];
        expect(named || unvalued).toBe(true);
      }),
    ));

  it('keeps at least as long as any other that would, in whatever order they come', () =>
    fc.assert(
      fc.property(rules, tags, (given, own) => {
        const longest = Math.max(
          0,
          ...given.map((one) => keepingRule([one], own)?.retentionDays ?? 0),
        );
        expect(keepingRule(given, own)?.retentionDays ?? 0).toBe(longest);
        expect(keepingRule(given.toReversed(), own)?.retentionDays ?? 0).toBe(longest);
      }),
    ));

  it('is found by a plain Region-level rule whatever the tags', () =>
    fc.assert(
      fc.property(rule, tags, (one, own) => {
        const plain = { ...one, status: 'available', resourceTags: [], excludeResourceTags: [] };
        expect(keepingRule([plain], own)).toBe(plain);
      }),
    ));
});
