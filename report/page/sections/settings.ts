import { wordsIn } from '../../../core/words/words-in.ts';
import { actsAsInWords } from '../../../core/model/acts-as.ts';
import { Limits, Policy } from '../../../core/input/input.ts';
import { floorsInWords } from '../../words/floors-words.ts';
import { capitalized } from '../../format/layout.ts';
import { duration } from '../../format/moment.ts';
import { formatNoun } from '../../format/money.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { daysByKind } from '../../sections/kind-days.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { tableOf } from '../markup/table.ts';
import { isolated, timeOf } from '../markup/text.ts';
import { part } from './appendix.ts';

const TITLE = 'What this run was asked to do';

/** In a sentence; all of them are in summary.json. */
const MOST_NAMES = 50;

type Fact = readonly [name: string, value: Content];

/** Scope, policy and limits that held, and whose credentials did it. */
export function settings(summary: Summary): Markup {
  const { input } = summary;
  return part('settings', TITLE, [
    markup`<dl class="facts">
      ${factsOf(summary).map(
        ([name, value]) => markup`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl>`,
    markup`<details>
      <summary>Policy and limits</summary>
      ${settingsTable('Policy', 'policy', input.policy, Policy.out.shape)}
      ${settingsTable('Limits', 'limits', input.limits, Limits.shape)} ${overrides(input)}
    </details>`,
  ]);
}

function factsOf(summary: Summary): Fact[] {
  const { input, mode, startedAt, finishedAt, actsAs, simulated } = summary;
  const { scope, policy, kinds, basedOn } = input;
  return [
    ['Mode', mode === 'delete' ? 'delete' : 'report: nothing is deleted'],
    ['Started', markup`${timeOf(startedAt)}, took ${duration(startedAt, finishedAt)}`],
    ...(actsAs === null
      ? []
      : [['Who acts', isolated(actsAsInWords(actsAs, { simulated }))] as const]),
    ['Kinds of resource', named(kinds)],
    ['Accounts', accountsInWords(scope)],
    [
      'Regions',
      scope.regions.length === 0 ? 'all that an account has enabled' : named(scope.regions),
    ],
    ...ifAny('Excluded accounts', scope.excludeAccounts),
    ...ifAny('Excluded Regions', scope.excludeRegions),
    ...(basedOn === null ? [] : [['Applies the plan of', isolated(basedOn)] as const]),
    ['What is unused', capitalized(daysByKind(summary).join('. '))],
    ...ifAny('Protected by tag', policy.protectTags),
    ...ifAny('Not checked, by the policy', policy.skipReferences),
    ...floorFacts(summary),
  ];
}

/** What no run gets below. */
function floorFacts(summary: Summary): Fact[] {
  const { floors, raisedToFloors, skippableSources } = summary;
  const words = floorsInWords(floors, skippableSources, wordsIn(summary));
  if (words === undefined) return [];
  return [['Set by the deployment', words], ...ifAny('Raised by the deployment', raisedToFloors)];
}

function ifAny(name: string, values: readonly string[]): Fact[] {
  return values.length === 0 ? [] : [[name, named(values)]];
}

function accountsInWords({ retryOf, organizationalUnits, accounts }: Summary['input']['scope']) {
  if (retryOf !== undefined)
    return markup`only what was not scanned completely in ${isolated(retryOf)}`;
  const asked = [...organizationalUnits, ...accounts];
  return asked.length === 0 ? 'the whole organization' : named(asked);
}

function named(names: readonly string[]): Content {
  const more = names.length - MOST_NAMES;
  return [
    names.slice(0, MOST_NAMES).map((name, i) => [i > 0 ? ', ' : '', isolated(name)]),
    more > 0 ? ` and ${formatNoun(more, 'other')}, in summary.json` : null,
  ];
}

type Described = Readonly<Record<string, { readonly description?: string | undefined }>>;

/** As the input names them, so that a person can change them. */
function settingsTable(
  caption: string,
  under: string,
  values: Readonly<Record<string, unknown>>,
  shape: Described,
): Markup {
  return tableOf(
    caption,
    [
      { title: 'Setting', cell: ([key]) => markup`<code>${under}.${key}</code>`, as: 'short' },
      { title: 'Value', cell: ([, value]) => valueInWords(value) },
      {
        title: 'What it says',
        cell: ([key]) => shape[key.split('.').at(-1) ?? '']?.description ?? '',
      },
    ],
    Object.entries(values).flatMap(([key, value]) => entriesOf(key, value)),
  );
}

/** What is said of single kinds, key by key. */
function entriesOf(key: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[key, value]];
  return Object.entries(value).flatMap(([name, of]) => entriesOf(`${key}.${name}`, of));
}

function valueInWords(value: unknown): Content {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : named(value.map((one) => String(one)));
  return isolated(String(value));
}

function overrides({ policyOverrides }: Summary['input']): Content {
  if (policyOverrides.length === 0) return null;
  return tableOf(
    'Other policies, by account or organizational unit',
    [
      {
        title: 'Where',
        cell: ({ accounts = [], organizationalUnits = [] }) =>
          named([...organizationalUnits, ...accounts]),
      },
      {
        title: 'What differs',
        cell: ({ policy }) =>
          Object.entries(policy)
            .flatMap(([key, value]) => entriesOf(key, value))
            .map(([key, value], i) => [
              i > 0 ? '; ' : '',
              markup`<code>${key}</code>: `,
              valueInWords(value),
            ]),
      },
    ],
    policyOverrides,
  );
}
