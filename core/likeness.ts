/**
 * Whether two texts are the same but for what people get wrong in a tag: capitals, blanks and, in
 * keys, separators. EC2 tells all of these apart, and IAM the last two.
 */

/** Spaces of every kind, and what shows as nothing: zero-width, soft hyphen, fillers. */
const BLANK = '\\s\\p{Z}\\p{C}\\u034f\\u115f\\u1160\\u2800\\ufe00-\\ufe0f';
/** What stands between the words of a key, and what looks like it. */
const SEPARATOR = '\\-_:/.\\\\|\\p{Pd}\\p{Pc}\\u2212\\u2215\\u2044\\u2236\\ua789\\u00b7';
const BLANKS = new RegExp(`[${BLANK}]+`, 'gu');
const BETWEEN_WORDS = new RegExp(`[${BLANK}${SEPARATOR}]+`, 'gu');
const ENDS_BETWEEN_WORDS = new RegExp(`[${BLANK}${SEPARATOR}]$`, 'u');
const IS_BETWEEN_WORDS = new RegExp(`^[${BLANK}${SEPARATOR}]$`, 'u');

const MOST_REMEMBERED = 5_000;
/** An account has few keys and many tags. */
const remembered = new Map<string, string>();

/** Never true of a key that is nothing but blanks and separators. */
export function isLikeKey(key: string, other: string): boolean {
  const letters = lettersOf(key);
  return letters !== '' && letters === lettersOf(other);
}

/**
 * Whether the key begins like the prefix. A prefix that ends between words (`aws:backup:`) is one
 * word's end: `AWS-Backup_x` begins like it, `aws:backups` doesn't. Never true of a prefix that is
 * nothing but blanks and separators: it would be true of every key.
 */
export function beginsLikeKey(key: string, prefix: string): boolean {
  const letters = lettersOf(prefix);
  if (letters === '' || !lettersOf(key).startsWith(letters)) return false;
  if (!ENDS_BETWEEN_WORDS.test(prefix)) return true;
  return endsAWord(key, letters);
}

/** Separators count in a value: they may be all that tells two dates or versions apart. */
export function isLikeValue(value: string, other: string): boolean {
  return withoutBlanks(value) === withoutBlanks(other);
}

export function beginsLikeValue(value: string, prefix: string): boolean {
  const shown = withoutBlanks(prefix);
  // Blanks alone would be the beginning of every value.
  if (shown === '' && prefix !== '') return false;
  return withoutBlanks(value).startsWith(shown);
}

/** As it is compared: compatibility forms, small letters. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

export function withoutBlanks(text: string): string {
  return folded(text).replace(BLANKS, '');
}

function lettersOf(key: string): string {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const letters = folded(key).replace(BETWEEN_WORDS, '');
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, letters);
  return letters;
}

/** Whether a word of the key ends where these letters, which it begins with, have been read. */
function endsAWord(key: string, letters: string): boolean {
  let read = 0;
  for (const character of folded(key)) {
    const isBetween = IS_BETWEEN_WORDS.test(character);
    if (read >= letters.length) return isBetween;
    if (!isBetween) read += character.length;
  }
  return true;
}
