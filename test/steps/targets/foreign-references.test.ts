import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import type { ForeignReference } from '../../../kinds/listings/listing.ts';
import { MOST_FOREIGN, takeForeign } from '../../../kinds/listings/gathering.ts';
import {
  type KindReference,
  readForeignReferences,
  withOthers,
  writeForeignReferences,
} from '../../../steps/targets/foreign-references.ts';
import { targetKey } from '../../../core/model/target.ts';
import { noteLines } from '../../../store/believed-lines.ts';
import type { TargetFiles } from '../../../steps/targets/stored-outcome.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  KIND,
  OTHER_ACCOUNT,
  OTHER_REGION,
  REGION,
  someCounts,
} from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const THIRD = '333344445555';
const FLOOD = 50_000;
const KINDS = { kinds: [{ kind: KIND, reach: 'regional' as const, reads: [] }] };
const E1 = { executionId: 'e-1', serviceRegions: {} };

const store = makeMemoryStore();
beforeAll(async () => {
  await refers(OTHER_ACCOUNT, [
    ...Array.from({ length: FLOOD }, (_, i) => naming(`snap-made-up-${i}`)),
    ...Array.from({ length: 40 }, (_, i) => naming('snap-1', `lt-${i}:1`)),
    naming('snap-kept'),
  ]);
  await refers(THIRD, [naming('snap-2', 'lt-real:1')]);
  await refers(ACCOUNT, [naming('snap-2', 'own')]);
});

const naming = (resourceId: string, by = 'lt-1:1'): KindReference => ({
  ...{ kind: KIND, resourceId, source: 'launch-templates', by },
});
const files = new Map<string, TargetFiles>();
const ALL_TOLD = { withUnknownRegions: new Set<string>() };
const NONE = { lines: 0, parts: [] };
const refers = async (accountId: string, references: KindReference[]) => {
  const target = { accountId, region: REGION };
  const foreignReferences = await writeForeignReferences(store, 'e-1', target, references);
  files.set(targetKey(target), { target, findings: NONE, foreignReferences });
};

async function target(region: string, findings: Finding[]): Promise<TargetOutcome> {
  const key = keysOf('e-1').targetFindings({ accountId: ACCOUNT, region });
  const noted = noteLines(findings.map((finding) => JSON.stringify(finding)));
  await store.writeLines(key, noted.lines);
  const ref = { accountId: ACCOUNT, region };
  const { foreignReferences = NONE } = files.get(targetKey(ref)) ?? {};
  files.set(targetKey(ref), { target: ref, findings: noted.written(), foreignReferences });
  const STALE = findings.filter(({ verdict }) => verdict === 'STALE').length;
  const verdicts = { STALE, KEEP: findings.length - STALE, UNKNOWN: 0 };
  return anOutcome({ region, kinds: { [KIND]: someCounts({ resources: 3, verdicts }) } });
}

it('keeps what names something stale, and nothing else of a flood', async () => {
  const outcomes = [
    await target(REGION, [
      aFinding({ resourceId: 'snap-1' }),
      aFinding({ resourceId: 'snap-2' }),
      aFinding({ resourceId: 'snap-kept', verdict: 'KEEP', reasons: ['LOCKED'] }),
    ]),
    await target(OTHER_REGION, [aFinding({ resourceId: 'snap-made-up-1', region: OTHER_REGION })]),
  ];
  const { told } = await readForeignReferences(store, E1, { outcomes, files, ...ALL_TOLD }, KINDS);
  const { uses } = told;
  expect([...uses.keys()]).toEqual([
    `${ACCOUNT}/${REGION}/${KIND}:snap-1`,
    `${ACCOUNT}/${REGION}/${KIND}:snap-2`,
  ]);
  // At most ten of who names one; and no flood takes the place of a real use.
  expect(uses.get(`${ACCOUNT}/${REGION}/${KIND}:snap-1`)).toHaveLength(10);
  expect(uses.get(`${ACCOUNT}/${REGION}/${KIND}:snap-2`)).toEqual([
    { accountId: THIRD, source: 'launch-templates', by: 'lt-real:1' },
  ]);
});

it.each([
  [ACCOUNT, OTHER_ACCOUNT],
  [OTHER_ACCOUNT, ACCOUNT],
])('of the same id in two accounts, %s uses that of the other one', async (user, owner) => {
  const own = makeMemoryStore();
  const seen = new Map<string, TargetFiles>();
  const outcomes: TargetOutcome[] = [];
  for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) {
    const at = { accountId, region: REGION };
    const noted = noteLines([JSON.stringify(aFinding({ accountId, resourceId: 'app' }))]);
    await own.writeLines(keysOf('e-2').targetFindings(at), noted.lines);
    const named = accountId === user ? [naming('app')] : [];
    const foreignReferences = await writeForeignReferences(own, 'e-2', at, named);
    seen.set(targetKey(at), { target: at, findings: noted.written(), foreignReferences });
    const verdicts = { STALE: 1, KEEP: 0, UNKNOWN: 0 };
    const kinds = { [KIND]: someCounts({ resources: 1, verdicts }) };
    outcomes.push(anOutcome({ accountId, kinds }));
  }
  const e2 = { executionId: 'e-2', serviceRegions: {} };
  const { told } = await readForeignReferences(
    own,
    e2,
    { outcomes, files: seen, ...ALL_TOLD },
    KINDS,
  );
  const used = (accountId: string) =>
    withOthers(aFinding({ accountId, resourceId: 'app' }), told).evidence.usedByOtherAccounts;
  expect(used(owner)).toMatchObject([{ accountId: user }]);
  expect(used(user)).toBeUndefined();
});

it("an account's own uses of a name take no place of another's", async () => {
  const own = makeMemoryStore();
  const seen = new Map<string, TargetFiles>();
  const outcomes: TargetOutcome[] = [];
  const uses = Array.from({ length: 20 }, (_, index) => naming('app', `own-${index}`));
  const named = new Map([
    [ACCOUNT, uses],
    [OTHER_ACCOUNT, []],
    [THIRD, [naming('app', 'real')]],
  ]);
  for (const [accountId, references] of named) {
    const at = { accountId, region: REGION };
    const stale = accountId === THIRD ? [] : [aFinding({ accountId, resourceId: 'app' })];
    const noted = noteLines(stale.map((finding) => JSON.stringify(finding)));
    await own.writeLines(keysOf('e-3').targetFindings(at), noted.lines);
    const foreignReferences = await writeForeignReferences(own, 'e-3', at, references);
    seen.set(targetKey(at), { target: at, findings: noted.written(), foreignReferences });
    const verdicts = { STALE: stale.length, KEEP: 0, UNKNOWN: 0 };
    outcomes.push(
      anOutcome({ accountId, kinds: { [KIND]: someCounts({ resources: 1, verdicts }) } }),
    );
  }
  const e3 = { executionId: 'e-3', serviceRegions: {} };
  const { told } = await readForeignReferences(
    own,
    e3,
    { outcomes, files: seen, ...ALL_TOLD },
    KINDS,
  );
  const finding = withOthers(aFinding({ resourceId: 'app' }), told);
  expect(finding.evidence.usedByOtherAccounts).toMatchObject([{ accountId: THIRD, by: 'real' }]);
});

it('reads no finding where nobody names anything', async () => {
  const empty = makeMemoryStore();
  empty.lines = () => {
    throw new Error('a finding was read');
  };
  const reconciled = {
    outcomes: [anOutcome()],
    files: new Map<string, TargetFiles>(),
    ...ALL_TOLD,
  };
  expect((await readForeignReferences(empty, E1, reconciled, KINDS)).told.uses.size).toBe(0);
});

it('a target that names more than it may is not complete, and what it named first still counts', () => {
  const named = new Map(
    Array.from({ length: MOST_FOREIGN + 1 }, (_, i): [string, string] => [`snap-${i}`, 'lt-1:1']),
  );
  const into: ForeignReference[] = [];
  expect(takeForeign(into, named, 'launch-templates')).toMatchObject({
    code: 'TooManyReferences',
    source: 'launch-templates',
  });
  expect(into).toHaveLength(MOST_FOREIGN);
});
