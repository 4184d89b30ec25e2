import { z } from 'zod';

/** `$.a.b`: what interpreter and AWS read alike; filters and wildcards they don't. */
export const ReferencePath = z
  .string()
  .regex(/^\$(\.[A-Za-z_]\w*)+$/, 'accepted: a path such as "$.a.b"');

const VALUE_PATH = /^\$(\.[A-Za-z_]\w*)*$/;
const CONTEXT_PATH =
  /^\$\$\.(Execution\.Name|Execution\.Input|Task\.Token|Map\.Item\.(Index|Value(\.\w+)*))$/;
const INTRINSICS = ['States.Format', 'States.JsonToString'];

/**
 * A flat payload template: `"name.$"` takes a path, a context path or an intrinsic function, any
 * other name a literal.
 *
 * @param contextRoots the parts of the context object that mean the same here in both engines
 */
export function payloadTemplate(...contextRoots: readonly ContextRoot[]) {
  return z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .superRefine((fields, context) => {
      for (const [field, value] of Object.entries(fields)) {
        if (!field.endsWith('.$')) continue;
        const message = complaintAbout(String(value), contextRoots);
        if (message !== undefined) context.addIssue({ code: 'custom', message, path: [field] });
      }
    });
}
export type PayloadTemplate = z.infer<ReturnType<typeof payloadTemplate>>;
type ContextRoot = 'Execution.Name' | 'Execution.Input' | 'Map.Item' | 'Task.Token';

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
