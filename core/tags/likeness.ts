/**
 * Whether two texts are the same but for what people get wrong in a tag: capitals, blanks, quotation
 * marks that a shell left in and, in keys, separators. EC2 tells all of these apart, and IAM all but
 * the first.
 */

/** Spaces of every kind, and what shows as nothing: zero-width, soft hyphen, fillers. */
const BLANK = '\\s\\p{Z}\\p{C}\\u034f\\u115f\\u1160\\u2800\\ufe00-\\ufe0f';
/** `cmd.exe` hands single quotation marks on, and people copy typographic ones. */
const QUOTATION_MARK = '"\'`\\u00b4\\u2018-\\u201f\\u00ab\\u00bb\\u2039\\u203a';
/** EC2 takes any character in a key: what is in no word stands between words. */
const SEPARATOR = '[^\\p{L}\\p{N}\\p{M}]';
const IS_ASCII = /^\p{ASCII}*$/u;
const NOT_OF_A_VALUE = new RegExp(`[${BLANK}${QUOTATION_MARK}]+`, 'gu');
const BETWEEN_WORDS = new RegExp(`(?:[${BLANK}]|${SEPARATOR})+`, 'gu');
const ENDS_BETWEEN_WORDS = new RegExp(`(?:[${BLANK}]|${SEPARATOR})$`, 'u');
const IS_BETWEEN_WORDS = new RegExp(`^(?:[${BLANK}]|${SEPARATOR})$`, 'u');

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
  return bare(value) === bare(other);
}

export function beginsLikeValue(value: string, prefix: string): boolean {
  const shown = bare(prefix);
  // Blanks and quotation marks alone would be the beginning of every value.
  if (shown === '' && prefix !== '') return false;
  return bare(value).startsWith(shown);
}

/** As it is compared: compatibility forms, capitals. Not small letters: "ß" and "SS" are one in capitals. */
export function folded(text: string): string {
  // None of its characters has another form, and nearly every tag is of these alone.
  if (IS_ASCII.test(text)) return text.toUpperCase();
  // The Turkish dotted capital has its dot apart here, which no other capital I has.
  return text.normalize('NFKC').toLowerCase().toUpperCase().replaceAll('I\u0307', 'I');
}

function bare(value: string): string {
  return folded(value).replace(NOT_OF_A_VALUE, '');
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
