import type { Tag } from '@aws-sdk/client-ec2';

/** Tags as EC2 lists them, by key. */
export function tagsOf(Tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
