import fc from 'fast-check';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { type AskedSource, OthersSeen, withoutThose } from '../../../core/scope/others-seen.ts';
import { targetKey } from '../../../core/model/target.ts';
import { anOutcome } from '../../support/summaries/builders.ts';

const ACCOUNTS = ['111111111111', '222222222222', '333333333333', '444444444444'];
const REGIONS = ['eu-west-1', 'us-east-1', 'eu-south-2'];
const SOURCE = 'ami-ids';
const ABSENT = 'eu-south-2';

/** How a target ended: whether what could refer to something was seen there. */
const ENDS = {
  read: { isSeen: true, of: looked({ status: 'COMPLETE', references: { [SOURCE]: 0 } }) },
  // Another source broke off: this one says what it says.
  readThough: {
    isSeen: true,
    of: looked({ status: 'ACCESS_DENIED', references: { [SOURCE]: 3 } }),
  },
  skipped: { isSeen: false, of: looked({ status: 'COMPLETE', references: { others: 1 } }) },
  denied: { isSeen: false, of: looked({ status: 'ACCESS_DENIED', references: { others: 1 } }) },
  otherKind: { isSeen: false, of: { looks: { other: { status: 'COMPLETE' as const } } } },
  failed: { isSeen: false, of: { status: 'FAILED' as const } },
  excluded: {
    isSeen: false,
    of: { status: 'EXCLUDED' as const, excluded: 'REGION_EXCLUDED' as const },
  },
  // Older files told it of the target as a whole; they tell nothing of a source that is asked for.
  older: { isSeen: false, of: { references: { [SOURCE]: 1 } } },
  notEnabled: {
    isSeen: true,
    of: { status: 'EXCLUDED' as const, excluded: 'REGION_NOT_ENABLED' as const },
  },
  saidSo: { isSeen: true, of: { status: 'FAILED' as const, mayRefer: false as const } },
} satisfies Record<string, { isSeen: boolean; of: Partial<TargetOutcome> }>;

function looked(look: NonNullable<TargetOutcome['looks']>[string]): Partial<TargetOutcome> {
  return { status: look.status, looks: { made: look } };
}

type End = keyof typeof ENDS;
const end = fc.constantFrom(...(Object.keys(ENDS) as End[]));
const suspended = { status: 'EXCLUDED' as const, excluded: 'ACCOUNT_SUSPENDED' as const };
/** Of an account: the ends of its Regions, or what is said of it as a whole. */
const account = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(end, end, end) },
  fc.constantFrom('suspended' as const, 'saidSo' as const),
);
const organization = fc.tuple(account, account, account, account);
type Organization = typeof organization extends fc.Arbitrary<infer T> ? T : never;

const ALL_FAILED: Organization = [0, 1, 2, 3].map(() => ['failed', 'failed', 'failed']) as never;
/** So many places a refusal names, and counts the others. */
const MOST_NAMED = 10;

function outcomesOf(given: Organization): TargetOutcome[] {
  return given.flatMap((of, index) => {
    const accountId = ACCOUNTS[index] ?? '';
    if (of === 'suspended') return [anOutcome({ accountId, region: null, ...suspended })];
    if (of === 'saidSo')
      return [anOutcome({ accountId, region: null, ...suspended, mayRefer: false })];
    return of.map((how, at) =>
      anOutcome({ accountId, region: REGIONS[at] ?? '', ...ENDS[how].of }),
    );
  });
}

const ask = (given: Partial<AskedSource> = {}): AskedSource => ({
  ...{ kind: 'made', source: SOURCE, from: 'REGION', isGlobal: false, isAbsent: () => false },
  isSeenInPart: false,
  ...given,
});
const [target] = [{ accountId: ACCOUNTS[0] ?? '', region: REGIONS[0] ?? '' }];
const known = { isOrganizationKnown: true };

/** Where something may refer to it and nobody saw whether, as anybody would work it out. */
function unseenIn(given: Organization, isAsked: (account: number, region: number) => boolean) {
  return given.flatMap((of, index) => {
    if (of === 'saidSo') return [];
    if (of === 'suspended') return isAsked(index, -1) ? [`${ACCOUNTS[index]}/*`] : [];
    return of.flatMap((how, at) =>
      isAsked(index, at) && !ENDS[how].isSeen ? [`${ACCOUNTS[index]}/${REGIONS[at]}`] : [],
    );
  });
}

it('in its own Region, every other account has to be seen, and nobody else', () => {
  fc.assert(
    fc.property(organization, (given) => {
      const found = new OthersSeen(outcomesOf(given), known).notSeen(ask(), target);
      const expected = unseenIn(given, (one, region) => one !== 0 && region <= 0);
      expect((found?.at ?? []).map(targetKey)).toEqual(expected);
      expect(found?.places ?? 0).toBe(expected.length);
    }),
  );
});

it('from anywhere, every other target has to be seen, those of its own account too', () => {
  fc.assert(
    fc.property(organization, (given) => {
      const of = ask({ from: 'ORGANIZATION' });
      const found = new OthersSeen(outcomesOf(given), known).notSeen(of, target);
      const expected = unseenIn(given, (one, region) => one !== 0 || region > 0);
      const own = given[0] === 'suspended' ? [`${target.accountId}/*`] : [];
      const all = [...own, ...expected];
      expect((found?.at ?? []).map(targetKey)).toEqual(all.slice(0, MOST_NAMED));
      expect(found?.places ?? 0).toBe(all.length);
    }),
    // Eleven places nobody saw, of which ten are named: it came once in some hundred trials.
    { examples: [[ALL_FAILED]] },
  );
});

it('of what is the same in every Region, one target of each other account has to have read it', () => {
  fc.assert(
    fc.property(organization, (given) => {
      const of = ask({ from: 'ORGANIZATION', isGlobal: true });
      const found = new OthersSeen(outcomesOf(given), known).notSeen(of, target);
      const expected = given.flatMap((ends, index) => {
        if (index === 0 || ends === 'saidSo') return [];
        const isRead =
          ends !== 'suspended' &&
          (ends.some((how) => how === 'read' || how === 'readThough') ||
            ends.every((how) => how === 'saidSo'));
        return isRead ? [] : [`${ACCOUNTS[index]}/*`];
      });
      expect((found?.at ?? []).map(targetKey)).toEqual(expected);
    }),
  );
});

it('what one Region of each account tells of in part was seen in none, the own one included', () => {
  const outcomes = ACCOUNTS.map((accountId) =>
    anOutcome({ accountId, region: target.region, ...ENDS.read.of }),
  );
  const of = ask({ from: 'ORGANIZATION', isSeenInPart: true });
  const found = new OthersSeen(outcomes, known).notSeen(of, target);
  expect(found?.at).toEqual(
    ACCOUNTS.map((accountId) => ({ accountId, region: null, why: 'NOT_READ' })),
  );
});

it('seeing less never makes anything seen', () => {
  fc.assert(
    fc.property(organization, fc.nat(20), fc.boolean(), (given, index, isGlobal) => {
      const outcomes = outcomesOf(given);
      const lost = outcomes[index % outcomes.length];
      const less = withoutThose(
        outcomes,
        lost === undefined ? [] : [{ ...lost, region: lost.region ?? '*' }],
      );
      const of = ask({ from: 'ORGANIZATION', isGlobal });
      const before = new OthersSeen(outcomes, known).notSeen(of, target)?.places ?? 0;
      const after = new OthersSeen(less, known).notSeen(of, target)?.places ?? 0;
      expect(after).toBeGreaterThanOrEqual(before);
    }),
  );
});

it('a service that a Region does not have refers to nothing there', () => {
  const there = anOutcome({ accountId: ACCOUNTS[1] ?? '', region: ABSENT, status: 'FAILED' });
  const at = { ...target, region: ABSENT };
  const places = (of: AskedSource) => new OthersSeen([there], known).notSeen(of, at)?.places;
  expect(places(ask())).toBe(1);
  expect(places(ask({ isAbsent: (region) => region === ABSENT }))).toBeUndefined();
});

it('where one account alone was looked at, nobody knows which others there are', () => {
  const read = anOutcome({ ...target, ...ENDS.read.of });
  const seen = new OthersSeen([read], { isOrganizationKnown: false });
  expect(seen.notSeen(ask(), target)).toEqual({ source: SOURCE, places: null, at: [] });
});

it('names ten of them, and counts them all', () => {
  const outcomes = Array.from({ length: 40 }, (_, index) =>
    anOutcome({ accountId: String(500_000_000_000 + index), status: 'FAILED' }),
  );
  const found = new OthersSeen(outcomes, known).notSeen(ask(), { ...target, region: 'eu-west-1' });
  expect([found?.places, found?.at.length]).toEqual([40, MOST_NAMED]);
});

it('a target whose references somebody changed was not seen', () => {
  const other = { accountId: ACCOUNTS[1] ?? '', region: REGIONS[0] ?? '' };
  const outcomes = [anOutcome({ ...other, ...ENDS.read.of, mayRefer: false })];
  expect(new OthersSeen(outcomes, known).notSeen(ask(), target)).toBeNull();
  const changed = new OthersSeen(withoutThose(outcomes, [other]), known);
  expect(changed.notSeen(ask(), target)?.at).toEqual([{ ...other, why: 'FAILED' }]);
});
