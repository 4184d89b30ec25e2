import { readFileSync } from 'node:fs';
import { renderChat } from '../../../report/message/chat.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import * as examples from '../../support/summaries/summaries.ts';

const { allRemoved, completeReport, everythingHeld, failedStep, firstLookWithoutPrices } = examples;
const { largeOrganization, mixedRemovals, nothingInScope, partialReport } = examples;
const { refusedPlan, tooMuchStale } = examples;

const summaries: [string, () => Summary][] = [
  ['complete', completeReport],
  ['partial', partialReport],
  ['mixed', mixedRemovals],
  ['all removed', allRemoved],
  ['large', largeOrganization],
  ['held', everythingHeld],
  ['failed', failedStep],
  ['first', firstLookWithoutPrices],
  ['nothing', nothingInScope],
  ['refused', refusedPlan],
  ['too much', tooMuchStale],
];

/** What code says, and people don't read; files, commands, inputs and codes keep it. */
const NOT_FOR_PEOPLE = /\b(targets?|executions?|stale|sweeps?|removals?|removed|ledger|spokes?)\b/i;

/** Prose alone: without what is to be copied, file names, codes and the names of keys. */
function proseOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^ {4,7}(\{|aws |for at |npm |orgsweep |https:|s3:)/.test(line))
    .join('\n')
    .replace(/`[^`]*`/g, '')
    .replace(/\S+\/\S+/g, '')
    .replace(/\b\w+\.(json|jsonl|csv|txt|html|md)\b/g, '')
    .replace(/\b(limits|policy|scope)\.\w+|\bmax\w+|\borgsweep:\w+/g, '')
    .replace(/\b[A-Z]+(_[A-Z]+)+\b/g, '');
}

describe.each(summaries)('people read their own words of the run: %s', (_, summary) => {
  it('in the mail', () => {
    const { subject, body } = renderText(summary());
    expect(proseOf(`${subject}\n${body}`)).not.toMatch(NOT_FOR_PEOPLE);
  });

  it('in chat', () => {
    const { content } = JSON.parse(renderChat(summary())) as {
      content: { title: string; description: string; nextSteps?: string[] };
    };
    const text = [content.title, content.description, ...(content.nextSteps ?? [])].join('\n');
    expect(proseOf(text)).not.toMatch(NOT_FOR_PEOPLE);
  });

  it('without marks of other languages, a blank before %, or chains', () => {
    const { body } = renderText(summary());
    expect(body).not.toMatch(/[«»]|\d %/);
  });
});

it('people read their own words where they are asked to approve', () => {
  const request = new URL('../../golden/approval-request.golden.txt', import.meta.url);
  expect(proseOf(readFileSync(request, 'utf8'))).not.toMatch(NOT_FOR_PEOPLE);
});

it('the glossary has both words of what they read, code on the left', () => {
  const glossary = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8');
  const rows = new Map(
    [...glossary.matchAll(/^\| ([^|]+) \| ([^|]+) \|/gm)].map(([, code = '', people = '']) => [
      code.trim(),
      people.trim(),
    ]),
  );
  expect(rows.get('execution')).toBe('run');
  expect(rows.get('target')).toContain('account-Region');
  expect(rows.get('`STALE`')).toBe('unused');
  expect(rows.get('removal, `removals.jsonl`')).toBe('deletion');
  expect(rows.get('held')).toBe('held back');
});
