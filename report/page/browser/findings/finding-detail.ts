import type { WordsByKind } from '../../../../core/words/kind-words.ts';
import { nounOfKinds } from '../../../format/noun.ts';
import { reasonsInWords } from '../../../words/reason-words.ts';
import { protectCommand, restoreOne } from '../../findings/commands.ts';
import type { FindingRow } from '../../findings/finding-row.ts';
import { VERDICT_WORDS } from '../../findings/verdict-words.ts';
import { commandWithCopy } from '../copy.ts';
import { element, isolated } from '../element.ts';

export interface Execution {
  /** Brings back all that it removed; empty: nothing can. */
  readonly restore: string;
  readonly words: WordsByKind;
  /** What a selection of its findings is saved as. */
  readonly csvName: string;
}

/** What is known of a finding, and what can be done about it. */
export function detailOf(row: FindingRow, execution: Execution): HTMLElement {
  return element(
    'div',
    { class: 'detail' },
    element('div', {}, heading('What was seen'), ...evidence(row, execution)),
    element('div', {}, heading('Tags'), ...tagList(row)),
    element('div', {}, heading('What to do'), ...commands(row, execution)),
  );
}

function heading(text: string): HTMLElement {
  return element('h3', {}, text);
}

function evidence(row: FindingRow, of: Execution): HTMLElement[] {
  const { words, reasons, kind, verdict } = row;
  const sentences = words.length === 0 ? [reasonsInWords(reasons, of.words[kind])] : words;
  return [
    element(
      'p',
      {},
      `${VERDICT_WORDS[verdict]} ${nounOfKinds([kind], of.words).one}: `,
      ...codesOf(reasons),
    ),
    element('ul', {}, ...sentences.map((sentence) => element('li', {}, isolated(sentence)))),
    where(row),
  ];
}

/** Its codes, for whoever searches other places for them. */
function codesOf(reasons: readonly string[]): (Node | string)[] {
  return reasons.flatMap((reason, i) => [
    ...(i > 0 ? [', '] : []),
    element('code', { class: 'reason' }, reason),
  ]);
}

/** In full, what its row may have no room for. */
function where({ resourceId, accountId, accountName, unitPath, region }: FindingRow): HTMLElement {
  const facts = [
    ['Id', resourceId],
    ['Account', `${accountName} ${accountId}`.trim()],
    ...(unitPath === '' ? [] : [['Unit', unitPath]]),
    ['Region', region],
  ] as const;
  return element(
    'dl',
    { class: 'tags where' },
    ...facts.flatMap(([title = '', value = '']) => [
      element('dt', {}, title),
      element('dd', {}, isolated(value)),
    ]),
  );
}

function tagList({ tags, tagsLeftOut }: FindingRow): HTMLElement[] {
  if (tags.length + tagsLeftOut === 0) return [element('p', {}, 'It has none.')];
  if (tags.length === 0) return [element('p', {}, `It has ${tagsLeftOut}, in findings.jsonl.`)];
  const items = tags.flatMap(([key, value]) => [
    element('dt', {}, isolated(key)),
    element('dd', {}, isolated(value)),
  ]);
  return [
    element('dl', { class: 'tags' }, ...items),
    ...(tagsLeftOut === 0 ? [] : [element('p', {}, `and ${tagsLeftOut} more, in findings.jsonl`)]),
  ];
}

function commands(row: FindingRow, { restore, words }: Execution): HTMLElement[] {
  const own = words[row.kind];
  const { fate, resourceId, accountId } = row;
  const told = element('p', {}, isolated(fate.words));
  if (fate.codes.includes('REMOVED')) {
    if (restore === '') return [told];
    return [
      told,
      element(
        'p',
        {},
        own !== undefined && !own.hasRecycleBin
          ? 'To bring it back, if there is a way:'
          : 'To bring it back, if it is in the Recycle Bin:',
      ),
      commandWithCopy(restoreOne(restore, resourceId)),
    ];
  }
  const command = protectCommand(row, own);
  if (command === null)
    return [told, element('p', {}, 'To keep it, tag it with orgsweep:protect.')];
  return [
    told,
    element('p', {}, `To keep it, with credentials of account ${accountId}:`),
    commandWithCopy(command),
  ];
}
