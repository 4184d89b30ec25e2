import { isProtectedByTag } from '../../core/protection.ts';

const NOON = new Date('2026-11-21T12:00:00Z');
const isProtected = (tags: Record<string, string>, rules: string[] = [], now = NOON) =>
  isProtectedByTag(tags, rules, now);

describe('a tag protects', () => {
  it('that is orgsweep:protect, whatever its value', () => {
    expect(isProtected({ 'orgsweep:protect': '' })).toBe(true);
    expect(isProtected({ 'orgsweep:protect': 'false' })).toBe(true);
  });

  it('that a rule names by its key', () => {
    expect(isProtected({ Retain: 'anything' }, ['Retain'])).toBe(true);
    expect(isProtected({ retain: 'anything' }, ['Retain'])).toBe(false);
    expect(isProtected({ 'Retain-not': '' }, ['Retain'])).toBe(false);
  });

  it('that a rule names by key and value, where the value is that one', () => {
    expect(isProtected({ Backup: 'yes' }, ['Backup=yes'])).toBe(true);
    expect(isProtected({ Backup: 'no' }, ['Backup=yes'])).toBe(false);
    expect(isProtected({ Query: 'a=b' }, ['Query=a=b'])).toBe(true);
    expect(isProtected({ Empty: '' }, ['Empty='])).toBe(true);
    expect(isProtected({}, ['Empty='])).toBe(false);
  });

  it('whose key holds an equals sign, which AWS allows', () => {
    expect(isProtected({ 'team=db': 'x' }, ['team=db'])).toBe(true);
    expect(isProtected({ 'team=db': 'x' }, ['team=db=x'])).toBe(true);
    expect(isProtected({ 'team=db': 'y' }, ['team=db=x'])).toBe(false);
  });

  it('that a rule with * at its end names by how the key begins', () => {
    const backup = { 'n2ws:policy': 'gold', Name: 'db' };
    expect(isProtected(backup, ['n2ws*'])).toBe(true);
    expect(isProtected({ 'aws:cloudformation:stack-name': 's' }, ['aws:cloudformation:*'])).toBe(
      true,
    );
    expect(isProtected({ n2ws: '' }, ['n2ws*'])).toBe(true);
    expect(isProtected({ 'my-n2ws': '' }, ['n2ws*'])).toBe(false);
    expect(isProtected({ Name: 'n2ws' }, ['n2ws*'])).toBe(false);
  });

  it('that a rule with * at its end names by key and how the value begins', () => {
    expect(isProtected({ env: 'production' }, ['env=prod*'])).toBe(true);
    expect(isProtected({ env: 'test' }, ['env=prod*'])).toBe(false);
    expect(isProtected({ environment: 'production' }, ['env=prod*'])).toBe(false);
    expect(isProtected({ env: '' }, ['env=*'])).toBe(true);
  });

  it('never by what every object has', () =>
    expect(isProtected({}, ['constructor', 'toString'])).toBe(false));
});

describe('orgsweep:keep-until', () => {
  const until = (date: string, now: string) =>
    isProtected({ 'orgsweep:keep-until': date }, [], new Date(now));

  it('keeps through that day, in UTC', () => {
    expect(until('2026-11-21', '2026-11-21T23:59:59.999Z')).toBe(true);
    expect(until('2026-11-21', '2026-11-22T00:00:00.000Z')).toBe(false);
    expect(until('2026-11-22', '2026-11-21T12:00:00.000Z')).toBe(true);
  });

  it.each(['', 'next year', '21.11.2020', '2020-02-30', '2020-1-1', '2020-01-01T00:00:00Z'])(
    'keeps when %p cannot be read as a date',
    (date) => expect(until(date, '2026-11-21T12:00:00Z')).toBe(true),
  );
});

it('no tag, no protection', () => expect(isProtected({ Name: 'db' }, ['Retain'])).toBe(false));
