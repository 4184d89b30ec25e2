import stringWidth from 'string-width';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `width` columns of the text; what was cut is marked, where there is room for the mark. */
export function cutToWidth(text: string, width: number, cutMark = '...'): string {
  if (stringWidth(text) <= width) return text;
  const mark = width > 3 ? cutMark : '';
  let room = width - mark.length;
  let kept = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    room -= stringWidth(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept + mark;
}
