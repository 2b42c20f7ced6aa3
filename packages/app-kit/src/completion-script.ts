/** The shells that completion scripts exist for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
/** A shell that a completion script exists for. */
export type Shell = (typeof SHELLS)[number];

/** The word that asks an app for the completion of the words after it, in place of a command. */
export const COMPLETE_COMMAND = "__complete";

/**
 * The script that makes `shell` complete the command lines of the app `name`.
 *
 * The scripts know nothing about the app's commands: at the Tab key they ask the app itself, so
 * they are never out of date. It answers with lines of `value<TAB>description`; the line
 * `:files` says that a path may stand there. The words are passed on as arguments and never
 * evaluated: completing a line runs nothing that stands in it.
 */
export function completionScript(shell: Shell, name: string): string {
  return SCRIPTS[shell](name, `_${name.replaceAll("-", "_")}_complete`);
}

const SCRIPTS: Readonly<Record<Shell, (name: string, fn: string) => string>> = {
  // The line is split here at spaces alone, because bash splits its own words at "=" and ":" too.
  bash: (name, fn) => `# bash completion for ${name}
${fn}() {
  local line=\${COMP_LINE:0:COMP_POINT} value description files='' words=()
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  local current=\${words[\${#words[@]} - 1]} keep=''
  [[ $current == *=* && $COMP_WORDBREAKS == *=* ]] && keep=\${current%%=*}=
  COMPREPLY=()
  while IFS=$'\\t' read -r value description; do
    if [[ $value == :files ]]; then files=1; else COMPREPLY+=("\${value#"$keep"}"); fi
  done < <("\${words[0]}" ${COMPLETE_COMMAND} "\${words[@]:1}" 2>/dev/null)
  # Bash 3.2 has no compopt: there, paths are offered wherever nothing else is.
  [[ -n $files ]] || compopt +o default 2>/dev/null
}
complete -o default -F ${fn} ${name}
`,
  zsh: (name, fn) => `#compdef ${name}
${fn}() {
  local value description files=''
  local -a found
  while IFS=$'\\t' read -r value description; do
    if [[ $value == :files ]]; then files=1; else found+=("\${value//:/\\\\:}:$description"); fi
  done < <("\${(Q)words[1]}" ${COMPLETE_COMMAND} "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  (( \${#found} )) && _describe '${name}' found
  [[ -n $files ]] && _files
}
if [[ "\${funcstack[1]}" == ${fn} || "\${funcstack[1]}" == _${name} ]]; then
  ${fn} "$@"
else
  compdef ${fn} ${name}
fi
`,
  fish: (name, fn) => `# fish completion for ${name}
function ${fn}
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l program $words[1]
  set -e words[1]
  for row in (command $program ${COMPLETE_COMMAND} $words "$current" 2>/dev/null)
    if test "$row" = :files
      __fish_complete_path "$current"
    else
      echo $row
    end
  end
end
complete -c ${name} -f -a '(${fn})'
`,
};
