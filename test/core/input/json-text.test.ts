import { InvalidInput } from '../../../core/model/errors.ts';
import { parseJsonText, refuseRepeatedKeys } from '../../../core/input/json-text.ts';

it('parses JSON', () => {
  expect(parseJsonText('{"a":[{"b":1},{"b":2}],"c":{"a":null}}', '--input')).toEqual({
    a: [{ b: 1 }, { b: 2 }],
    c: { a: null },
  });
});

it.each([
  ['{\n  "policy": {},\n  "policy": {}\n}', 'policy', 'line 2, column 3', 'line 3, column 3'],
  ['{"a":{"b":1,"c":2,"b":3}}', 'a.b', 'line 1, column 7', 'line 1, column 19'],
  ['[{"a":1},{"a":1,"a":2}]', '[1].a', 'line 1, column 11', 'line 1, column 17'],
  // JSON.parse takes both for the same key.
  ['{"policy":1,"pol\\u0069cy":2}', 'policy', 'line 1, column 2', 'line 1, column 13'],
  ['{"\\u002f":1,"/":2,"\\/":3}', '["/"]', 'line 1, column 2', 'line 1, column 13'],
  ['{"__proto__":{},"__proto__":{}}', '__proto__', 'line 1, column 2', 'line 1, column 17'],
  ['{"constructor":1,"constructor":1}', 'constructor', 'line 1, column 2', 'line 1, column 18'],
  ['{"":1,"":1}', '[""]', 'line 1, column 2', 'line 1, column 7'],
  ['{\r\n"a":1,\r\n"a":1}', 'a', 'line 2, column 1', 'line 3, column 1'],
  ['{"a":{"b":{"c":[0,{"d":1,"d":2}]}}}', 'a.b.c[1].d', 'line 1, column 20', 'column 26'],
  // The first of them, as they are written.
  ['{"a":{"b":1,"b":2},"c":1,"c":2}', 'a.b', 'line 1, column 7', 'line 1, column 13'],
])('refuses %j, in which a key stands twice', (text, path, first, again) => {
  const refused = () => parseJsonText(text, '--input');
  expect(refused).toThrow(InvalidInput);
  expect(refused).toThrow(`--input: ${path} is given twice, at ${first} and at `);
  expect(refused).toThrow(`${again} – accepted: each key once`);
  expect(() => refuseRepeatedKeys(text, '--input')).toThrow(InvalidInput);
});

it.each([
  '{"a":{"b":1},"c":{"b":1},"b":1}',
  '{"a":1,"A":2}',
  '[["a","a"],"a"]',
  '{"a":"a","b":"a"}',
])('takes %s, in which none does', (text) => {
  expect(parseJsonText(text, '--input')).toEqual(JSON.parse(text));
});

it.each([
  ['{"a":1', 'close brace expected at line 1, column 7'],
  ['{"a" 1}', 'colon expected at line 1, column 6'],
  ['{"a":1 /* no */}', 'invalid comment token at line 1, column 8'],
  ['{"a":1,}', 'at line 1, column 8'],
  ['{"a":1} {"a":2}', 'end of file expected at line 1, column 9'],
  ['{"a":01}', 'at line 1, column'],
  ['{"a":"\t"}', 'at line 1, column 6'],
  ['', 'at line 1, column 1'],
])('refuses %j, which is none', (text, where) => {
  const refused = () => parseJsonText(text, 'prices.json');
  expect(refused).toThrow(InvalidInput);
  expect(refused).toThrow(/^prices\.json: .* – accepted: JSON$/);
  expect(refused).toThrow(where);
});

it('leaves to others what is no JSON, where only keys are asked about', () => {
  expect(() => refuseRepeatedKeys('{"a":', 'cdk.json')).not.toThrow();
});

it('keeps a key __proto__ as a key, which a schema refuses', () => {
  const value = parseJsonText('{"__proto__":{"policy":1}}', '--input') as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
});

it('names a key with nothing that a terminal acts on', () => {
  const text = '{"\\u001b[2J\\u202e":1,"\\u001b[2J\\u202e":2}';
  const refused = () => parseJsonText(text, '--input');
  expect(refused).toThrow('--input: ["\\u001b[2J\\u202e"] is given twice');
});
