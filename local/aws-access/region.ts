import { fault } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { Region } from '../../core/model/ids.ts';
import type { Profile, Variables } from './shared-files.ts';

/** Where the caller's configuration names no Region. */
const DEFAULT_REGION = 'us-east-1';
/** In the order in which the AWS CLI looks; the SDK knows only the first. */
const NAMED_BY = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

export interface ConfiguredRegion {
  readonly region: string;
  /** What names it; undefined: nothing does, and it is the default one. */
  readonly from: string | undefined;
}

/** @throws {InvalidInput} where what is configured isn't the name of a Region: no other one is taken */
export function configuredRegion(variables: Variables, profile: Profile): ConfiguredRegion {
  const from = NAMED_BY.find((variable) => variables[variable] !== undefined);
  const region = from === undefined ? profile.settings['region'] : variables[from];
  if (region === undefined) return { region: DEFAULT_REGION, from: undefined };
  const name = from ?? `region of the profile ${JSON.stringify(profile.name)}`;
  if (Region.safeParse(region).success) return { region, from: name };
  const meant = regionMeant(region);
  const accepted = meant === undefined ? 'a Region name such as "eu-west-1"' : `"${meant}"?`;
  const unset = region === '' ? ', or leave it unset' : '';
  throw new InvalidInput(fault(name, region, `${accepted}${unset}`));
}

/** The Region that was nearly named: with blanks, quotes, capitals or a zone's letter. */
function regionMeant(value: string): string | undefined {
  const plain = value
    .replace(/[\s"']/g, '')
    .replaceAll('_', '-')
    .toLowerCase();
  const meant = plain.replace(/(\d)[a-z]$/, '$1');
  return Region.safeParse(meant).success ? meant : undefined;
}
