import fc from 'fast-check';
import { targetKey, type TargetRef } from '../../../core/model/target.ts';
import {
  isUseUnknown,
  readForeignReferences,
  withOthers,
  writeForeignReferences,
} from '../../../steps/targets/foreign-references.ts';
import type { TargetFiles } from '../../../steps/targets/stored-outcome.ts';
import { noteLines } from '../../../store/believed-lines.ts';
import { keysOf } from '../../../store/keys.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';
import { aFinding, anOutcome, someCounts } from '../../support/summaries/builders.ts';

const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const KINDS = [
  { kind: 'address', reach: 'regional' as const, reads: [] },
  { kind: 'image', reach: 'regional' as const, reads: [] },
  { kind: 'distribution', reach: 'global' as const, reads: [] },
];
const E1 = { executionId: 'e-1', serviceRegions: {} };
const TARGETS = ACCOUNTS.flatMap((accountId) => REGIONS.map((region) => ({ accountId, region })));

const place = { target: fc.constantFrom(...TARGETS), id: fc.nat(4) };
const ofKind = fc.constantFrom(...KINDS.map(({ kind }) => kind));
const resource = fc.record(
  { ...place, kind: ofKind, isStale: fc.boolean() },
  { noNullPrototype: true },
);
const reference = fc.record({ ...place, kind: ofKind, by: fc.nat(3) }, { noNullPrototype: true });
const resources = fc.uniqueArray(resource, {
  maxLength: 30,
  selector: ({ target, kind, id }) => `${targetKey(target)} ${kind} ${id}`,
});
type Resource = typeof resource extends fc.Arbitrary<infer T> ? T : never;
type Reference = typeof reference extends fc.Arbitrary<infer T> ? T : never;

async function stored(given: readonly Resource[], references: readonly Reference[]) {
  const store = makeMemoryStore();
  const files = new Map<string, TargetFiles>();
  const outcomes = [];
  for (const target of TARGETS) {
    const isHere = (one: { target: TargetRef }) => targetKey(one.target) === targetKey(target);
    const here = given.filter(isHere);
    const findings = here.map(({ kind, id, isStale }) =>
      aFinding({
        ...{ ...target, kind, resourceId: `r-${id}` },
        ...(isStale ? {} : { verdict: 'KEEP', reasons: ['LOCKED'] }),
      }),
    );
    const noted = noteLines(findings.map((finding) => JSON.stringify(finding)));
    await store.writeLines(keysOf('e-1').targetFindings(target), noted.lines);
    const named = references
      .filter(isHere)
      .map(({ kind, id, by }) => ({ kind, resourceId: `r-${id}`, source: 's', by: `by-${by}` }));
    const foreignReferences = await writeForeignReferences(store, 'e-1', target, named);
    files.set(targetKey(target), { target, findings: noted.written(), foreignReferences });
    const kinds = KINDS.map(({ kind }) => {
      const STALE = here.filter((one) => one.kind === kind && one.isStale).length;
      return [kind, someCounts({ verdicts: { STALE, KEEP: 0, UNKNOWN: 0 } })] as const;
    });
    outcomes.push(anOutcome({ ...target, kinds: Object.fromEntries(kinds) }));
  }
  return { store, reconciled: { outcomes, files, withUnknownRegions: new Set<string>() } };
}

/** Who uses each stale resource, as anybody would work it out. */
function expectedUses(given: readonly Resource[], references: readonly Reference[]) {
  const isGlobal = (name: string) => KINDS.some((of) => of.kind === name && of.reach === 'global');
  return given
    .filter(({ isStale }) => isStale)
    .map((one) =>
      references
        .filter(({ kind, id }) => kind === one.kind && id === one.id)
        .filter(({ target }) => targetKey(target) !== targetKey(one.target))
        .filter(({ target, kind }) => isGlobal(kind) || target.region === one.target.region)
        .map(({ target, by }) => `${target.accountId} by-${by}`)
        .toSorted(),
    );
}

it('in parts, however small, the join gives what it gives as a whole, and what it should', async () => {
  await fc.assert(
    fc.asyncProperty(
      // An id of a global kind is there once in all.
      resources.filter((all) => {
        const ids = all.flatMap(({ kind, id }) => (kind === 'distribution' ? id : []));
        return new Set(ids).size === ids.length;
      }),
      fc.array(reference, { maxLength: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (given, references, mostAtOnce) => {
        const { store, reconciled } = await stored(given, references);
        const whole = await readForeignReferences(store, E1, reconciled, { kinds: KINDS });
        const by = { kinds: KINDS, mostAtOnce };
        const parts = await readForeignReferences(store, E1, reconciled, by);
        expect(new Map([...parts.told.uses].toSorted())).toEqual(
          new Map([...whole.told.uses].toSorted()),
        );
        const stale = given.filter(({ isStale }) => isStale);
        const seen = stale.map(({ target, kind, id }) => {
          const finding = aFinding({ ...target, kind, resourceId: `r-${id}` });
          const uses = withOthers(finding, parts.told).evidence.usedByOtherAccounts ?? [];
          return uses.map((use) => `${use.accountId} ${use.by}`).toSorted();
        });
        expect(seen).toEqual(expectedUses(given, references));
      },
    ),
    { numRuns: 200 },
  );
});

it('what others use is not known where somebody changed it: there, or for a global kind anywhere', () => {
  const [here, elsewhere] = TARGETS as [TargetRef, TargetRef];
  const changed = (target: TargetRef) => ({
    ...{
      told: { uses: new Map(), notFreed: new Map(), notSeen: () => [] },
      unvouched: [],
      tampered: [{ target, message: '' }],
    },
  });
  const other = { ...here, accountId: ACCOUNTS[1] ?? '' };
  const far = { ...elsewhere, accountId: ACCOUNTS[1] ?? '' };
  expect(isUseUnknown(here, changed(here), false)).toBe(false);
  expect(isUseUnknown(here, changed(other), false)).toBe(true);
  expect(isUseUnknown(here, changed(far), false)).toBe(false);
  expect(isUseUnknown(here, changed(far), true)).toBe(true);
  expect(isUseUnknown(here, changed(elsewhere), false)).toBe(false);
  expect(isUseUnknown(here, changed(elsewhere), true)).toBe(true);
  expect(isUseUnknown(here, changed(here), true)).toBe(false);
});

it('references of older versions are to snapshots', async () => {
  const target = { accountId: ACCOUNTS[0] ?? '', region: 'eu-west-1' };
  const snapshot: Resource = { target, kind: 'ebs-snapshot', id: 1, isStale: true };
  const { store, reconciled } = await stored([snapshot], []);
  const other = { accountId: ACCOUNTS[1] ?? '', region: 'eu-west-1' };
  const line = JSON.stringify({ ...other, resourceId: 'r-1', source: 's', by: 'lt-1' });
  const noted = noteLines([line]);
  await store.writeLines(keysOf('e-1').foreignReferences(other), noted.lines);
  const files = new Map(reconciled.files);
  const before = files.get(targetKey(other));
  if (before !== undefined)
    files.set(targetKey(other), { ...before, foreignReferences: noted.written() });
  const STALE = { STALE: 1, KEEP: 0, UNKNOWN: 0 };
  const outcomes = reconciled.outcomes.map((outcome) =>
    outcome.region === target.region && outcome.accountId === target.accountId
      ? { ...outcome, kinds: { 'ebs-snapshot': someCounts({ verdicts: STALE }) } }
      : outcome,
  );
  const { told } = await readForeignReferences(
    store,
    E1,
    { outcomes, files, withUnknownRegions: new Set() },
    {
      kinds: [],
    },
  );
  expect([...told.uses.values()].flat()).toEqual([
    { accountId: other.accountId, source: 's', by: 'lt-1' },
  ]);
});

it('whatever others tell, a verdict and its reasons stay, and only what is stale is held for it', () => {
  const verdict = fc.constantFrom('STALE' as const, 'KEEP' as const, 'UNKNOWN' as const);
  fc.assert(
    fc.property(verdict, fc.boolean(), fc.boolean(), (name, isUsed, isUnseen) => {
      const finding = aFinding({
        ...{ kind: 'image', region: 'eu-west-1', resourceId: 'r-1', verdict: name },
        evidence: { asks: [{ source: 's', key: 'k' }] },
      });
      const key = `${targetKey(finding)}/image:r-1`;
      const use = { accountId: ACCOUNTS[1] ?? '', source: 's', by: 'by-1' };
      const { evidence, ...seen } = withOthers(finding, {
        uses: new Map(isUsed ? [[key, [use]]] : []),
        notFreed: new Map(),
        notSeen: () => (isUnseen ? [{ source: 's', places: null, at: [] }] : []),
      });
      const { evidence: _evidence, ...alone } = finding;
      expect(seen).toEqual(alone);
      expect(evidence.usedByOtherAccounts !== undefined).toBe(isUsed);
      expect(evidence.notSeenElsewhere !== undefined).toBe(isUnseen && name === 'STALE');
    }),
  );
});
