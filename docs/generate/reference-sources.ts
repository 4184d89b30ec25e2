import { KINDS } from '../../kinds/registry.ts';

/** The table of `docs/reference-sources.md`, from what each kind declares. */
export function referenceSourcesTable(): string {
  return KINDS.map(({ kind, references }) =>
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
    ].join('\n'),
  ).join('\n\n');
}
