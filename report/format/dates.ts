const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** 21 November 2026, by UTC; what is no ISO 8601 date comes back as it is. */
export function day(timestamp: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d\d)-(\d\d)/.exec(timestamp) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? timestamp : `${Number(date)} ${name} ${year}`;
}

/** 21 November 2026 at 06:00 UTC */
export function moment(timestamp: string): string {
  return `${day(timestamp)} at ${timestamp.slice(11, 16)} UTC`;
}
