import fc from 'fast-check';
import { AcceptedGap, executionInput } from '../../../core/input/input.ts';
import { makeSummary } from '../../../core/summary/make-summary.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { causesOf, GAP_CAUSES } from '../../../report/gaps/gap-cause.ts';
import { acceptedInput, gapsToAccept } from '../../../report/gaps/gaps-to-accept.ts';
import { acceptedReason } from '../../../core/scope/scope.ts';
import type { Gap, Summary } from '../../../core/summary/summary.ts';
import { anInput, anOutcome, aScope, KIND, someCounts } from '../../support/summaries/builders.ts';
import { aGap, gapsIn } from '../../support/summaries/gaps.ts';
import { anEndedExecution } from '../../support/summaries/summaries.ts';

const WANTED = ['DENIED_BY_SCP', 'REGION_DISABLED', 'ROLE_UNAVAILABLE', 'ACCOUNT_CLOSING'] as const;
const ACCOUNTS = Array.from({ length: 6 }, (_, i) => String(310_000_000_001 + i));
const REGIONS = ['ap-east-1', 'eu-west-1', 'sa-east-1', 'us-east-1'];

const toOutcome = ({ accountName, failure, accepted: _accepted, ...gap }: Gap): TargetOutcome =>
  anOutcome({
    ...gap,
    ...(accountName !== null && { accountName }),
    ...(failure !== null && { failure }),
  });
const complete = (accountId: string, region: string) =>
  anOutcome({ accountId, region, kinds: { [KIND]: someCounts({ resources: 1 }) } });
const summaryOf = (outcomes: readonly TargetOutcome[], { scope }: Partial<Summary['input']> = {}) =>
  makeSummary(anEndedExecution({ outcomes, input: anInput({ ...(scope && { scope }) }) }));

/** Each account in each Region: scanned, or a gap of some cause; some accounts are a gap as a whole. */
const ending = fc.oneof(
  { weight: 2, arbitrary: fc.constant('COMPLETE' as const) },
  { weight: 3, arbitrary: fc.constantFrom(...WANTED) },
  { weight: 1, arbitrary: fc.constantFrom(...GAP_CAUSES) },
);
const everywhere = ending.map((one) => ACCOUNTS.map(() => one));
/** The same gap in some accounts, while the others are scanned. */
const inSome = fc
  .tuple(fc.constantFrom(...WANTED), fc.tuple(...ACCOUNTS.map(() => fc.boolean())))
  .map(([cause, isGap]) => isGap.map((is) => (is ? cause : ('COMPLETE' as const))));
const inRegion = fc.oneof(everywhere, inSome, fc.tuple(...ACCOUNTS.map(() => ending)));
const organization = fc.record({
  regions: fc.tuple(...REGIONS.map(() => inRegion)),
  whole: fc.array(fc.option(fc.constantFrom(...GAP_CAUSES)), { maxLength: ACCOUNTS.length }),
  /** Whether an account that is a gap as a whole has Regions that were looked at all the same. */
  isSeenAllTheSame: fc.boolean(),
  others: fc.array(fc.constantFrom(...GAP_CAUSES), { maxLength: 1 }),
});
const outcomes = organization.map(({ regions, whole, isSeenAllTheSame, others }) =>
  ACCOUNTS.flatMap((accountId, i): TargetOutcome[] => {
    const cause = whole[i] ?? null;
    const ofWhole = cause === null ? [] : [toOutcome(aGap(cause, { accountId, region: null }))];
    if (cause !== null && !isSeenAllTheSame) return ofWhole;
    const ofRegions = REGIONS.map((region, j) => {
      const how = regions[j]?.[i] ?? 'COMPLETE';
      if (how === 'COMPLETE') return complete(accountId, region);
      const otherFailures = others.flatMap((other) => aGap(other).failure ?? []);
      const gap = aGap(how, { accountId, region });
      return toOutcome(otherFailures.length === 0 ? gap : { ...gap, otherFailures });
    });
    return [...ofWhole, ...ofRegions];
  }),
);
const input = fc.constantFrom<Partial<Summary['input']>>(
  ...[{}, { scope: aScope({ accounts: ACCOUNTS }) }, { scope: aScope({ retryOf: 'weekly-1' }) }],
  { scope: aScope({ organizationalUnits: ['ou-ab12-workload'] }) },
);

it('what is pasted accepts exactly the gaps that may be wanted, each with its cause, and nothing that was scanned', () => {
  fc.assert(
    fc.property(outcomes, input, (given, asked) => {
      const summary = summaryOf(given, asked);
      const told = gapsToAccept(summary);
      const scope = aScope({ accepted: [...(told?.entries ?? [])] });
      const reasons = new Map<string, Set<string>>();
      for (const outcome of given) {
        const reason = acceptedReason(outcome, scope, null);
        const isTold = told?.gaps.some(
          (gap) => gap.accountId === outcome.accountId && gap.region === outcome.region,
        );
        expect({ outcome, isAccepted: reason !== undefined }).toEqual({
          outcome,
          isAccepted: isTold ?? false,
        });
        if (reason === undefined) continue;
        const cause =
          causesOf(
            summary.coverage.gaps.find(
              ({ accountId, region }) =>
                accountId === outcome.accountId && region === outcome.region,
            ) as Gap,
          )[0] ?? '';
        reasons.set(cause, (reasons.get(cause) ?? new Set()).add(reason));
      }
      for (const [, ofCause] of reasons) expect(ofCause.size).toBe(1);
    }),
    { numRuns: 300 },
  );
});

it('every gap in a Region that may be wanted is accepted, and none that has to be mended or passes', () => {
  fc.assert(
    fc.property(outcomes, input, (given, asked) => {
      const summary = summaryOf(given, asked);
      const accepted = new Set(gapsToAccept(summary)?.gaps);
      for (const gap of summary.coverage.gaps) {
        const isWanted =
          gap.status !== 'FAILED' &&
          causesOf(gap).every((cause) => (WANTED as readonly string[]).includes(cause));
        if (gap.region !== null) expect(accepted.has(gap)).toBe(isWanted);
        else if (accepted.has(gap)) expect(isWanted).toBe(true);
      }
    }),
  );
});

it('each entry is one that an input takes', () => {
  fc.assert(
    fc.property(outcomes, input, (given, asked) => {
      const told = gapsToAccept(summaryOf(given, asked));
      if (told === null) return;
      for (const entry of told.entries) expect(AcceptedGap.parse(entry)).toEqual(entry);
      expect(() => executionInput({ kinds: [KIND] }).parse(acceptedInput(told))).not.toThrow();
    }),
  );
});

const entriesFor = (gaps: readonly Gap[], scanned: readonly TargetOutcome[], given = {}) =>
  gapsToAccept(summaryOf([...gaps.map(toOutcome), ...scanned], given))?.entries;
const scanned = ACCOUNTS.map((accountId) => complete(accountId, 'eu-west-1'));
const REASON = 'Denied by a service control policy (seen 2026-11-21)';

it('a Region that is denied in all accounts is named alone', () =>
  expect(entriesFor(gapsIn(6, ['sa-east-1'], 'DENIED_BY_SCP'), scanned)).toEqual([
    { regions: ['sa-east-1'], reason: REASON },
  ]));

it.each<[string, readonly Gap[], readonly TargetOutcome[], object]>([
  [
    'one account has it',
    gapsIn(2, ['sa-east-1'], 'DENIED_BY_SCP'),
    [complete('310000000003', 'sa-east-1')],
    {},
  ],
  [
    'one account fails there for another reason',
    [...gapsIn(2, ['sa-east-1'], 'DENIED_BY_SCP'), aGap('THROTTLED')],
    [],
    {},
  ],
  [
    'only some accounts were asked for',
    gapsIn(2, ['sa-east-1'], 'DENIED_BY_SCP'),
    [],
    { scope: aScope({ accounts: ACCOUNTS }) },
  ],
  [
    'some accounts were excluded from it',
    gapsIn(2, ['sa-east-1'], 'DENIED_BY_SCP'),
    [],
    { scope: aScope({ excludeAccounts: ['310000000009'] }) },
  ],
  [
    'only what was not scanned was tried again',
    gapsIn(2, ['sa-east-1'], 'DENIED_BY_SCP'),
    [],
    { scope: aScope({ retryOf: 'weekly-1' }) },
  ],
])('a Region is named with its accounts where %s', (_, gaps, besides, given) =>
  expect(entriesFor(gaps, [...scanned, ...besides], given)).toEqual([
    { accounts: ['310000000001', '310000000002'], regions: ['sa-east-1'], reason: REASON },
  ]),
);

it('a Region of a single account is named with it: nothing says that others deny it', () =>
  expect(entriesFor(gapsIn(1, ['sa-east-1'], 'DENIED_BY_SCP'), scanned)).toEqual([
    { accounts: ['310000000001'], regions: ['sa-east-1'], reason: REASON },
  ]));

it('accounts and Regions stand in few entries', () =>
  expect(
    entriesFor(gapsIn(5, REGIONS.slice(2), 'DENIED_BY_SCP'), [
      complete('310000000006', 'sa-east-1'),
      complete('310000000006', 'us-east-1'),
    ]),
  ).toHaveLength(1));

it('a whole account is named alone, unless something of it was scanned', () => {
  const gaps = gapsIn(2, [null], 'ROLE_UNAVAILABLE');
  expect(entriesFor(gaps, [complete('310000000002', 'eu-west-1')])).toEqual([
    {
      accounts: ['310000000001'],
      reason: 'The discovery role is missing or does not trust the hub (seen 2026-11-21)',
    },
  ]);
});

it('what has to be mended, or passes by itself, has no entry', () => {
  const others = GAP_CAUSES.filter((cause) => !(WANTED as readonly string[]).includes(cause));
  const gaps = others.map((cause, i) => aGap(cause, { accountId: String(410_000_000_001 + i) }));
  expect(entriesFor(gaps, scanned)).toBeUndefined();
});

it('a denial beside something that has to be mended has no entry', () =>
  expect(
    entriesFor(
      [aGap('DENIED_BY_SCP', { otherFailures: [{ code: 'Throttling', message: 'no' }] })],
      scanned,
    ),
  ).toBeUndefined());
