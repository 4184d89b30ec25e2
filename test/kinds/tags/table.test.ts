import { REASON_WORDS } from '../../../core/report/reason-words.ts';
import { TagRule } from '../../../core/input.ts';
import { fitOf } from '../../../core/tag-rule.ts';
import { KIND_NAMES } from '../../../kinds/registry.ts';
import { readTags, UNKNOWN_AWS_TAG } from '../../../kinds/tags/read-tags.ts';
import { deniedKeysOf, KNOWN_TAGS } from '../../../kinds/tags/table.ts';

const EVERY_DAY = { Name: 'db', Environment: 'prod', owner: 'jo', CostCenter: '1', Backup: 'yes' };

describe.each(KNOWN_TAGS.map((known) => [known.setBy, known] as const))('%s', (_, known) => {
  it('has rules that name something, and a source that anybody can open', () => {
    for (const tag of known.tags) expect(TagRule.safeParse(tag).success).toBe(true);
    expect(known.tags.length).toBeGreaterThan(0);
    expect(known.source).toMatch(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/);
    expect(known.sourceSays).toMatch(/^\S.{20,}[^.]$/);
  });

  it('means something for kinds that there are, with words for every reason', () => {
    for (const [kind, meaning] of Object.entries(known.means)) {
      expect(KIND_NAMES).toContain(kind);
      if (meaning !== null) expect(Object.keys(REASON_WORDS)).toContain(meaning);
    }
  });

  it('names keys to IAM only of what it keeps', () => {
    const { deniedKeys = [], means, tags } = known;
    for (const key of deniedKeys)
      expect(tags.some((tag) => fitOf(tag, key, '') === 'EXACT')).toBe(true);
    if (deniedKeys.length > 0) expect(Object.values(means)).not.toContain(null);
  });

  it('leaves the tags alone that people have every day', () => {
    for (const [key, value] of Object.entries(EVERY_DAY))
      expect(known.tags.filter((tag) => fitOf(tag, key, value) !== null)).toEqual([]);
  });
});

it('no tag stands in both lists', () => {
  const saying = KNOWN_TAGS.filter(({ means }) => means['ebs-snapshot'] !== null);
  for (const { tags } of KNOWN_TAGS.filter(({ means }) => means['ebs-snapshot'] === null))
    for (const tag of tags) {
      const [key = '', value = ''] = tag.replace(/\*$/, 'x').split('=');
      const both = saying.filter((known) => known.tags.some((rule) => fitOf(rule, key, value)));
      expect(both).toEqual([]);
    }
});

it('a kind that a tag says nothing about takes it for unknown', () => {
  const tags = { 'aws:backup:source-resource': 'x', 'aws:cloudformation:stack-id': 'x', Name: 'x' };
  expect(readTags('another-kind', tags).needs.map(({ reason }) => reason)).toEqual([
    UNKNOWN_AWS_TAG,
    UNKNOWN_AWS_TAG,
  ]);
});

it('tells who sets a tag, and which tags say nothing', () =>
  expect(
    readTags('ebs-snapshot', {
      Name: 'db',
      'aws:cloudformation:stack-name': 'shop',
      _GX_BACKUP_: '',
      'aws:new:x': '',
    }),
  ).toEqual({
    needs: [
      { tag: '_GX_BACKUP_', setBy: 'Commvault', reason: 'MANAGED_BY_BACKUP_PRODUCT' },
      { tag: 'aws:new:x', setBy: null, reason: 'UNKNOWN_AWS_TAG' },
    ],
    others: [{ tag: 'aws:cloudformation:stack-name', setBy: 'CloudFormation' }],
  }));

it('IAM is told of no key twice', () => {
  const keys = [...deniedKeysOf('ebs-snapshot').values()].flat();
  expect(keys.length).toBeGreaterThan(25);
  expect(new Set(keys).size).toBe(keys.length);
  expect([...deniedKeysOf('another-kind')]).toEqual([]);
});
