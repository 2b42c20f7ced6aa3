/**
 * What must be known before the arguments are parsed: the language (help texts are written in it)
 * and whether to print JSON (an error in the arguments is printed that way too). Like the parser,
 * this takes them from any place of the line up to `--`.
 */
function* beforeEnd(argv: readonly string[]): Generator<[argument: string, next?: string]> {
  for (const [index, argument] of argv.entries()) {
    if (argument === "--") return;
    const next = argv[index + 1];
    yield next === undefined ? [argument] : [argument, next];
  }
}

/** Whether a flag such as `--json` was given. */
export function hasFlag(argv: readonly string[], flag: string): boolean {
  for (const [argument] of beforeEnd(argv)) if (argument === flag) return true;
  return false;
}

/** The value of an option such as `--lang`, as `--lang zh` or `--lang=zh`; the last one counts. */
export function optionValue(argv: readonly string[], option: string): string | undefined {
  let found: string | undefined;
  for (const [argument, next] of beforeEnd(argv)) {
    if (argument === option) found = next;
    else if (argument.startsWith(`${option}=`)) found = argument.slice(option.length + 1);
  }
  return found;
}
