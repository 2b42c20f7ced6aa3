import { compile, RegexError } from "@netloom/regex";

for (const pattern of ["(?P<name>a", "a**", "(?<=a+)b", "(?:(a)|b)*"]) {
  try {
    compile(pattern);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    console.log(error.code, error.message);
    if (error.position !== undefined) console.log(`  ${pattern}\n  ${" ".repeat(error.position)}^`);
  }
}
