import fc from 'fast-check';
import { oldestFirst, toOldestFirst } from '../../../core/model/order.ts';

const aged = fc.record({
  startedAt: fc.constantFrom(
    null,
    'not a time',
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01T01:00:00.000+01:00',
    '2025-06-30T23:59:59.999Z',
  ),
  resourceId: fc.constantFrom('snap-1', 'snap-2', 'snap-10'),
});

it('puts the oldest first, as one comparison after the other would', () => {
  fc.assert(
    fc.property(fc.array(aged, { maxLength: 20 }), (items) =>
      expect(toOldestFirst(items)).toEqual(items.toSorted(oldestFirst)),
    ),
  );
});
