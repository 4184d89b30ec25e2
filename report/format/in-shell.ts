const PLAIN = /^[\w./:@%+,=-]+$/;
/** What can't be seen or turns the line around. Of blanks, only a space shows as what it is. */
const NOT_SEEN = /\p{C}|\p{Default_Ignorable_Code_Point}|(?! )\p{Z}/u;
const SPELLED = new RegExp(`[\\\\']|${NOT_SEEN.source}`, 'gu');

/**
 * One word as bash and zsh take it, and any POSIX shell where all of it can be seen. Nothing in it is
 * acted on by the shell, nor by the terminal that shows it.
 */
export function inShell(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!NOT_SEEN.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const spelled = word.replace(SPELLED, (character) =>
    character === '\\' || character === "'" ? `\\${character}` : inHex(character),
  );
  return `$'${spelled}'`;
}

function inHex(character: string): string {
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
}
