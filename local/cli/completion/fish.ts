import { DEFAULT_OUT } from '../../arguments/defaults.ts';
import { type CommandWords, type Offer, type OptionWords } from './words.ts';

export function fishScript(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name);
  return `\
# fish completion for orgsweep

function __orgsweep_executions
    set -l folder ${DEFAULT_OUT}
    set -l words (commandline -opc)
    for i in (seq (count $words))
        contains -- $words[$i] --out --keep; and set folder $words[(math $i + 1)]
    end
    for path in $folder/executions/*/
        basename $path
    end
end

complete -c orgsweep -f
complete -c orgsweep -n __fish_use_subcommand -l help -d 'show help'
complete -c orgsweep -n __fish_use_subcommand -l version -d 'show the version'
complete -c orgsweep -n __fish_use_subcommand -a help -d 'show the help of a command'
complete -c orgsweep -n '__fish_seen_subcommand_from help' -a ${quoted(names.join(' '))}
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ name, says, options, offer }: CommandWords): string[] {
  const within = `complete -c orgsweep -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  const about = argumentOf(offer);
  return [
    `complete -c orgsweep -n __fish_use_subcommand -a ${name} -d ${quoted(says)}`,
    ...options.map((option) => `${within} ${optionOf(option)} -d ${quoted(option.says)}`),
    ...(about === '' ? [] : [`${within} ${about}`]),
  ];
}

function optionOf({ flag, value, mayBeAlone, offer }: OptionWords): string {
  const long = `-l ${flag.slice(2)}`;
  if (value === undefined || mayBeAlone) return long;
  return `${long} ${offer.also === 'files' ? '-r -F' : '-x'} ${argumentOf(offer)}`.trimEnd();
}

function argumentOf({ words, also }: Offer): string {
  if (also === 'executions') return "-a '(__orgsweep_executions)'";
  if (also === 'folders') return "-a '(__fish_complete_directories)'";
  return words.length === 0 ? '' : `-a ${quoted(words.join(' '))}`;
}

/** Within single quotation marks fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
