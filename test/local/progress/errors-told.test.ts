import { ErrorsTold } from '../../../local/progress/errors-told.ts';

const tell = (errors: ErrorsTold, count: number, kind?: string) =>
  Array.from({ length: count }, () => errors.isTold(kind)).filter((isTold) => isTold).length;

it('of many alike the first three are told, and at the end how many there were besides', () => {
  const errors = new ErrorsTold();
  expect(tell(errors, 56, 'sa-east-1 DENIED_BY_SCP')).toBe(3);
  expect(tell(errors, 10, 'all Regions ROLE_UNAVAILABLE')).toBe(3);
  expect(errors.untold).toBe(60);
  expect(errors.rest()).toEqual([
    'and 53 more: sa-east-1 DENIED_BY_SCP',
    'and 7 more: all Regions ROLE_UNAVAILABLE',
  ]);
});

it('those that have nothing in common are told up to twenty, and counted', () => {
  const errors = new ErrorsTold();
  expect(tell(errors, 500)).toBe(20);
  expect(errors.rest()).toEqual(['and 480 more errors, not told here']);
});

it('of very many kinds no count is lost', () => {
  const errors = new ErrorsTold();
  let told = 0;
  for (let kind = 0; kind < 100; kind += 1) told += tell(errors, 5 + kind, `kind ${kind}`);
  const rest = errors.rest();
  expect(rest).toHaveLength(11);
  const counted = rest.map((line) => Number(/and ([\d,]+) more/.exec(line)?.[1]?.replace(',', '')));
  expect(told + counted.reduce((sum, count) => sum + count, 0)).toBe(100 * 5 + (99 * 100) / 2);
  expect(told).toBe(20);
});

it('says nothing where all were told', () => expect(new ErrorsTold().rest()).toEqual([]));
