import fc from 'fast-check';
import type { Floors } from '../../../core/floors/floors.ts';
import { raiseToFloors } from '../../../core/floors/below-floor.ts';
import { limitsAtLeast, policyAtLeast } from '../../../core/floors/at-least.ts';
import { executionInput } from '../../../core/input/input.ts';
import { inputPart } from '../../../report/commands/aws-commands.ts';
import { renderChat } from '../../../report/message/chat.ts';
import { nextSteps } from '../../../report/what-to-do/next-steps.ts';
import { stepsForCoverage } from '../../../report/what-to-do/coverage-steps.ts';
import { stepsForHeld } from '../../../report/what-to-do/held-steps.ts';
import { stepsForRules } from '../../../report/what-to-do/rule-steps.ts';
import type { Step } from '../../../report/parts/step.ts';
import { renderText } from '../../../report/message/text.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { ExecutionInput } from '../../../kinds/registry.ts';
import { words } from '../../docs/page.ts';
import { arbitrarySummary } from '../../support/summaries/arbitrary-summary.ts';
import { anyFloors, floorsOf, SKIPPABLE_REFERENCES } from '../../support/summaries/floors.ts';

const ACCOUNT = '111122223333';
const refusal = fc.record({
  limit: fc.constantFrom('maxRemovals' as const, 'maxStalePercentOverall' as const),
  wanted: fc.integer({ min: 1, max: 100 }),
  allowed: fc.integer({ min: 0, max: 100 }),
});

/** Of a world where there is the step that stands for any. */
const STEPS = ['KIND:STEP'];
const Input = executionInput({
  ...{ kinds: ['ebs-snapshot'], skippable: SKIPPABLE_REFERENCES },
  steps: { allowRecreation: STEPS, allowIrreversible: STEPS },
});

/** A run under floors, whose gaps come from sources that nobody lets it ask. */
const summaryWithFloors = fc
  .record({
    summary: arbitrarySummary,
    floors: anyFloors,
    refusal: fc.option(refusal),
    sources: fc.subarray([...SKIPPABLE_REFERENCES]),
    skipped: fc.subarray([...SKIPPABLE_REFERENCES]),
  })
  .map(({ summary, floors, sources, skipped, ...given }): Summary => {
    const { input, coverage } = summary;
    const policy = policyAtLeast({ ...input.policy, skipReferences: skipped }, floors, {});
    const gaps = sources.map((source) => ({
      ...{ accountId: ACCOUNT, accountName: null, region: 'eu-west-1', accepted: null },
      status: 'ACCESS_DENIED' as const,
      failure: { code: 'UnauthorizedOperation', message: 'no', source },
    }));
    return {
      ...summary,
      ...{ floors, status: 'PARTIAL', failure: null, skippableSources: [...SKIPPABLE_REFERENCES] },
      input: { ...input, policy, limits: limitsAtLeast(input.limits, floors) },
      coverage: { ...coverage, inScope: 100, gaps: [...gaps, ...coverage.gaps] },
      plan: summary.plan && { ...summary.plan, refusal: given.refusal },
    };
  });

/** Each step that there could be, however many others the message has room for. */
function stepsOf(summary: Summary): Step[] {
  const make = [nextSteps, stepsForCoverage, stepsForHeld, stepsForRules];
  return make.flatMap((steps) => steps(summary));
}

/** What a step would have a person put into an input. */
function inputsIn({ command }: Step): unknown[] {
  if (command === undefined) return [];
  const texts = command.command.startsWith('{')
    ? [command.command]
    : words(command.command).filter((word) => word.startsWith('{'));
  return texts.map((text) => JSON.parse(text));
}

it('every input that a step proposes is one that the floors let pass', () => {
  let inputs = 0;
  fc.assert(
    fc.property(summaryWithFloors, (summary) => {
      for (const step of stepsOf(summary))
        for (const given of inputsIn(step)) {
          inputs += 1;
          const asked = inAccount(given);
          expect(() =>
            raiseToFloors(Input.parse(asked), asked, {
              ...{ floors: summary.floors ?? floorsOf(), own: {} },
            }),
          ).not.toThrow();
        }
    }),
  );
  expect(inputs).toBeGreaterThan(50);
});

/** The override is for accounts that the reader chooses. */
function inAccount(given: unknown): unknown {
  const { policyOverrides = [], ...asked } = given as { policyOverrides?: object[] };
  return {
    ...asked,
    policyOverrides: policyOverrides.map((one) => ({ ...one, accounts: [ACCOUNT] })),
  };
}

/** What may not be named as something to set, by the floor that refuses it. */
const REFUSED: Readonly<Partial<Record<keyof Floors, (floors: Floors) => RegExp | undefined>>> = {
  keepLastCopy: ({ keepLastCopy }) => (keepLastCopy ? /allowLastCopy/ : undefined),
  requireUndo: ({ requireUndo }) =>
    requireUndo ? /(?<!floors\.)requireUndo|allowIrreversible|allowRecreation/ : undefined,
  skippableSources: ({ skippableSources }) =>
    skippableSources.length === 0 ? /skipReferences/ : undefined,
  minReferencePercent: ({ minReferencePercent = 0 }) =>
    minReferencePercent > 0 ? /minReferencePercent"/ : undefined,
  maxRemovals: ({ maxRemovals }) => (maxRemovals === 0 ? /"maxRemovals"/ : undefined),
};

it('no step, mail or chat names what a floor refuses as something to set', () => {
  fc.assert(
    fc.property(summaryWithFloors, (summary) => {
      const { floors } = summary;
      if (floors === null) return;
      const said = stepsOf(summary).map(({ what, short, why, command }) =>
        [what, short, why, command?.lead, command?.command].join(' '),
      );
      const all = [...said, renderText(summary).body, renderChat(summary)].join('\n');
      for (const refused of Object.values(REFUSED)) {
        const words = refused(floors);
        if (words !== undefined) expect(all.match(words)?.[0]).toBeUndefined();
      }
    }),
    { numRuns: 50 },
  );
});

it.each<[Partial<Floors>, string]>([
  [{ maxRemovalsPerTarget: 500 }, 'maxRemovalsPerTarget'],
  [{ maxStalePercent: 80 }, 'maxStalePercent'],
])('a limit that is at its floor (%j) is not to be raised', (named, limit) => {
  fc.assert(
    fc.property(summaryWithFloors, (summary) => {
      const plan = summary.plan && {
        ...summary.plan,
        ...{ refusal: null, heldByReason: { OVER_LIMIT: 3 }, heldByLimit: { [limit]: 3 } },
      };
      const input = { ...summary.input, limits: ExecutionInput.parse({}).limits };
      const steps = stepsForHeld({ ...summary, input, plan, floors: floorsOf(named) });
      const said = steps.map(({ what }) => what).join('\n');
      expect(said).not.toMatch(/raising|raise/);
    }),
    { numRuns: 20 },
  );
});

it('without floors what helps is proposed as before', () => {
  const { command } = inputPart({ limits: { minReferencePercent: 0 } });
  fc.assert(
    fc.property(summaryWithFloors, (summary) => {
      const plan = summary.plan && { ...summary.plan, heldByReason: { SANITY_FLOOR: 3 } };
      const steps = stepsForHeld({ ...summary, plan, floors: null });
      if (plan !== null) expect(steps.map((step) => step.command?.command)).toContain(command);
    }),
    { numRuns: 20 },
  );
});
