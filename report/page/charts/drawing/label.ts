import { oneLine } from '../../../format/layout.ts';

export const FONT_SIZE_PX = 12;

/** On one line, and only of characters that XML can hold. */
export function wellFormed(text: string): string {
  return oneLine(text.replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd'));
}

/**
 * About as wide as a system font draws it, rather more. There is no font where reports are made,
 * and which one draws them isn't known.
 */
export function widthPx(text: string, fontSizePx = FONT_SIZE_PX): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return Math.ceil(ems * fontSizePx);
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebr}\p{Script=Arab}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}]/u;

/** Within a sentence: a name that is written from right to left turns no figures around it. */
export function inSentence(name: string, mostPx: number): string {
  const fitting = fitted(name, mostPx);
  return RIGHT_TO_LEFT.test(fitting) ? `\u2068${fitting}\u2069` : fitting;
}

/** At most so wide, on one line; what was cut is marked. */
export function fitted(text: string, mostPx: number, fontSizePx = FONT_SIZE_PX): string {
  const whole = wellFormed(text);
  let room = mostPx / fontSizePx - ELLIPSIS_EMS;
  let [fitting, isCut] = ['', false];
  for (const character of whole) {
    room -= emsOf(character);
    if (room < -ELLIPSIS_EMS) return `${fitting.trimEnd()}…`;
    if (room < 0) isCut = true;
    if (!isCut) fitting += character;
  }
  return whole;
}

/** As `fitted`, with its end: names of one path differ there. */
export function fittedToEnd(text: string, mostPx: number, fontSizePx = FONT_SIZE_PX): string {
  const whole = wellFormed(text);
  if (widthPx(whole, fontSizePx) <= mostPx) return whole;
  let room = mostPx / fontSizePx - ELLIPSIS_EMS;
  let end = '';
  for (const character of [...whole].toReversed()) {
    room -= emsOf(character);
    if (room < 0) break;
    end = character + end;
  }
  return `…${end.trimStart()}`;
}

const ELLIPSIS_EMS = 1;

/** Of DejaVu Sans and Verdana, which are wide. */
function emsOf(character: string): number {
  if (/[ijl.,:;|!'()[\] ]/.test(character)) return 0.36;
  if (/[tfr-]/.test(character)) return 0.43;
  if (/[mwMW@%+]/.test(character)) return 0.98;
  if (/[A-Z]/.test(character)) return 0.75;
  return character < '\u0300' ? 0.64 : 1.05;
}
