import { groupBy } from '../../core/model/group-by.ts';
import type { FieldUse, ListingFields } from '../../kinds/listing-fields.ts';
import { KINDS } from '../../kinds/registry.ts';
import { KNOWN_TAGS } from '../../kinds/tags/table.ts';

/** The tables of `docs/reference-sources.md`, from what each kind declares. */
export function referenceSourcesTable(): string {
  return [sourcesByKind(), tagsByKind()].join('\n\n');
}

/** Tag × kind. */
function tagsByKind(): string {
  const kinds = KINDS.map(({ kind }) => kind);
  return [
    '### Tags',
    '',
    `| set by | tags | ${kinds.join(' | ')} | source |`,
    `|---|---|${kinds.map(() => '---|').join('')}---|`,
    ...KNOWN_TAGS.map(({ setBy, tags, means, source, sourceSays }) => {
      const columns = kinds.map((kind) => {
        const meaning = means[kind];
        if (meaning === undefined) return 'not known';
        return meaning === null ? 'says nothing of need' : `shows need: \`${meaning}\``;
      });
      const row = [code(tags), ...columns, `[${sourceSays}](${source})`];
      return `| ${[setBy, ...row].join(' | ')} |`;
    }),
    `| AWS | any other that begins with \`aws:\` | ${kinds.map(() => 'not known, so kept: `UNKNOWN_AWS_TAG`').join(' | ')} | |`,
  ].join('\n');
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function sourcesByKind(): string {
  return KINDS.map(({ kind, references, questions, blindSpots, listings }) =>
    [
      `### ${kind}`,
      '',
      '| source | API and permission | calls per target | keeps as | would AWS refuse the removal? | may be switched off |',
      '|---|---|---|---|---|---|',
      ...references.map((one) =>
        [
          '',
          `\`${one.name}\``,
          one.iam.map((action) => `\`${action}\``).join(', '),
          one.cost,
          one.reason
            .split(', ')
            .map((reason) => `\`${reason}\``)
            .join(', '),
          one.awsRefuses,
          one.skippable ? 'yes' : 'no',
          '',
        ]
          .join(' | ')
          .trim(),
      ),
      '',
      ...questions.flatMap(({ name, cost }) =>
        cost === undefined ? [] : [`Asked besides, and no use of one: \`${name}\`, ${cost}.`, ''],
      ),
      'Not looked at:',
      '',
      ...blindSpots.map((one) => `- ${one}`),
      '',
      ...listings.flatMap(fieldsTable),
    ].join('\n'),
  ).join('\n\n');
}

const USE_WORDS: Readonly<Record<FieldUse['use'], string>> = {
  VERDICT: 'read for the verdict',
  SHOWN: 'shown in the finding',
  NOTHING: 'says nothing of need',
};

/** Every field of one listing, those that are used alike in one row. */
function fieldsTable({ operation, fields }: ListingFields): string[] {
  const rows = groupBy(Object.entries(fields), ([, { use, because }]) => `${use} ${because}`);
  return [
    `#### Fields of ${operation}`,
    '',
    '| fields | | what, or why |',
    '|---|---|---|',
    ...rows.flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const [name, { use, because }] = first;
      const names = [name, ...others.map(([other]) => other)];
      return [`| ${code(names)} | ${USE_WORDS[use]} | ${because} |`];
    }),
    '',
  ];
}
