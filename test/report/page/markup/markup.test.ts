import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markup, verbatim } from '../../../../report/page/markup/markup.ts';

it('makes text of whatever is filled in', () => {
  const text = `<a href="x" id='y'>&amp;</a>`;
  expect(markup`<p title="${text}">${text}</p>`.text).toBe(
    '<p title="&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;">' +
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;</p>',
  );
});

it('takes markup and lists as they are, and nothing for null', () => {
  expect(markup`<p>${[markup`<b>${1}</b>`, null, verbatim('<hr>'), ['<']]}</p>`.text).toBe(
    '<p><b>1</b><hr>&lt;</p>',
  );
});

it('keeps what a parser would change', () => {
  expect(markup`${'\r\n'}|${'\0'}|${'\ud800'}|${'😀'}`.text).toBe('&#13;\n|\ufffd|\ufffd|😀');
});

it('refuses an attribute without quotes', () => {
  expect(() => markup`<p title=${'x'}></p>`).toThrow('put quotes around value 1');
});

it('takes text for markup only where orgsweep made it', () => {
  const root = path.resolve(import.meta.dirname, '../../../../report/page');
  const uses = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('generated.ts'))
    .flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bverbatim\((.*?)\)/g)].map(
        ([, what]) => `${file}: ${what}`,
      ),
    );
  expect(uses.toSorted()).toEqual([
    'markup/figures.ts: svg.text',
    'markup/markup.ts: text: string',
    'render-report.ts: SCRIPT',
    'render-report.ts: STYLE',
    'sections/findings.ts: data',
  ]);
});
