// The address arithmetic beside that of Python's standard library, on random cases.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import {
  expandAddress,
  formatAddress,
  NetinfoError,
  parseAddress,
  rangeOf,
  subnetOf,
} from "@netloom/netinfo";
import type { IpAddress } from "@netloom/netinfo";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ip, nearlyAddress, withPrefix } from "./fixtures/addresses.ts";
import { runs, seed } from "./fixtures/runs.ts";

const script = fileURLToPath(new URL("fixtures/ipaddress.py", import.meta.url));

/** Before 3.9.5, Python took leading zeros. */
function hasPython(): boolean {
  const check = "import sys; sys.exit(sys.version_info < (3, 9, 5))";
  if (spawnSync("python3", ["-c", check], { stdio: "ignore" }).status === 0) return true;
  process.stderr.write(
    "skipped: comparison with python3 (3.9.5 or later), which is not installed\n",
  );
  return false;
}

function python(texts: readonly string[]): readonly unknown[] {
  const input = texts.map((text) => JSON.stringify(text)).join("\n");
  const { status, stdout, stderr } = spawnSync("python3", [script], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  const answers = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(answers).toHaveLength(texts.length);
  return answers;
}

function sample<T>(arbitrary: fc.Arbitrary<T>): T[] {
  return fc.sample(arbitrary, { numRuns: 2 * runs, seed });
}

function parsed(text: string): IpAddress | undefined {
  try {
    return parseAddress(text);
  } catch (error) {
    if (error instanceof NetinfoError) return undefined;
    throw error;
  }
}

describe.runIf(hasPython())("like Python's ipaddress", () => {
  it("reads and writes addresses, and refuses the same texts", { timeout: 600_000 }, () => {
    // A line feed would split the case; "/" marks networks.
    const texts = [...sample(ip).map(expandAddress), ...sample(nearlyAddress)];
    const theirs = python(texts);
    let taken = 0;
    for (const [index, text] of texts.entries()) {
      const address = parsed(text);
      const range = address && rangeOf(address).kind;
      // Python 3.13 writes IPv4-mapped addresses as we do, earlier ones do not.
      const mapped = address?.family === 6 && range === "ipv4-mapped";
      if (address !== undefined) taken++;
      const ours = address && {
        family: address.family,
        value: address.value.toString(),
        compressed: mapped ? (expect.any(String) as unknown) : formatAddress(address),
        exploded: expandAddress(address),
        // Some of these Python answers for the IPv4 address inside, since 3.13.
        loopback: mapped ? (expect.any(Boolean) as unknown) : range === "loopback",
        linkLocal: mapped ? (expect.any(Boolean) as unknown) : range === "link-local",
        multicast: mapped ? (expect.any(Boolean) as unknown) : range === "multicast",
        unspecified: mapped ? (expect.any(Boolean) as unknown) : range === "any",
      };
      expect(theirs[index], `${JSON.stringify(text)}, seed ${seed}`).toEqual(ours ?? null);
    }
    // Neither kind of case has died out.
    expect(taken).toBeGreaterThan(2 * runs);
    expect(taken).toBeLessThan(texts.length - runs / 5);
  });

  it("works out networks", { timeout: 600_000 }, () => {
    const cases = sample(withPrefix);
    const texts = cases.map(({ address, prefix }) => `${expandAddress(address)}/${prefix}`);
    const theirs = python(texts);
    for (const [index, { address, prefix }] of cases.entries()) {
      const subnet = subnetOf(address, prefix);
      const last = { ...subnet.network, value: subnet.network.value + subnet.wildcard.value };
      const size = subnet.wildcard.value + 1n;
      const wanted = {
        network: formatAddress(subnet.network),
        last: formatAddress(last),
        mask: formatAddress(subnet.mask),
        wildcard: formatAddress(subnet.wildcard),
        size: size.toString(),
        hosts:
          size > 2n
            ? { first: formatAddress(subnet.first), last: formatAddress(subnet.last) }
            : null,
      };
      expect(canonical(theirs[index]), `${texts[index]}, seed ${seed}`).toEqual(wanted);
    }
  });
});

/** Python's texts in our canonical form: only IPv4-mapped addresses differ. */
function canonical(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" && part.startsWith("::ffff:")
      ? formatAddress(parseAddress(part))
      : part,
  ) as unknown;
}
