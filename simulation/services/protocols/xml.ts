/** Characters XML 1.0 has no way to write, not even escaped. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Most text needs nothing done: a listing of 100,000 snapshots is over a million of these. */
const PLAIN = /^[^&<>"'\u0000-\u001f\ufffe\uffff]*$/;
const SPECIAL = /[&<>"'\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Text that survives an XML parser as it is: tags are written by strangers. */
export function escapeXml(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(FORBIDDEN, '\ufffd').replace(SPECIAL, (character) => ESCAPES[character]!);
}

export type Leaf = string | number | boolean | Date | undefined;

/** `<name>value</name>`, or nothing for `undefined`: AWS leaves out what has no value. */
export function element(name: string, value: Leaf): string {
  if (value === undefined) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/** An element around markup that is already written. */
export function wrap(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

/** EC2's lists: `<name><item>…</item></name>`. */
export function itemList(name: string, items: readonly string[]): string {
  return wrap(name, items.map((item) => wrap('item', item)).join(''));
}

export function tagSet(tags: Readonly<Record<string, string>>): string {
  const items = Object.entries(tags).map(
    ([key, value]) => element('key', key) + element('value', value),
  );
  return itemList('tagSet', items);
}
