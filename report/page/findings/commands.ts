import { PROTECT_TAG } from '../../../core/tags/protection.ts';

/** Kinds whose resources `aws ec2 create-tags` can tag. */
const TAGGED_BY_EC2: readonly string[] = ['ebs-snapshot'];

/**
 * One word for a POSIX shell. Nothing in it is acted on by the shell, nor by the terminal.
 *
 * @internal A test hands its words to a real shell.
 */
export function shellWord(text: string): string {
  if (/^[\w./:@%+,=-]+$/.test(text)) return text;
  if (/^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  // bash and zsh: what can't be seen, or turns the line around, is spelled out.
  const spelled = text.replace(/[\\']|[^\x20-\x7e]/gu, (character) =>
    character === '\\' || character === "'" ? `\\${character}` : inHex(character),
  );
  return `$'${spelled}'`;
}

function inHex(character: string): string {
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}

/** Brings back one resource. @param all the command that brings back all that was removed */
export function restoreOne(all: string, resourceId: string): string {
  return `${all} --resource ${shellWord(resourceId)}`;
}

/** Tags a resource such that orgsweep keeps it; null for a kind that is tagged otherwise. */
export function protectCommand(of: {
  readonly kind: string;
  readonly region: string;
  readonly resourceId: string;
}): string | null {
  if (!TAGGED_BY_EC2.includes(of.kind)) return null;
  const tag = `Key=${PROTECT_TAG},Value=yes`;
  const words = ['aws', 'ec2', 'create-tags', '--region', of.region];
  return [...words, '--resources', of.resourceId, '--tags', tag].map(shellWord).join(' ');
}
