import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Where texts for people are made: each string with words in it. */
const MADE_IN = ['report', 'kinds/ami/words', 'kinds/ebs-snapshot/words', 'kinds/ebs-volume/words'];
const MADE_IN_FILES = ['core/words/snapshot-words.ts', 'kinds/ami/sources/reference-words.ts'];
/** Pages that readers begin with. Those about the code have the code's own words. */
const PAGES = [
  'README.md',
  ...['operating', 'beside-aws', 'execution-input', 'configuration', 'commands'].map(
    (name) => `docs/${name}.md`,
  ),
  ...readdirSync(new URL('docs/readers/', ROOT)).map((name) => `docs/readers/${name}`),
];

interface Row {
  readonly not: string;
  readonly but: string;
  readonly where: string;
}

/** The second table of the glossary: what people don't read, what instead, and where that holds. */
function forbidden(): Row[] {
  const [, table = ''] = read('docs/glossary.md').split('## Words that no text for people has');
  return [...table.matchAll(/^\| `(.+?)` +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, not = '', but = '', where = '']) => ({ not, but, where }),
  );
}

/** A word of the table, and its forms: `stale`, `execution(s)`. */
function matcher(not: string): RegExp {
  const escaped = not
    .replace(/[.*+?^${}|[\]\\]/g, String.raw`\$&`)
    .replace(/\((\w+)\)/g, '(?:$1)?');
  const [first, last] = [/^\w/.test(not), /\w\)?$/.test(not)];
  return new RegExp(
    `${first ? String.raw`(?<![\w./-])` : ''}${escaped}${last ? String.raw`(?![\w./-])` : ''}`,
    'i',
  );
}

/** Without code, files, options, links and markup. */
function proseOf(text: string): string {
  return text
    .replace(/```[^]*?```/g, '')
    .replace(/`[^`]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\b\w+\.(jsonl?|csv|txt|md)\b/g, '')
    .replace(/--[\w-]+/g, '')
    .replace(/\b[A-Z]+(_[A-Z]+)+\b/g, '');
}

/** Each string of a file that has two words or more, with its line. */
function stringsOf(path: string): { readonly at: string; readonly text: string }[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: { at: string; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      if (/[a-z'] [a-z]/i.test(node.text))
        found.push({ at: `${path}:${line + 1}`, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function filesUnder(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => `${folder}/${name}`);
}

const rows = forbidden();

it('the glossary has a table of what people do not read, each with the word for it', () => {
  expect(rows.length).toBeGreaterThan(15);
  for (const { not, but } of rows) expect(but).not.toMatch(matcher(not));
});

it('no text that orgsweep makes has such a word', () => {
  const strings = [...MADE_IN.flatMap(filesUnder), ...MADE_IN_FILES].flatMap(stringsOf);
  expect(strings.length).toBeGreaterThan(1000);
  const texts = strings.map(({ at, text }) => ({ at, text: proseOf(text) }));
  const found = rows.flatMap(({ not }) =>
    texts
      .filter(({ text }) => matcher(not).test(text))
      .map(({ at, text }) => `${not}: ${at} ${text}`),
  );
  expect(found).toEqual([]);
});

it('nor has help or an error a word that holds everywhere', () => {
  const strings = filesUnder('local').flatMap(stringsOf);
  expect(strings.length).toBeGreaterThan(300);
  const found = rows
    .filter(({ where }) => where === 'everywhere')
    .flatMap(({ not }) => strings.filter(({ text }) => matcher(not).test(proseOf(text))));
  expect(found).toEqual([]);
});

it.each(PAGES)('no sentence of %s has a word that holds everywhere', (page) => {
  const lines = proseOf(read(page)).split('\n');
  const found = rows
    .filter(({ where }) => where === 'everywhere')
    .flatMap(({ not }) =>
      lines.filter((line) => matcher(not).test(line)).map((line) => `${not}: ${line}`),
    );
  expect(found).toEqual([]);
});

it('what runs leave for people to read has none of them either', () => {
  const texts = readdirSync(new URL('test/golden/', ROOT)).filter((name) => name.endsWith('.txt'));
  const found = rows.flatMap(({ not }) =>
    texts.flatMap((name) =>
      proseOf(read(`test/golden/${name}`))
        .split('\n')
        .filter((line) => !/^ {4,7}(\{|aws |for at |npm |orgsweep |https:|s3:)/.test(line))
        .filter((line) => matcher(not).test(line))
        .map((line) => `${not}: ${name}: ${line}`),
    ),
  );
  expect(found).toEqual([]);
});
