import {
  AppError,
  formatDuration,
  integerBetween,
  Option,
  parseDuration,
  printable,
} from "@netloom/app-kit";
import type { App, Text } from "@netloom/app-kit";
import { encodings } from "@netloom/codec";
import type { Encoding } from "@netloom/codec";

import { addressOf } from "./echo-server.ts";
import type { EchoReply, SendEchoOptions } from "./echo-reply.ts";
import { EchoTally } from "./echo-tally.ts";
import type { EchoSummary } from "./echo-tally.ts";
import { encodeEchoText } from "./echo-text.ts";
import type { Protocol } from "./echo-text.ts";
import { EchoError } from "./errors.ts";
import { pipedTexts, typedTexts } from "./input-texts.ts";
import { parseHost } from "./parse-host.ts";
import { sendTcpEcho } from "./send-tcp-echo.ts";
import { sendUdpEcho } from "./send-udp-echo.ts";

const QUIT = "quit";

/** Adds `netloom-echo send`. */
export function addSendCommand(app: App, defaultPort: number): void {
  const { program, t } = app;
  program
    .command("send")
    .description(
      t({
        en: "send texts to an echo server and check what comes back",
        zh: "向回显服务器发送文本，并检查返回的内容",
      }),
    )
    .argument(
      "[text...]",
      t({
        en: "the texts to send; without any, the lines of standard input",
        zh: "要发送的文本；不给出时发送标准输入的各行",
      }),
    )
    .addOption(
      new Option("--protocol <protocol>", t({ en: "how to send", zh: "发送方式" }))
        .choices(["tcp", "udp"] as const)
        .default("tcp" as const),
    )
    .option(
      "--host <host>",
      t({ en: "name or address of the server", zh: "服务器的名称或地址" }),
      parseHost,
      "127.0.0.1",
    )
    .option(
      "--port <port>",
      t({ en: "port of the server", zh: "服务器的端口" }),
      integerBetween(1, 65_535),
      defaultPort,
    )
    .addOption(
      new Option("--encoding <encoding>", t({ en: "encoding on the wire", zh: "传输时的编码" }))
        .choices(encodings)
        .default("utf-8"),
    )
    .addOption(
      new Option(
        "--timeout <time>",
        t({ en: "longest wait for each echo", zh: "等待每个回显的最长时间" }),
      )
        .argParser(parseTimeout)
        .default(5_000, "5s"),
    )
    .action(async (texts, { protocol, host, port, encoding, timeout }) => {
      checkArguments(texts, encoding, protocol);
      const { signal } = app;
      const settings = { host, port, encoding, timeoutMs: timeout, signal };
      const source = texts.length > 0 ? texts : standardInput(app, protocol, settings);
      const summary = await exchange(app, protocol, source, settings);
      if (summary.same < summary.sent)
        throw new AppError(faultText(summary, addressOf(host, port)));
    });
}

async function exchange(
  { output, t }: App,
  protocol: Protocol,
  texts: Iterable<string> | AsyncIterable<string>,
  settings: SendEchoOptions,
): Promise<EchoSummary> {
  const send = protocol === "tcp" ? sendTcpEcho : sendUdpEcho;
  const tally = new EchoTally();
  try {
    for await (const reply of send(texts, settings)) {
      tally.add(reply);
      output.result({ type: "echo", protocol, ...reply }, () => {
        const line = t(replyText(reply));
        return reply.outcome === "same" ? line : output.style("red", line);
      });
    }
  } catch (error) {
    throw toAppError(error);
  }
  const summary = tally.summary();
  output.result({ type: "summary", protocol, ...summary }, () =>
    output.style("dim", t(summaryText(summary))),
  );
  return summary;
}

/** What a person types, or what a pipe or file brings. */
async function* standardInput(
  { output, t, signal }: App,
  protocol: Protocol,
  { host = "", port, encoding }: SendEchoOptions,
): AsyncGenerator<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    yield* pipedTexts(process.stdin, signal);
    return;
  }
  const where = `${addressOf(host, port)} (${protocol.toUpperCase()}, ${encoding})`;
  output.note(
    t({
      en: `talking to ${where}; "${QUIT}" or Ctrl-D ends`,
      zh: `正在与 ${where} 对话；输入“${QUIT}”或按 Ctrl-D 结束`,
    }),
  );
  yield* typedTexts(process.stdin, { prompt: "> ", quit: QUIT, output: process.stderr, signal });
}

function parseTimeout(value: string): number {
  const ms = parseDuration(value);
  if (ms >= 1) return ms;
  throw new AppError(
    { en: `got "${value}", expected at least 1ms`, zh: `得到“${value}”，应不少于 1ms` },
    { code: "ERR_APP_USAGE" },
  );
}

/** What cannot be sent is told before anything is sent. */
function checkArguments(texts: readonly string[], encoding: Encoding, protocol: Protocol): void {
  for (const text of texts) {
    try {
      encodeEchoText(text, encoding, protocol);
    } catch (error) {
      if (!(error instanceof EchoError)) throw error;
      throw new AppError(error.text, { code: "ERR_APP_USAGE" });
    }
  }
}

function replyText({ text, outcome, received = "", ms = 0 }: EchoReply): Text {
  const sent = printable(text);
  const back = printable(received);
  if (outcome === "lost") {
    return { en: `${sent}  (lost: no echo in time)`, zh: `${sent}  （丢失：没有及时收到回显）` };
  }
  if (outcome === "different") {
    return {
      en: `${back}  (${milliseconds(ms)}, not what was sent: ${sent})`,
      zh: `${back}  （${milliseconds(ms)}，与发送的不同：${sent}）`,
    };
  }
  return { en: `${back}  (${milliseconds(ms)})`, zh: `${back}  （${milliseconds(ms)}）` };
}

function summaryText({ sent, same, different, lost, ms }: EchoSummary): Text {
  const times = ms === undefined ? "" : [ms.min, ms.mean, ms.max].map(milliseconds).join(" / ");
  return {
    en: [
      `${sent} sent, ${same} echoed, ${different} different, ${lost} lost`,
      ...(ms === undefined ? [] : [`round trip ${times} (min / mean / max)`]),
    ].join("; "),
    zh: [
      `发送 ${sent}，回显 ${same}，不同 ${different}，丢失 ${lost}`,
      ...(ms === undefined ? [] : [`往返时间 ${times}（最短 / 平均 / 最长）`]),
    ].join("；"),
  };
}

function faultText({ sent, different, lost }: EchoSummary, where: string): Text {
  if (lost === sent) {
    return {
      en: `nothing came back from ${where}: check the address, the firewall, and that the server is running`,
      zh: `${where} 没有返回任何内容：请检查地址和防火墙，并确认服务器正在运行`,
    };
  }
  const [en, zh]: [string[], string[]] = [[], []];
  if (lost > 0) {
    en.push(`${lost} lost`);
    zh.push(`丢失 ${lost} 个`);
  }
  if (different > 0) {
    en.push(`${different} not what was sent`);
    zh.push(`${different} 个与发送的不同`);
  }
  return { en: `texts ${sent}: ${en.join(", ")}`, zh: `文本 ${sent} 个：${zh.join("，")}` };
}

/** Round trips on one machine are shorter than a millisecond: with two decimals below 10 ms. */
function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : formatDuration(ms);
}

/** An error that app-kit reports in both languages; what others threw stays as it is. */
function toAppError(error: unknown): unknown {
  if (!(error instanceof EchoError) || error.code === "ERR_ECHO_ABORTED") return error;
  // Only this one needs more words: which bytes were no text.
  const { cause } = error.code === "ERR_ECHO_REPLY" ? error : {};
  return new AppError(error.text, cause === undefined ? {} : { cause });
}
