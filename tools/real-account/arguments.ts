import { Command } from 'commander';
import { InvalidInput } from '../../core/model/errors.ts';
import { AccountId, Region } from '../../core/model/ids.ts';
import { readWords } from '../../local/cli/options.ts';
import { one } from '../../local/arguments/options/parsed-options.ts';

export interface RealAccountArguments {
  /** The account that the credentials have to be of; undefined: any, and nothing is made. */
  readonly account: string | undefined;
  /** Undefined: that of the credentials, and nothing is made. */
  readonly region: string | undefined;
  readonly write: boolean;
  readonly clean: boolean;
  /** Costs are agreed to. */
  readonly yes: boolean;
  /** The account may have more in it than a sandbox should. */
  readonly sure: boolean;
  readonly json: boolean;
}

const program = () =>
  new Command('npm run real-account --')
    .description(
      'Holds AWS against what orgsweep assumes of it, in one account and Region. It only reads.',
    )
    .option('--account <ID>', 'the account that the credentials have to be of')
    .option('--region <REGION>', 'the Region to ask in; left out: that of your AWS configuration')
    .option(
      '--write',
      'also try what makes things: a volume of 1 GiB, snapshots, an AMI, a Recycle Bin rule, a bucket. Needs --account and --region, asks first, removes all of it again',
    )
    .option('--clean', 'only remove what an earlier --write left. Needs --account and --region')
    .option('--yes', 'do not ask whether to spend what --write costs')
    .option('--yes-this-is-a-sandbox', 'also where there are more than a few volumes or snapshots')
    .option('--json', 'the result as JSON, without account ids and names of people');

export const USAGE = `${program().helpInformation()}
Exit codes: 0 all is as assumed, 1 something differs, 2 refused, 3 not all was settled,
5 something that it made is still there. docs/real-account.md tells more.
`;

/** @throws {InvalidInput} with one line that names the argument, its value and what is accepted */
export function toRealAccountArguments(argv: readonly string[]): RealAccountArguments {
  const { options } = readWords(program(), argv);
  const args = {
    account: one(options, 'account', AccountId),
    region: one(options, 'region', Region),
    write: options.has('write'),
    clean: options.has('clean'),
    yes: options.has('yes'),
    sure: options.has('yes-this-is-a-sandbox'),
    json: options.has('json'),
  };
  const changing = args.write ? '--write' : '--clean';
  if (args.write && args.clean) {
    throw new InvalidInput('--clean: given with --write – accepted: one of them');
  }
  for (const name of ['account', 'region'] as const) {
    if ((args.write || args.clean) && args[name] === undefined) {
      throw new InvalidInput(`--${name}: missing – accepted: one; ${changing} needs it named`);
    }
  }
  for (const name of ['yes', 'yes-this-is-a-sandbox']) {
    if (options.has(name) && !args.write) {
      throw new InvalidInput(`--${name}: given – accepted: only together with --write`);
    }
  }
  return args;
}
