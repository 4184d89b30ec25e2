/** A reason to keep a resource; null: the tag says nothing of whether anybody needs it. */
type Meaning = string | null;

/**
 * What is known of some tags: who sets them, and what they say about resources of each kind. Only
 * what a public source shows stands here.
 */
export interface KnownTags {
  /** The AWS service, operator or product that sets them. */
  readonly setBy: string;
  /** `key`, `key=value`, or either with `*` at its end. Capitals, blanks and separators don't count. */
  readonly tags: readonly string[];
  /** By kind. A kind that isn't named has no opinion: unknown tags that begin with `aws:` keep. */
  readonly means: Readonly<Record<string, Meaning>>;
  /**
   * Those of the keys that IAM is told of, besides: it knows no patterns for keys, and each takes a
   * statement of its policies. The rest is left to the code.
   */
  readonly deniedKeys?: readonly string[];
  readonly source: string;
  /** What is to be seen there. */
  readonly sourceSays: string;
}

/** An AWS managed policy, as AWS documents it. */
export function managedPolicy(name: string): string {
  return `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name}.html`;
}
