import { inShell } from '../../../report/format/in-shell.ts';
import { DEFAULT_OUT } from '../../arguments/defaults.ts';
import { type CommandWords, type Offer, type OptionWords } from './words.ts';

/** Works in a folder of `fpath` and where it is sourced. */
export function zshScript(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, says }) => inShell(`${name}:${says}`));
  return `\
#compdef orgsweep
# zsh completion for orgsweep

_orgsweep_executions() {
  local folder=\${opt_args[--out]:-\${opt_args[--keep]:-${DEFAULT_OUT}}}
  local -a ids=($folder/executions/*(N/:t))
  compadd -a ids
}

_orgsweep_commands() {
  local -a commands=(
    ${described.join('\n    ')}
  )
  _describe command commands
}

_orgsweep() {
  local curcontext=$curcontext state line
  local -A opt_args
  _arguments -C '(- *)'{-h,--help}'[show help]' '(- *)--version[show the version]' '1: :_orgsweep_commands' '*:: :->rest'
  [[ $state == rest ]] || return
  case $words[1] in
    help) _arguments '1: :_orgsweep_commands' ;;
${commands.map(caseOf).join('\n')}
  esac
}

if [[ $funcstack[1] == _orgsweep ]]; then
  _orgsweep "$@"
else
  compdef _orgsweep orgsweep
fi
`;
}

function caseOf({ name, about, options, offer }: CommandWords): string {
  const specs = [
    '(- *)--help[show help]',
    ...options.map(specOf),
    ...(about === undefined ? [] : [`1:${about}:${actionOf(offer)}`]),
  ];
  return `    ${name}) _arguments ${specs.map(inShell).join(' ')} ;;`;
}

function specOf({ flag, says, isMany, value, mayBeAlone, offer }: OptionWords): string {
  const described = `[${says.replace(/[[\]\\:]/g, '\\$&')}]`;
  const repeated = isMany ? '*' : '';
  if (value === undefined) return `${repeated}${flag}${described}`;
  return `${repeated}${flag}=${described}${mayBeAlone ? '::' : ':'}${value}:${actionOf(offer)}`;
}

function actionOf({ words, also }: Offer): string {
  if (also === 'executions') return '_orgsweep_executions';
  if (also === undefined) return words.length === 0 ? '' : `(${words.join(' ')})`;
  const files = also === 'folders' ? '_files -/' : '_files';
  return words.length === 0 ? files : `{compadd ${words.join(' ')}; ${files}}`;
}
