import { z } from 'zod';

/** `$.a.b`: what interpreter and AWS read alike; filters and wildcards they don't. */
export const ReferencePath = z
  .string()
  .regex(/^\$(\.[A-Za-z_]\w*)+$/, 'accepted: a path such as "$.a.b"');

const VALUE_PATH = /^\$(\.[A-Za-z_]\w*)*$/;
const CONTEXT_PATH =
  /^\$\$\.(Execution\.Name|Execution\.Input|Task\.Token|Map\.Item\.(Index|Value(\.\w+)*))$/;
const INTRINSICS = ['States.Format', 'States.JsonToString'];

export interface PayloadTemplate {
  [field: string]: string | number | boolean | null | PayloadTemplate;
}

const Template: z.ZodType<PayloadTemplate> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.lazy(() => Template)]),
);

/**
 * A payload template of objects: `"name.$"` takes a path, a context path or an intrinsic function,
 * any other name a literal or an object of the same kind.
 *
 * @param contextRoots the parts of the context object that mean the same here in both engines
 */
export function payloadTemplate(...contextRoots: readonly ContextRoot[]) {
  return Template.superRefine((template, context) => {
    for (const { path, value } of dynamicFieldsOf(template)) {
      const message = complaintAbout(value, contextRoots);
      if (message !== undefined) context.addIssue({ code: 'custom', message, path });
    }
  });
}
type ContextRoot = 'Execution.Name' | 'Execution.Input' | 'Map.Item' | 'Task.Token';

/** The same without objects in it. */
export function flatPayloadTemplate(...contextRoots: readonly ContextRoot[]) {
  return payloadTemplate(...contextRoots).superRefine((template, context) => {
    for (const [field, value] of Object.entries(template)) {
      if (typeof value !== 'object' || value === null) continue;
      context.addIssue({ code: 'custom', message: 'accepted: no object here', path: [field] });
    }
  });
}

function* dynamicFieldsOf(
  template: PayloadTemplate,
  above: readonly string[] = [],
): Generator<{ path: string[]; value: string }> {
  for (const [field, value] of Object.entries(template)) {
    const path = [...above, field];
    if (typeof value === 'object' && value !== null) yield* dynamicFieldsOf(value, path);
    else if (field.endsWith('.$')) yield { path, value: String(value) };
  }
}

function complaintAbout(value: string, contextRoots: readonly string[]): string | undefined {
  if (VALUE_PATH.test(value)) return undefined;
  if (value.startsWith('States.')) {
    const called = value.match(/\bStates\.\w+(?=\()/g) ?? [];
    const unknown = called.find((intrinsic) => !INTRINSICS.includes(intrinsic));
    if (unknown !== undefined || called.length === 0)
      return `${unknown ?? value} isn't understood; accepted: ${INTRINSICS.join(', ')}`;
  } else if (!CONTEXT_PATH.test(value)) {
    return `"${value}" isn't understood; accepted: a path, a context path, ${INTRINSICS.join(', ')}`;
  }
  const outOfPlace = (value.match(/\$\$\.\w+\.\w+/g) ?? []).find(
    (path) => !contextRoots.some((root) => path === `$$.${root}`),
  );
  return outOfPlace && `${outOfPlace} isn't understood here; accepted: ${contextRoots.join(', ')}`;
}
