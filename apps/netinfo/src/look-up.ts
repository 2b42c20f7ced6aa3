import { isIP } from "node:net";

import { addressFault, quoted } from "./address-fault.ts";
import { NetinfoError } from "./errors.ts";
import { formatAddress } from "./format-address.ts";
import { parseAddress } from "./parse-address.ts";
import { Resolver } from "./resolver.ts";
import type { Answer } from "./resolver.ts";

/** How to look up. */
export interface LookUpOptions {
  /** Longest time for everything together, in milliseconds: 1 to 2^31 - 1. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Ends the look-up; the generator then throws `ERR_NETINFO_ABORTED`. */
  readonly signal?: AbortSignal | undefined;
}

/** One question to the resolver, and its answer. */
export interface Lookup extends Answer {
  /** The name or address that was asked for. */
  readonly asked: string;
}

/** The longest name of DNS as text (RFC 1035, section 2.3.4). */
const MAX_NAME_CHARACTERS = 253;
/** How many answers are looked up in their turn: a name may have hundreds of addresses. */
const MAX_BACK = 16;
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Looks up the addresses of a name, or the name of an address, and then each answer the other way
 * round (at most 16): the first item is what was asked, the others are the ways back. It asks the
 * system's resolver, as every program does: `/etc/hosts`, DNS, whatever the system is set to. An
 * answer without a way back is an item with no `answers`.
 *
 * It runs in a process of its own, which is ended with the generator, so that a time limit holds.
 *
 * @param text - a host name, or an address in its strict form
 * @throws NetinfoError `ERR_NETINFO_ADDRESS` for what can be neither, `ERR_NETINFO_OPTION`,
 * `ERR_NETINFO_NOT_FOUND`, `ERR_NETINFO_RESOLVER`, `ERR_NETINFO_TIMEOUT`, `ERR_NETINFO_ABORTED`
 *
 * @example
 * for await (const { asked, answers } of lookUp("localhost")) console.log(asked, answers);
 */
export async function* lookUp(
  text: string,
  { timeoutMs = 5000, signal }: LookUpOptions = {},
): AsyncGenerator<Lookup> {
  const asked = questionOf(text);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > MAX_TIMEOUT_MS) {
    throw new NetinfoError("ERR_NETINFO_OPTION", {
      en: `timeoutMs must be a whole number from 1 to ${MAX_TIMEOUT_MS}, got ${timeoutMs}`,
      zh: `timeoutMs 须为 1 到 ${MAX_TIMEOUT_MS} 的整数，得到 ${timeoutMs}`,
    });
  }
  if (signal?.aborted === true) throw abortedError(signal);
  const ending = new AbortController();
  const onAbort = (): void => {
    if (signal !== undefined) ending.abort(abortedError(signal));
  };
  signal?.addEventListener("abort", onAbort);
  const timer = setTimeout(() => ending.abort(timeoutError(asked, timeoutMs)), timeoutMs);
  try {
    await using resolver = new Resolver();
    const first = await resolver.ask(asked, ending.signal);
    if (first.answers.length === 0) throw notFoundError(asked, first.error);
    yield { asked, ...first };
    for (const answer of first.answers.slice(0, MAX_BACK)) {
      yield { asked: answer, ...(await resolver.ask(answer, ending.signal)) };
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** What to ask the resolver: the name, or the address in its canonical form. */
function questionOf(text: string): string {
  // What ends in a number is an address or a mistake (https://url.spec.whatwg.org, "ends in a
  // number"): the resolver would take 127.1 and read 010.0.0.1 as octal.
  if (text.includes(":") || /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(text)) {
    return formatAddress(parseAddress(text));
  }
  const bad = text.search(/[\s\p{Cc}]/u);
  if (text === "" || bad >= 0) {
    throw addressFault({
      text,
      offset: Math.max(0, bad),
      expected: { en: "a host name without spaces", zh: "不含空格的主机名" },
    });
  }
  if (text.length > MAX_NAME_CHARACTERS) {
    throw new NetinfoError("ERR_NETINFO_ADDRESS", {
      en: `a host name has at most ${MAX_NAME_CHARACTERS} characters, got ${text.length}: ${quoted(text)}`,
      zh: `主机名最多 ${MAX_NAME_CHARACTERS} 个字符，得到 ${text.length} 个：${quoted(text)}`,
    });
  }
  return text;
}

function notFoundError(asked: string, code = "ENOTFOUND"): NetinfoError {
  if (code !== "ENOTFOUND") {
    return new NetinfoError("ERR_NETINFO_RESOLVER", {
      en: `the resolver could not look up ${asked} (${code}): check the network and its name server`,
      zh: `解析器无法查询 ${asked}（${code}）：请检查网络及其域名服务器`,
    });
  }
  return new NetinfoError(
    "ERR_NETINFO_NOT_FOUND",
    isIP(asked) !== 0
      ? { en: `${asked} has no name here`, zh: `${asked} 没有名称` }
      : { en: `${asked} has no address: check the spelling`, zh: `${asked} 没有地址：请检查拼写` },
  );
}

function timeoutError(asked: string, ms: number): NetinfoError {
  return new NetinfoError("ERR_NETINFO_TIMEOUT", {
    en: `the resolver did not answer within ${ms} ms (${asked}): check the network and its name server`,
    zh: `解析器在 ${ms} 毫秒内没有答复（${asked}）：请检查网络及其域名服务器`,
  });
}

function abortedError(signal: AbortSignal): NetinfoError {
  const text = { en: "the look-up was aborted", zh: "查询已中止" };
  return new NetinfoError("ERR_NETINFO_ABORTED", text, { cause: signal.reason });
}
