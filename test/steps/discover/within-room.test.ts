import type { SeenOfKind } from '../../../steps/discover/look-at-kind.ts';
import { keepWithinRoom } from '../../../steps/discover/within-room.ts';

function naming(kind: string, counts: Readonly<Record<string, number>>): [string, SeenOfKind] {
  const foreignReferences = Object.entries(counts).flatMap(([source, count]) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ kind, resourceId: `${kind}-${index}`, source, by: 'lt-1' },
    })),
  );
  const look = { status: 'COMPLETE' as const, references: { volumes: 7, ...counts } };
  return [kind, { look, failures: [], foreignReferences }];
}

it('where there is room for all of it, nothing is cut', () => {
  const seen = new Map([naming('image', { templates: 4 }), naming('snapshot', { amis: 6 })]);
  const before = structuredClone(seen);
  keepWithinRoom(seen, 10);
  expect(seen).toEqual(before);
});

it('a flood of names of one kind takes the place of no other, and that kind is incomplete', () => {
  const flood = naming('image', { templates: 4, amis: 400 });
  const seen = new Map([flood, naming('snapshot', { amis: 5 })]);
  keepWithinRoom(seen, 20);
  expect(seen.get('snapshot')).toEqual(naming('snapshot', { amis: 5 })[1]);
  const cut = seen.get('image');
  expect(cut?.foreignReferences).toEqual(flood[1].foreignReferences.slice(0, 15));
  expect(cut?.failures).toMatchObject([{ code: 'TooManyReferences', source: 'amis' }]);
  expect(cut?.look).toMatchObject({ status: 'FAILED', failure: { source: 'amis' } });
  // What was handed on whole was read.
  expect(cut?.look.references).toEqual({ volumes: 7, templates: 4 });
});

it('with every kind that comes, they share the room again', () => {
  const seen = new Map([naming('image', { amis: 30 })]);
  keepWithinRoom(seen, 20);
  seen.set(...naming('snapshot', { amis: 30 }));
  keepWithinRoom(seen, 20);
  expect([...seen.values()].map((one) => one.foreignReferences.length)).toEqual([10, 10]);
  expect(new Set([...seen.values()].map(({ look }) => look.status))).toEqual(new Set(['FAILED']));
});
