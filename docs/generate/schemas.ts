import path from 'node:path';
import { z } from 'zod';
import { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { Plan } from '../../core/plan/plan.ts';
import { Question } from '../../core/plan/question.ts';
import { Summary } from '../../core/summary/summary.ts';
import { Finding } from '../../core/model/verdict.ts';
import { ConfigKeys } from '../../infra/config/keys.ts';
import { ExecutionInput } from '../../kinds/registry.ts';

export const SCHEMAS_FOLDER = path.resolve(import.meta.dirname, '../schemas');

const DATE_TIME = 'date-time';

interface Described {
  readonly schema: z.ZodType;
  /** Whether people write it, who may leave out what has a default, or orgsweep does. */
  readonly io: 'input' | 'output';
  readonly title: string;
  readonly description: string;
}

/** By name: what people write, and what an execution writes. */
const DESCRIBED: Readonly<Record<string, Described>> = {
  'execution-input': {
    schema: ExecutionInput,
    io: 'input',
    title: 'The input of an execution',
    description: 'What `orgsweep run --input` takes, or a deployed state machine.',
  },
  configuration: {
    schema: ConfigKeys,
    io: 'input',
    title: 'The configuration of a deployment',
    description: 'What stands under `orgsweep` in the CDK context.',
  },
  summary: {
    schema: Summary,
    io: 'output',
    title: 'summary.json',
    description: 'One execution of orgsweep, folded: coverage, counts, plan and removals.',
  },
  finding: {
    schema: Finding,
    io: 'output',
    title: 'A line of findings.jsonl',
    description: 'A resource, its verdict, and why.',
  },
  target: {
    schema: TargetOutcome,
    io: 'output',
    title: 'A line of targets.jsonl',
    description: 'How one account and Region, or an account that has none, ended.',
  },
  plan: {
    schema: Plan,
    io: 'output',
    title: 'plan.json',
    description:
      'What an execution may remove, and what it holds back; written once, never changed.',
  },
  question: {
    schema: Question,
    io: 'output',
    title: 'question.json',
    description: 'What people are asked about a plan, and until when.',
  },
  removal: {
    schema: RemovalOutcome,
    io: 'output',
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

function toJsonSchema(name: string, { schema, io, title, description }: Described): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
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
