import fc from 'fast-check';
import { judge } from '../../../core/gate/gate.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import { plainMarkdown } from '../../../report/ci/markdown.ts';
import { summaryMarkdown, unsummarizedMarkdown } from '../../../report/ci/summary-markdown.ts';
import { outcomeInWords } from '../../../report/sections/headline.ts';
import { worthInHead } from '../../../report/sections/worth-in-head.ts';
import { arbitrarySummary } from '../../support/summaries/arbitrary-summary.ts';
import { anyCharacter } from '../../support/summaries/any-character.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';

const summary = makeSummary(anEndedExecution({}));
const text = summaryMarkdown(summary);

it('tells the run in the words of the message: outcome, worth, funnel, what to do, where the page is', () => {
  expect(text).toMatch(/^\n## orgsweep: [A-Z]+ .*\n/);
  expect(text).toContain(plainMarkdown(outcomeInWords(summary)));
  expect(text).toContain(plainMarkdown(worthInHead(summary).join(' ')));
  expect(text).toMatch(
    /\n\| From unused to saved \| .*\n\| --- \| --: \| --: \| --: \|\n\| Unused/,
  );
  for (const title of ['What to do', 'Coverage', 'Full report (in the hub account)'])
    expect(text).toContain(`\n\n### ${title}\n\n`);
  expect(text).toMatch(/\n<https:\/\/console\.aws\.amazon\.com\/s3\/[^ ]*report\.html>\n/);
  expect(text).toContain(`\n\`\`\`\naws s3 cp ${summary.location}report.html .\n\`\`\`\n`);
  const here = summaryMarkdown({ ...summary, location: '/home/ann/out' });
  expect(here).toContain('\n```\n/home/ann/out/report.html\n```\n');
  expect(text).not.toMatch(/\n{3}/);
});

it('says first which conditions of --fail-on hold', () => {
  const judged = judge([{ of: 'stale', above: 999_999 }], summary);
  expect(summaryMarkdown(summary, judged)).toMatch(/\n- Condition stale&gt;999999 /);
});

it('says of a run without a summary that there is none', () => {
  expect(unsummarizedMarkdown('the run left no summary')).toMatch(
    /^\n## orgsweep: the run left no summary\n\n.+\n\n$/,
  );
});

it.each([
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['[a](https://evil.example)', '\\[a\\](https\\[:\\]//evil.example)'],
  ['a|b', 'a\\|b'],
  ['*a* _b_ `c` ~d~', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~'],
  ['# a', '\\# a'],
  ['- a', '\\- a'],
  ['1. a', '1\\. a'],
  ['1.5 TiB', '1.5 TiB'],
  ['a\n\n## b', 'a \\#\\# b'],
  ['@org/team', '\uff20org/team'],
  ['![a](b)', '\\!\\[a\\](b)'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['back\\', 'back\\\\'],
])('lets no stranger write markup: %j', (given, told) => {
  expect(plainMarkdown(given)).toBe(told);
});

it('has no character that begins markup, HTML, a mention or a line, whatever people wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (given) => {
      const plain = plainMarkdown(given).replace(/\\[\\`*_{}[\]#|~!$+=:.)-]/g, '');
      expect(plain).not.toMatch(/[<>@`*_[\]|~#\\\n\r]|:\/\//);
    }),
  );
});

it('has its own lines and no others, whatever is in a summary', () => {
  fc.assert(
    fc.property(arbitrarySummary, (of) => {
      let isCode = false;
      for (const line of summaryMarkdown(of).split('\n')) {
        const isFence = /^ *`{3,}$/.test(line);
        if (!isFence && !isCode)
          expect(line).toMatch(/^(|#{2,3} .*|\|.*\||( {2})?- .*|\d\. .*|[^\s#>|].*)$/);
        if (!isFence && !isCode) expect(line).not.toMatch(/<(?!https:\/\/console\.)[a-z/!]/i);
        if (isFence) isCode = !isCode;
      }
      expect(isCode).toBe(false);
    }),
    { numRuns: 100 },
  );
});
