import path from 'node:path';
import { z } from 'zod';
import { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { Plan } from '../../core/plan/plan.ts';
import { Question } from '../../core/plan/question.ts';
import { Summary } from '../../core/summary/summary.ts';
import { Finding } from '../../core/model/verdict.ts';

export const SCHEMAS_FOLDER = path.resolve(import.meta.dirname, '../schemas');

const DATE_TIME = 'date-time';

interface Described {
  readonly schema: z.ZodType;
  readonly title: string;
  readonly description: string;
}

/** By name: what an execution writes, as it is written. */
const DESCRIBED: Readonly<Record<string, Described>> = {
  summary: {
    schema: Summary,
    title: 'summary.json',
    description: 'One execution of orgsweep, folded: coverage, counts, plan and removals.',
  },
  finding: {
    schema: Finding,
    title: 'A line of findings.jsonl',
    description: 'A resource, its verdict, and why.',
  },
  target: {
    schema: TargetOutcome,
    title: 'A line of targets.jsonl',
    description: 'How one account and Region, or an account that has none, ended.',
  },
  plan: {
    schema: Plan,
    title: 'plan.json',
    description:
      'What an execution may remove, and what it holds back; written once, never changed.',
  },
  question: {
    schema: Question,
    title: 'question.json',
    description: 'What people are asked about a plan, and until when.',
  },
  removal: {
    schema: RemovalOutcome,
    title: 'A line of removals.jsonl',
    description: 'How one planned removal ended.',
  },
};

/** The names of the files in `docs/schemas`, and what is in them. */
export function schemaFiles(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(DESCRIBED).map(([name, described]) => [
      `${name}.schema.json`,
      toJsonSchema(name, described),
    ]),
  );
}

function toJsonSchema(name: string, { schema, title, description }: Described): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'output',
    override: ({ jsonSchema }) => simplify(jsonSchema),
  });
  return { $schema, $id: `urn:orgsweep:schema:${name}:1`, title, description, ...rest };
}

/** Without what says nothing to a reader: the format tells a date, and JSON has no larger integers. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format === DATE_TIME) schema.pattern = 'Z$';
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
