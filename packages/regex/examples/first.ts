import { compile, findall, sub } from "@netloom/regex";

const setting = compile(String.raw`(?P<key>\w+)\s*=\s*(?P<value>.*?)\s*$`);
console.log(setting.match("名字 = 织网 ")?.groupdict());

// Group by group, as Python's findall.
console.log(findall(String.raw`(\d+)-(\d+)`, "10-11, 7-12"));

console.log(sub(String.raw`(?i)\b(\w+) \1\b`, String.raw`\1`, "It is is the the end"));
