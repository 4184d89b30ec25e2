import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { figuresAsked } from '../../core/prices/kind-prices.ts';
import { pricesAmong } from '../../kinds/among.ts';
import { template } from '../../kinds/_template/index.ts';
import { actionsOf } from '../../kinds/grant.ts';
import { reasonOf } from '../../report/words/reason-words.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { wordsOf } from '../../kinds/in-words.ts';
import type { Kind } from '../../kinds/kind.ts';
import { KINDS } from '../../kinds/registry.ts';
import { SKIPPABLE_REFERENCES } from '../support/summaries/floors.ts';
import { faultsOfAsks } from './asks-contract.ts';
import { faultsOfGrants } from './grants-contract.ts';
import { faultsOfSteps } from './steps-contract.ts';

const root = path.resolve(import.meta.dirname, '../../kinds');

/** What files send that several kinds import; the adapter to the bin's rules is no client of the SDK's. */
const SENT_BY: Readonly<Record<string, readonly string[]>> = {
  'ec2/own-snapshots.ts': ['ec2:DescribeSnapshots'],
  'ec2/recycle-bin.ts': ['ec2:CreateTags', 'rbin:GetRule', 'rbin:ListRules'],
  'ec2/tagging.ts': ['ec2:CreateTags'],
};

/** What else is written in capitals. */
const NO_REASONS = new Set([
  'STALE',
  'KEEP',
  'UNKNOWN',
  'READ',
  'MARK',
  'REMOVE',
  'MAKE',
  'BRING_BACK',
  'USE_KEYS',
  'PROTECT',
  'MARKER',
  'RECYCLE_BIN',
  'MISSING',
]);

/** Of a kind that brings no commands nothing is missing. */
const ALL_PLACEHOLDERS = '{at} {id} {key} {value}';

/** What a kind lists by filter, outside of what it reads. */
function ofSharedListings(source: string): string[] {
  const imports = source.matchAll(/import \{([^}]*)\} from '(?:\.\.\/)+listings\/([a-z-]+)\.ts'/g);
  return [...imports].flatMap(([, names = '', file = '']) =>
    /\blist[A-Z]/.test(names) ? actionsUsedBy('listings', (one) => one === `${file}.ts`) : [],
  );
}

/** IAM actions of the SDK commands and paginators that these sources import. */
function actionsUsedBy(folder: string, isOf = (file: string) => file.endsWith('.ts')): string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  const actions = files
    .filter((file) => isOf(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(root, folder, file), 'utf8');
      const imports = source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z0-9-]+)'/g);
      const sent = [...imports].flatMap(([, names = '', service = '']) =>
        [...names.matchAll(/\b(?:paginate([A-Z]\w+)|([A-Z]\w+)Command)\b/g)].map(
          ([, paginated, command]) => `${service.replace('-', '')}:${paginated ?? command ?? ''}`,
        ),
      );
      sent.push(...ofSharedListings(source));
      const shared = Object.entries(SENT_BY).filter(([file]) => source.includes(`/${file}'`));
      return [...sent, ...shared.flatMap(([, sentThere]) => sentThere)];
    });
  return [...new Set(actions)].sort();
}

/** Codes of `assess`, of all that it goes by, and of references: each of them is told to people. */
function reasonsNamedIn(folder: string, { references }: Pick<Kind, 'references'>): string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  const codes = files
    .filter((file) => /^(assess|facts|sets)\.ts$|^sources\/[^/]+\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(path.join(root, folder, file), 'utf8').matchAll(
        /'([A-Z]+(?:_[A-Z]+)+|[A-Z]{5,})'/g,
      ),
    ])
    .map(([, code = '']) => code);
  const all = new Set([...codes, ...references.flatMap(({ reason }) => reason.split(', '))]);
  return [...all].filter((code) => !NO_REASONS.has(code)).sort();
}

/** By its folder; nobody runs the one to copy, but it has to be right. */
const ALL = [...KINDS.map((kind) => [kind.kind, kind] as const), ['_template', template] as const];

/** Those that any kind may read, by their files. */
const SHARED = KINDS.flatMap(({ reads }) => reads.map(({ listing }) => listing))
  .filter(({ name }) => existsSync(path.join(root, 'listings', `${name}.ts`)))
  .map((listing) => [listing.name, listing] as const);

describe.each(ALL)('kind %s', (folder, kind) => {
  it('declares exactly the IAM actions that it sends', () => {
    expect(actionsUsedBy(folder)).not.toEqual([]);
    // What EC2 does with a key of KMS, nobody here sends.
    const sent = Object.values(kind.iam)
      .flat()
      .filter(({ does }) => does !== 'USE_KEYS');
    const declared = [...new Set(actionsOf(sent))].sort();
    const ofListings = kind.reads.flatMap(({ listing }) => listing.iam);
    expect(declared).toEqual([...new Set([...actionsUsedBy(folder), ...ofListings])].sort());
  });

  it('reads no listing twice, and what it refers to is what it reads', () => {
    expect(new Set(kind.reads).size).toBe(kind.reads.length);
    const sent = kind.reads.flatMap(({ listing }) => listing.iam);
    expect(actionsOf(kind.iam.discover)).toEqual(expect.arrayContaining(sent));
  });

  it('reads to discover, and declares separately what it changes', () => {
    expect(new Set(kind.iam.discover.map(({ does }) => does))).toEqual(new Set(['READ']));
    for (const { does } of kind.iam.remove)
      expect(['READ', 'MARK', 'MAKE', 'REMOVE']).toContain(does);
    for (const { does, actions } of Object.values(kind.iam).flat()) {
      if (does === 'USE_KEYS') continue;
      for (const action of actions) {
        expect([action, /:(Describe|List|Get|BatchGet)/.test(action)]).toEqual([
          action,
          does === 'READ',
        ]);
      }
    }
  });

  it('declares how it is restored if there is a way back, and that it removes nothing', () => {
    const does = kind.iam.restore.map((grant) => grant.does);
    const ways = kind.removal?.steps.flatMap(({ undo }) => undo) ?? [];
    expect(does.includes('PROTECT')).toBe(ways.some((way) => 'protect' in way));
    for (const each of does)
      expect(['READ', 'BRING_BACK', 'MAKE', 'USE_KEYS', 'PROTECT']).toContain(each);
    for (const action of actionsOf(kind.iam.restore)) {
      expect(action).not.toMatch(/:(Delete|Deregister)/);
    }
  });

  it('asks elsewhere for what its sources hand on, in every Region that they are about', () => {
    expect(faultsOfAsks(kind)).toEqual([]);
  });

  it('names its references, each once, and watches none but these', () => {
    const names = kind.references.map((reference) => reference.name);
    expect(new Set(names).size).toBe(names.length);
    const watched = kind.watched.map(({ source }) => source);
    expect(names).toEqual(expect.arrayContaining(watched));
  });

  it('is removed after kinds that exist, not after itself', () => {
    const others = KINDS.map((other) => other.kind).filter((other) => other !== kind.kind);
    expect(others).toEqual(expect.arrayContaining([...(kind.removal?.after ?? [])]));
  });

  it('has words for each reason that its sources and its folder name, under one verdict', () => {
    const reasons = reasonsNamedIn(folder, kind);
    expect(reasons).not.toEqual([]);
    expect(reasons.filter((reason) => reasonOf(kind.words, reason).verdict === null)).toEqual([]);
    const own = Object.values(kind.words.reasons).flatMap((of) => Object.keys(of));
    expect(new Set(own).size).toBe(own.length);
    // Of what nobody names, nobody would notice that it is wrong.
    expect(own.filter((reason) => !reasons.includes(reason))).toEqual([]);
  });

  it('is called by a noun of its own, and says of its copies what they are of', () => {
    const { one, many, copiesOf, watched } = kind.words;
    expect(one).toMatch(/^[A-Za-z][\w -]*$/);
    expect(many).not.toBe(one);
    expect(copiesOf !== undefined).toBe(kind.groups?.now !== undefined);
    expect(watched !== undefined).toBe(kind.watched.length > 0);
  });

  it('has commands with each placeholder that is filled in', () => {
    const { tag, untag } = kind.words.commands ?? {
      tag: ALL_PLACEHOLDERS,
      untag: ALL_PLACEHOLDERS,
    };
    const missing = (command: string, names: readonly string[]) =>
      names.filter((name) => !command.includes(`{${name}}`));
    expect(missing(tag, ['at', 'id', 'key', 'value'])).toEqual([]);
    expect(missing(untag, ['at', 'id', 'key'])).toEqual([]);
  });

  it('says of each step of its removal what fences it in, and how it is undone', () => {
    expect(faultsOfSteps(kind)).toEqual([]);
  });

  it('asks IAM for what each of its steps needs, narrowed by its fence, and for no more', () => {
    expect(faultsOfGrants(kind)).toEqual([]);
  });

  it('refuses facts that are not its own', () => {
    const policy = { minAgeDays: 0, protectTags: [] } as never;
    expect(() => kind.assess({ resourceId: 'x' }, policy, new Date(0))).toThrow();
  });

  it('never takes an unknown refusal for a removal, nor tries it again', () => {
    const refusal = kind.removal?.classifyRefusal({ code: 'SomethingNew', message: '' });
    expect(refusal ?? { outcome: 'FAILED' }).toEqual({ outcome: 'FAILED' });
  });

  it('brings prices of its own figures alone, each once, and has all of them in the table', () => {
    const { prices = { queries: [] } } = kind;
    const names = figuresAsked(prices).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    // With its unit, as `publicIpv4UsdPerHour` has it.
    for (const name of names) expect(name).toMatch(/^[a-z]\w*Usd(Per[A-Z]\w*)+(\.\w+)*$/);
    const told = (prices.builtIn ?? []).flatMap(({ regions }) => Object.values(regions));
    for (const figures of told) expect(names).toEqual(expect.arrayContaining(Object.keys(figures)));
    const inTable = pricesAmong([kind]).figures.map(({ name }) => name);
    expect(inTable).toEqual(expect.arrayContaining(names));
  });

  it('says of each of its own keys which floor of a deployment it falls under, or why under none', () => {
    const { keys = {}, floors = {} } = kind.policy ?? {};
    expect(Object.keys(floors).sort()).toEqual(Object.keys(keys).sort());
    const asked = [...kind.references, ...(kind.questions ?? [])].map(({ name }) => name);
    for (const [key, of] of Object.entries(floors)) {
      const accepts = (value: unknown) => keys[key]?.safeParse(value).success;
      if ('because' in of) expect(of.because).toMatch(/\w+ \w+/);
      // What it is raised to, and what it is taken for where it is left out, is what it may say.
      else if ('atLeast' in of) {
        expect([of.leftOut, of.most].map(accepts)).toEqual([true, true]);
      } else expect([of.only, undefined].map(accepts)).toEqual([true, true]);
      if ('leftOut' in of) expect(accepts(of.leftOut)).toBe(true);
      if ('source' in of) expect(asked).toContain(of.source);
    }
  });

  it('takes nothing stale or unknown for plainly in use', () => {
    for (const verdict of ['STALE', 'UNKNOWN'] as const) {
      expect(kind.isPlainlyInUse({ verdict, reasons: ['IN_USE'] })).toBe(false);
    }
  });
});

it.each(SHARED)(
  'the listing %s declares exactly the IAM actions that it sends',
  (name, listing) => {
    expect([...listing.iam].sort()).toEqual(
      actionsUsedBy('listings', (file) => file === `${name}.ts`),
    );
  },
);

it('volumes and their instances are always looked at: the rule itself is about them', () => {
  expect(SKIPPABLE_REFERENCES).toContain('snapshot-locks');
  expect(SKIPPABLE_REFERENCES).not.toEqual(expect.arrayContaining(['volumes']));
  expect(SKIPPABLE_REFERENCES).not.toEqual(expect.arrayContaining(['instances']));
});

it('older files, which bring no words, are read as of what snapshots are today', () => {
  // No floor said anything of them alone.
  const { ownFloors: _since, ...today } = wordsOf(KINDS)['ebs-snapshot']!;
  expect(wordsIn({})).toEqual({ 'ebs-snapshot': today });
});
