import { z } from 'zod';
import { text } from './fields.ts';

/** What stayed behind when an earlier hub was destroyed, and is to be used again. */
export const Store = z.strictObject({
  bucketName: text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket', 'bucket name')
    .optional()
    .describe('The bucket of an earlier hub, with its ledgers and history; else a new one.'),
  sealKeyArn: text(
    /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    'the ARN of a KMS key',
    'ARN of a key',
  )
    .optional()
    .describe('The key that the executions in that bucket were sealed with; else a new one.'),
});
