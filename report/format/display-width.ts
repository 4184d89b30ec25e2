// What East Asian Width (UAX #11) calls wide, and what is shown as a picture.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const SHOWS_NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]*$/u;

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal a text takes: a Chinese character or a picture takes two. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += widthOf(segment);
  return width;
}

/** At most `width` columns of the text; what was cut is marked, where there is room for the mark. */
export function cutToWidth(text: string, width: number, cutMark = '...'): string {
  if (displayWidth(text) <= width) return text;
  const mark = width > 3 ? cutMark : '';
  let room = width - mark.length;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    room -= widthOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept + mark;
}

function widthOf(grapheme: string): number {
  if (SHOWS_NOTHING.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
