import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** One way to go on. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** How a command line can go on at the cursor. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Whether a path may stand there too. */
  readonly files: boolean;
}

/**
 * Completes a command line by walking the tree of commands, in the way commander will read it.
 *
 * @param program - the root command
 * @param words - the complete words before the cursor, without the name of the program
 * @param current - the word at the cursor, up to the cursor; may be empty
 */
export function complete(
  program: CommandUnknownOpts,
  words: readonly string[],
  current: string,
): Completion {
  let command = program;
  let operands = 0;
  let awaiting: Option | undefined;
  let optionsEnded = false;
  for (const word of words) {
    if (awaiting?.required === true || (awaiting !== undefined && !word.startsWith("-"))) {
      awaiting = undefined;
      continue;
    }
    awaiting = undefined;
    if (optionsEnded) {
      operands++;
    } else if (word === "--") {
      optionsEnded = true;
    } else if (word.startsWith("-") && word.length > 1) {
      const option = optionsOf(command).find(({ long, short }) => word === long || word === short);
      if (option?.required === true || option?.optional === true) awaiting = option;
    } else {
      const next = operands === 0 ? subcommand(command, word) : undefined;
      if (next === undefined) operands++;
      else command = next;
    }
  }

  if (awaiting?.required === true || (awaiting !== undefined && !current.startsWith("-"))) {
    return valuesOf(awaiting.argChoices, "", current);
  }
  if (!optionsEnded && current.startsWith("-")) return completeOption(command, current);
  const argument =
    command.registeredArguments[Math.min(operands, command.registeredArguments.length - 1)];
  const fits =
    argument !== undefined && (operands < command.registeredArguments.length || argument.variadic);
  const values = fits ? valuesOf(argument.argChoices, "", current) : NOTHING;
  const names = operands === 0 && !optionsEnded ? commandsOf(command) : [];
  return {
    candidates: [...names.filter(({ value }) => value.startsWith(current)), ...values.candidates],
    files: values.files,
  };
}

const NOTHING: Completion = { candidates: [], files: false };

function completeOption(command: CommandUnknownOpts, current: string): Completion {
  const assigned = /^(--[^=]+=)(.*)$/su.exec(current);
  if (assigned !== null) {
    const [, prefix = "", value = ""] = assigned;
    const option = optionsOf(command).find((known) => known.long === prefix.slice(0, -1));
    return option?.required === true || option?.optional === true
      ? valuesOf(option.argChoices, prefix, value)
      : NOTHING;
  }
  const candidates = optionsOf(command)
    .filter((option) => !option.hidden)
    .flatMap(({ long, short, description }) =>
      // The short name only where it was begun: `-` alone offers the names that explain themselves.
      [long ?? short, ...(current.length === 2 ? [short] : [])]
        .filter((flag) => flag?.startsWith(current) === true)
        .map((flag) => ({ value: flag ?? "", description })),
    );
  return { candidates, files: false };
}

/** Without choices the value is free: a path is the most useful guess a shell can make. */
function valuesOf(
  choices: readonly string[] | undefined,
  prefix: string,
  current: string,
): Completion {
  if (choices === undefined) return { candidates: [], files: true };
  const candidates = choices
    .filter((choice) => choice.startsWith(current))
    .map((choice) => ({ value: prefix + choice, description: "" }));
  return { candidates, files: false };
}

/** The options that may stand after `command`: its own, its help, and those of its ancestors. */
function optionsOf(command: CommandUnknownOpts): readonly Option[] {
  const found = [...command.createHelp().visibleOptions(command)];
  for (let above = command.parent; above !== null; above = above.parent)
    found.push(...above.options);
  return found;
}

function commandsOf(command: CommandUnknownOpts): readonly Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((visible) => ({
      value: visible.name(),
      description: visible.summary() || visible.description(),
    }));
}

function subcommand(command: CommandUnknownOpts, word: string): CommandUnknownOpts | undefined {
  return command.commands.find((below) => below.name() === word || below.aliases().includes(word));
}
