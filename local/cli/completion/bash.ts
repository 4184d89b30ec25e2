import { DEFAULT_OUT } from '../../arguments/defaults.ts';
import { type CommandWords, type Offer } from './words.ts';

/** Works with the bash 3.2 of macOS, which has no `compopt` and so offers files where nothing else is. */
export function bashScript(commands: readonly CommandWords[]): string {
  return `\
# bash completion for orgsweep

_orgsweep_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
  [[ $2 == files ]] || compopt +o default 2> /dev/null
}

_orgsweep_executions() {
  local folder=${DEFAULT_OUT} i path name
  for ((i = 2; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in --out | --keep) folder=\${COMP_WORDS[i + 1]} ;; esac
    [[ $folder != = ]] || folder=\${COMP_WORDS[i + 2]}
  done
  COMPREPLY=()
  for path in "$folder"/executions/*/; do
    name=\${path%/} name=\${name##*/}
    [[ $name == "$cur"* && $name =~ ^[A-Za-z0-9_-]+$ ]] && COMPREPLY+=("$name")
  done
  compopt +o default 2> /dev/null
}

_orgsweep() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  # Bash takes the "=" of --out=x for a word of its own.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)); then
    _orgsweep_words '${commands.map(({ name }) => name).join(' ')} help --help --version'
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(casesOfValues).join('\n')}
  esac
  case "\${COMP_WORDS[1]} $cur" in
${commands.flatMap(casesOfWords).join('\n')}
    'help '*) _orgsweep_words '${commands.map(({ name }) => name).join(' ')}' ;;
    *) compopt +o default 2> /dev/null ;;
  esac
}

complete -o default -F _orgsweep orgsweep
`;
}

function casesOfValues({ name, options }: CommandWords): string[] {
  return options.flatMap(({ flag, value, mayBeAlone, offer }) =>
    value === undefined || mayBeAlone ? [] : `    '${name} ${flag}') ${offering(offer)}; return ;;`,
  );
}

function casesOfWords({ name, options, offer }: CommandWords): string[] {
  const flags = [...options.map(({ flag }) => flag), '--help'].join(' ');
  return [
    `    '${name} -'*) _orgsweep_words '${flags}' ;;`,
    `    '${name} '*) ${offering(offer)} ;;`,
  ];
}

function offering({ words, also }: Offer): string {
  if (also === 'executions') return '_orgsweep_executions';
  return `_orgsweep_words '${words.join(' ')}'${also === undefined ? '' : ' files'}`;
}
