import { z } from 'zod';

export const text = (pattern: RegExp, accepted: string, title: string) =>
  z.string().regex(pattern, `accepted: ${accepted}`).meta({ title });

export const roleName = text(/^[\w+=,.@-]{1,64}$/, 'a role name, without its path', 'role name');

export const principals = z.array(
  text(
    /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/*?-]+$/,
    'the ARN of a role or user of the hub account, with * and ? for any characters',
    'ARN pattern',
  ),
);

export const organizationalUnits = z
  .array(
    text(
      /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
      'the id of the root or of an organizational unit, such as "r-ab12" or "ou-ab12-cdef3456"',
      'id of the root or an OU',
    ),
  )
  .default([]);
