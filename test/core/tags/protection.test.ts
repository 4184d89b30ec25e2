import fc from 'fast-check';
import { isProtectedByTag, protectionTagsOf } from '../../../core/tags/protection.ts';

const NOON = new Date('2026-11-21T12:00:00Z');
const KEEP = 'orgsweep:keep-until';
const told = (date: string) => protectionTagsOf({ [KEEP]: date }, [], NOON);
const isProtected = (tags: Record<string, string>, rules: string[] = [], now = NOON) =>
  isProtectedByTag(tags, rules, now);

describe('a tag protects', () => {
  it('that is orgsweep:protect, whatever its value', () => {
    expect(isProtected({ 'orgsweep:protect': '' })).toBe(true);
    expect(isProtected({ 'orgsweep:protect': 'false' })).toBe(true);
  });

  it('that a rule names by its key', () => {
    expect(isProtected({ Retain: 'anything' }, ['Retain'])).toBe(true);
    expect(isProtected({ Retained: 'anything' }, ['Retain'])).toBe(false);
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

  it('that a rule names, be it the one with a date, whatever that says', () => {
    const over = { 'orgsweep:keep-until': '2020-01-01' };
    expect(isProtected(over, ['orgsweep:keep-until'])).toBe(true);
    expect(isProtected(over)).toBe(false);
  });

  it('never by what every object has', () =>
    expect(isProtected({}, ['constructor', 'toString'])).toBe(false));
});

describe('orgsweep:keep-until', () => {
  const until = (date: string, now: string) =>
    isProtected({ 'orgsweep:keep-until': date }, [], new Date(now));

  it('keeps until that day is over everywhere on earth', () => {
    expect(until('2026-11-21', '2026-11-21T23:59:59.999Z')).toBe(true);
    // Where the clock is twelve hours behind, it is still the 21st.
    expect(until('2026-11-21', '2026-11-22T00:00:00.000Z')).toBe(true);
    expect(until('2026-11-21', '2026-11-22T11:59:59.999Z')).toBe(true);
    expect(until('2026-11-21', '2026-11-22T12:00:00.000Z')).toBe(false);
    expect(until('2026-11-22', '2026-11-21T12:00:00.000Z')).toBe(true);
  });

  it.each([
    '2026-11-21',
    '2026/11/21',
    '2026.11.21',
    '20261121',
    ' 2026-11-21\u00a0',
    '2026\u201311\u201321',
    '2026-11-21T00:00:00Z',
    '2026-11-21t08:30:00.5+02:00',
    '2026-11-21T08:30',
  ])('%j names one day, and no other', (date) => {
    const [tag] = told(date);
    expect(tag?.until).toBe('2026-11-21');
    expect(until(date, '2026-11-22T11:59:59.999Z')).toBe(true);
    expect(until(date, '2026-11-22T12:00:00.000Z')).toBe(false);
  });

  it.each([
    '',
    ' ',
    'next year',
    'tomorrow',
    '31.12.2020',
    '21/11/2020',
    '11/21/2020',
    '2020-02-30',
    '2020-13-45',
    '2020-1-1',
    '2020-11/21',
    '0020-11-21',
    '201121',
    '1605916800',
    '2020-11-21 or so',
    '2020-11-21T25:00:00Z',
    '99999-12-31',
  ])('keeps for good when %j cannot be read as a date, and is told as such', (date) => {
    expect(until(date, '2046-11-21T12:00:00Z')).toBe(true);
    expect(told(date)).toEqual([
      { key: KEEP, value: date, meant: KEEP, exact: true, until: null, over: false },
    ]);
  });

  it('is told after its day, too', () =>
    expect(told('2026-11-19')).toEqual([
      { key: KEEP, value: '2026-11-19', meant: KEEP, exact: true, until: '2026-11-19', over: true },
    ]));

  it('keeps by the one that is not over, where there are several', () => {
    const tags = { [KEEP]: '2020-01-01', 'Orgsweep:KeepUntil': '2030-01-01' };
    expect(isProtected(tags)).toBe(true);
    expect(isProtected({ ...tags, 'Orgsweep:KeepUntil': '2020-01-02' })).toBe(false);
  });
});

describe('a tag that nearly protects protects, and it is told what was meant', () => {
  it.each([
    ['Orgsweep:Protect', [], 'orgsweep:protect'],
    ['ORGSWEEP:PROTECT', [], 'orgsweep:protect'],
    ['orgsweep:protect ', [], 'orgsweep:protect'],
    [' orgsweep:protect', [], 'orgsweep:protect'],
    ['orgsweep: protect', [], 'orgsweep:protect'],
    ['orgsweep:\u00a0protect', [], 'orgsweep:protect'],
    ['orgsweep:\u200bprotect', [], 'orgsweep:protect'],
    ['orgsweep:pro\u00adtect', [], 'orgsweep:protect'],
    ['orgsweep-protect', [], 'orgsweep:protect'],
    ['orgsweep_protect', [], 'orgsweep:protect'],
    ['orgsweep/protect', [], 'orgsweep:protect'],
    ['orgsweep.protect', [], 'orgsweep:protect'],
    ['orgsweep\u2013protect', [], 'orgsweep:protect'],
    ['orgsweep\uff1aprotect', [], 'orgsweep:protect'],
    ['OrgsweepProtect', [], 'orgsweep:protect'],
    ['orgsweep;protect', [], 'orgsweep:protect'],
    ['orgsweep=protect', [], 'orgsweep:protect'],
    ['orgsweep@protect', [], 'orgsweep:protect'],
    ['orgsweep+protect', [], 'orgsweep:protect'],
    ['orgsweep~protect', [], 'orgsweep:protect'],
    ['orgsweep, protect', [], 'orgsweep:protect'],
    ['orgsweep \u2192 protect', [], 'orgsweep:protect'],
    ["'orgsweep:protect'", [], 'orgsweep:protect'],
    ['"orgsweep:protect"', [], 'orgsweep:protect'],
    ['\u201corgsweep:protect\u201d', [], 'orgsweep:protect'],
    ['orgsweep=keep-until', [], 'orgsweep:keep-until'],
    ['orgsweep:keepuntil', [], 'orgsweep:keep-until'],
    ['orgsweep/keep-until', [], 'orgsweep:keep-until'],
    ['Orgsweep:Keep_Until', [], 'orgsweep:keep-until'],
    ['retain', ['Retain'], 'Retain'],
    ['RETAIN', ['Retain'], 'Retain'],
    ['Retain ', ['Retain'], 'Retain'],
    ['legal_hold', ['legal-hold'], 'legal-hold'],
    ['Company-Backup', ['company:backup*'], 'company:backup*'],
    ['company_backups', ['company:backup*'], 'company:backup*'],
    ['Company-Backup', ['company:*'], 'company:*'],
    ['Company', ['company:*'], 'company:*'],
    ['größe', ['GRÖẞE'], 'GRÖẞE'],
    ['größe', ['GRÖSSE'], 'GRÖSSE'],
    ['\u0130STANBUL', ['istanbul'], 'istanbul'],
    ['ΚΌΣΜΟΣ', ['κόσμος'], 'κόσμος'],
    ['ΚΌΣΜΟΣ-Α', ['κόσμος*'], 'κόσμος*'],
    ['Company=Backup', ['company:*'], 'company:*'],
  ])('%j with %j', (key, rules, meant) => {
    expect(isProtected({ [key]: '2030-01-01' }, rules)).toBe(true);
    expect(protectionTagsOf({ [key]: '2030-01-01' }, rules, NOON)).toMatchObject([
      { key, meant, exact: false },
    ]);
  });

  it.each([
    [{ backup: 'yes' }, 'Backup=yes'],
    [{ Backup: 'YES' }, 'Backup=yes'],
    [{ Backup: ' yes\u00a0' }, 'Backup=yes'],
    [{ 'back-up': 'Yes' }, 'Backup=yes'],
    [{ Backup: 'y es' }, 'Backup=yes'],
    [{ ENV: 'Production' }, 'env=prod*'],
    [{ env: ' production' }, 'env=prod*'],
    [{ Empty: '\u00a0' }, 'Empty='],
    [{ 'Team=DB': 'x' }, 'team=db'],
    [{ 'Team=DB': 'X' }, 'team=db=x'],
    [{ Backup: "'yes'" }, 'Backup=yes'],
    [{ Backup: '\u201cYes\u201d' }, 'Backup=yes'],
    [{ ENV: '"production"' }, 'env=prod*'],
  ])('%j with %j', (tags: Record<string, string>, rule) => {
    expect(isProtected(tags, [rule])).toBe(true);
    expect(protectionTagsOf(tags, [rule], NOON)).toMatchObject([{ meant: rule, exact: false }]);
  });

  it.each([
    [{ orgsweep: 'protect' }, []],
    [{ 'orgsweep:protected': '' }, []],
    [{ 'my:orgsweep:protect': '' }, []],
    [{ protect: 'true' }, []],
    [{ 'orgsweep:marked': 'true' }, []],
    [{ Backup: 'no' }, ['Backup=yes']],
    [{ version: '1.2' }, ['version=1-2']],
    [{ application: 'shop' }, ['a:*', 'app-*', 'app *']],
    [{ Name: 'x', '-': 'y', ' ': 'z' }, ['--', '--*', '  *', ':', '_=x', '\u00a0*']],
    [{ Name: 'x' }, ['Name= *', 'Name="*']],
    [{ 'env-owner': 'x', 'env:prod': 'y', environment: 'z' }, ['env=*', 'env=prod*']],
    [{ Name: 'x', '+': 'y' }, ['@', '"*']],
    [{ hasOwnProperty: 'x' }, ['constructor']],
  ])('but not what is another tag: %j with %j', (tags: Record<string, string>, rules: string[]) => {
    expect(isProtected(tags, rules)).toBe(false);
    expect(protectionTagsOf(tags, rules, NOON)).toEqual([]);
  });

  it('a rule that is nothing but separators and blanks names what is written so', () => {
    expect(isProtected({ '--': '' }, ['--'])).toBe(true);
    expect(isProtected({ '-x': '' }, ['-*'])).toBe(true);
    expect(isProtected({ Name: ' x' }, ['Name= *'])).toBe(true);
  });

  const word = fc.stringMatching(/^[a-z0-9äß字]{1,8}$/);
  const between = fc.constantFrom(
    ...[':', '-', '_', '/', '.', '+', '@', ' ', '\u00a0', ' - ', '\u2014', ''],
  );
  const capitals = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((large) =>
        Array.from(text, (character, at) => (large[at] ? character.toUpperCase() : character)).join(
          '',
        ),
      );
  const written = (words: readonly string[]) =>
    fc
      .tuple(
        capitals(words.join('\n')),
        fc.array(between, { minLength: words.length + 1, maxLength: words.length + 1 }),
      )
      .map(([text, separators]) =>
        text
          .split('\n')
          .reduce((key, part, at) => `${key}${part}${separators[at + 1]}`, separators[0] ?? ''),
      );

  it('however its words are written and joined', () => {
    const rule = fc.array(word, { minLength: 1, maxLength: 4 });
    const both = rule.chain((words) => fc.tuple(written(words), written(words)));
    fc.assert(
      fc.property(both, word, capitals('yes'), ([named, found], more, yes) => {
        expect(isProtected({ [found]: '' }, [named])).toBe(true);
        expect(isProtected({ [found]: '' }, [`${named}*`])).toBe(true);
        expect(isProtected({ [`${found}:${more}`]: '' }, [`${named}*`])).toBe(true);
        expect(isProtected({ [found]: yes }, [`${named}=yes`])).toBe(true);
      }),
    );
  });

  it('never by a rule of which it has no letter', () => {
    const key = fc.stringMatching(/^[a-m :_./-]{1,20}$/);
    const rule = fc.stringMatching(/^[n-z :_./-]{1,10}\*?$/).filter((text) => /[n-z]/.test(text));
    fc.assert(
      fc.property(key, rule, (found, named) =>
        expect(isProtected({ [found]: 'x' }, [named])).toBe(false),
      ),
    );
  });
});

it('no tag, no protection', () => expect(isProtected({ Name: 'db' }, ['Retain'])).toBe(false));
