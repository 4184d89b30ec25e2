import fc from 'fast-check';
import { z } from 'zod';
import { parseInput } from '../../../core/input/bad-input.ts';
import { InvalidInput } from '../../../core/model/errors.ts';
import type { Floors } from '../../../core/floors/floors.ts';
import { raiseToFloors } from '../../../core/floors/below-floor.ts';
import {
  executionInput,
  type ExecutionInput as Input,
  limitKeys,
  limitsOfKind,
} from '../../../core/input/input.ts';
import { policyOfKind } from '../../../core/input/of-kind.ts';
import type { OwnFloors } from '../../../core/input/own-floors.ts';
import { policyFor } from '../../../core/input/policy-for.ts';
import { anyFloors, SKIPPABLE_REFERENCES } from '../../support/summaries/floors.ts';

const ACCOUNT = { id: '111122223333', path: 'o-1/r-ab12/ou-ab12-cdef3456/111122223333/' };
const LIMIT_NAMES = Object.keys(limitKeys) as (keyof typeof limitKeys)[];

/** A name as JSON may have it: right, with other capitals, or one that every object has. */
const nameLike = (name: string) =>
  fc.constantFrom(
    name,
    name,
    name,
    name,
    name.toUpperCase(),
    ` ${name}`,
    '__proto__',
    'constructor',
  );
const odd = fc.constantFrom<unknown>(null, [], {}, '0', true, -1, 1e9, 'none', ['0'], {
  toString: 0,
});
const days = fc.oneof({ weight: 5, arbitrary: fc.nat(400) }, { weight: 1, arbitrary: odd });
const flag = fc.oneof({ weight: 5, arbitrary: fc.boolean() }, { weight: 1, arbitrary: odd });
const sources = fc.oneof(
  { weight: 5, arbitrary: fc.subarray([...SKIPPABLE_REFERENCES]) },
  { weight: 1, arbitrary: odd },
);

const ownPolicy = fc.record(
  {
    ami: fc.record(
      {
        ...{ minAgeDays: days, graceDays: days, minIdleDays: fc.integer({ min: 1, max: 300 }) },
        ...{ allowLoss: fc.boolean(), evidence: fc.constantFrom('whole', 'part') },
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const STEPS = ['elastic-ip:release', 'ami:deregister'];
const steps = fc.oneof({ weight: 5, arbitrary: fc.subarray(STEPS) }, { weight: 1, arbitrary: odd });
const [SOURCE = ''] = SKIPPABLE_REFERENCES;
const KEYS = {
  allowLoss: z.boolean().optional(),
  evidence: z.enum(['whole', 'part']).optional(),
  minIdleDays: z.int().min(1).max(300).optional(),
};
const OWN: OwnFloors = {
  ami: {
    allowLoss: { floor: 'requireUndo', only: false },
    evidence: { source: SOURCE, only: 'whole' },
    minIdleDays: { atLeast: 'minAgeDays', leftOut: 20, most: 300 },
  },
};
/** Of a world where kinds have steps without a way back. */
const ExecutionInput = executionInput({
  kinds: ['ebs-snapshot', 'ami'],
  own: { ami: { defaults: { minAgeDays: 90 }, limits: { maxRemovalsPerTarget: 10 }, keys: KEYS } },
  skippable: SKIPPABLE_REFERENCES,
  steps: { allowRecreation: STEPS, allowIrreversible: STEPS },
});

/** As JSON text, in which a key may be there twice; what reads it takes the last. */
function objectText(entries: readonly (readonly [string, unknown])[]): string {
  const pairs = entries.map(
    ([key, value]) =>
      `${JSON.stringify(key)}:${typeof value === 'string' && value.startsWith('\u0000') ? value.slice(1) : JSON.stringify(value)}`,
  );
  return `{${pairs.join(',')}}`;
}
const raw = (text: string) => `\u0000${text}`;

const entry = (name: string, value: fc.Arbitrary<unknown>) => fc.tuple(nameLike(name), value);
const policy = fc
  .array(
    fc.oneof(
      entry('minAgeDays', days),
      entry('graceDays', days),
      entry('allowLastCopy', flag),
      entry('requireUndo', flag),
      entry('requireRecycleBin', flag),
      entry('allowRecreation', steps),
      entry('allowIrreversible', steps),
      entry('kinds', ownPolicy),
      entry('skipReferences', sources),
    ),
    { maxLength: 4 },
  )
  .map(objectText);
const limits = fc
  .array(
    fc.oneof(...LIMIT_NAMES.map((name) => entry(name, fc.oneof(fc.nat(100), fc.nat(9000), odd)))),
    { maxLength: 3 },
  )
  .map(objectText);
const override = policy.map((text) =>
  objectText([
    ['accounts', [ACCOUNT.id]],
    ['policy', raw(text)],
  ]),
);
const input = fc
  .array(
    fc.oneof(
      fc.tuple(nameLike('mode'), fc.constantFrom<unknown>('delete', 'delete', 'report', odd)),
      entry('approval', fc.constantFrom<unknown>('none', 'required', null, 'NONE')),
      fc.tuple(nameLike('policy'), fc.oneof(policy.map(raw), policy.map(raw), odd)),
      fc.tuple(nameLike('limits'), fc.oneof(limits.map(raw), limits.map(raw), odd)),
      fc.tuple(
        nameLike('policyOverrides'),
        override.map((one) => raw(`[${one}]`)),
      ),
    ),
    { maxLength: 5 },
  )
  .map((entries) => objectText(entries as [string, unknown][]));

it('whatever JSON an input is: it is refused, or holds nothing below a floor', () => {
  const counts = { refused: 0, taken: 0, raised: 0 };
  fc.assert(
    fc.property(input, anyFloors, (text, floors) => {
      const asked: unknown = JSON.parse(text);
      let held;
      try {
        const parsed = parseInput(ExecutionInput, asked ?? {});
        held = raiseToFloors(parsed, asked, { floors, own: OWN });
        if (JSON.stringify(held) !== JSON.stringify(parsed)) counts.raised += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInput);
        counts.refused += 1;
        return;
      }
      counts.taken += 1;
      expect(breaches(held, floors)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
});

/** In words of its own, so that one mistake isn't made twice. */
function breaches(held: Input, floors: Floors): string[] {
  const own = policyFor(held, ACCOUNT);
  const everywhere = [held.policy, own];
  const ofKinds = ['ami', 'ebs-snapshot'].flatMap((kind) =>
    everywhere.map((one) => policyOfKind(one, kind)),
  );
  const found = [...everywhere, ...ofKinds].flatMap((one) => [
    one.minAgeDays < floors.minAgeDays && 'age',
    one.graceDays < floors.graceDays && 'grace',
    one.allowLastCopy && floors.keepLastCopy && 'last copy',
    !one.requireUndo && floors.requireUndo && 'undo',
    one.allowRecreation.length > 0 && floors.requireUndo && 'recreation',
    one.allowIrreversible.length > 0 && floors.requireUndo && 'irreversible',
    one.skipReferences.some((name) => !floors.skippableSources.includes(name)) && 'sources',
  ]);
  for (const one of everywhere) {
    const { allowLoss, evidence, minIdleDays } = z.object(KEYS).parse(policyOfKind(one, 'ami').own);
    found.push(
      allowLoss === true && floors.requireUndo && 'loss',
      evidence === 'part' && !floors.skippableSources.includes(SOURCE) && 'evidence',
      (minIdleDays ?? 20) < Math.min(floors.minAgeDays, 300) && 'idle',
    );
  }
  const { minReferencePercent: least, kinds: _kinds, ...mosts } = held.limits;
  const {
    minReferencePercent: leastOfAmi,
    kinds: _all,
    ...ofAmi
  } = limitsOfKind(held.limits, 'ami');
  for (const [name, value] of [...Object.entries(mosts), ...Object.entries(ofAmi)]) {
    const floor = floors[name as keyof typeof mosts];
    found.push(floor !== undefined && value > floor && name);
  }
  const lowest = Math.min(least, leastOfAmi);
  found.push(lowest < (floors.minReferencePercent ?? 0) && 'minReferencePercent');
  const isAsked = held.mode === 'report' || held.approval === 'required';
  found.push(floors.approval === 'required' && !isAsked && 'approval');
  return found.filter((one) => one !== false);
}
