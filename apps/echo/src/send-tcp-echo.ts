import { formatDuration } from "@netloom/app-kit";
import { CodecError, text } from "@netloom/codec";
import { FramingError, lines } from "@netloom/framing";
import { connect, TcpError } from "@netloom/tcp";
import type { Connection } from "@netloom/tcp";

import type { EchoReply, SendEchoOptions } from "./echo-reply.ts";
import { addressOf } from "./echo-server.ts";
import { encodeEchoText } from "./echo-text.ts";
import { elapsedMs } from "./elapsed-ms.ts";
import { abortedError, EchoError } from "./errors.ts";
import { sendSettings } from "./send-settings.ts";
import type { SendSettings } from "./send-settings.ts";
import { within } from "./within.ts";

/**
 * Sends texts to a TCP echo server on one connection, each as a line, and waits for its echo before it
 * asks for the next text. What comes back is compared with what was sent.
 *
 * Nothing happens before the first reply is asked for; the connection is closed when the loop ends,
 * however it ends.
 *
 * @throws EchoError for a text that cannot be sent, an echo that does not come in time or is no text,
 * a connection that ends early, and an abort; TcpError when the connection fails; what `texts` throws.
 * @example
 * for await (const reply of sendTcpEcho(["Hello", "你好"], { port: 7007, encoding: "gbk" })) {
 *   console.log(reply.text, reply.outcome, reply.ms);
 * }
 */
export async function* sendTcpEcho(
  texts: Iterable<string> | AsyncIterable<string>,
  options: SendEchoOptions,
): AsyncGenerator<EchoReply, void, undefined> {
  const settings = sendSettings(options);
  const { encoding, timeoutMs, signal } = settings;
  const stream = (await open(settings)).messages(lines(), text(encoding));
  const replies = stream[Symbol.asyncIterator]();
  const exchange = async (sent: string): Promise<IteratorResult<string>> => {
    await stream.send(sent);
    try {
      return await replies.next();
    } catch (error) {
      throw replyError(error, settings);
    }
  };
  try {
    for await (const sent of texts) {
      const bytes = encodeEchoText(sent, encoding, "tcp").length;
      const startedAt = performance.now();
      const reply = await within(exchange(sent), timeoutMs, signal);
      const ms = elapsedMs(startedAt);
      if (reply === undefined) throw timeoutError(settings);
      if (reply.done === true) throw endedError(settings);
      const outcome = reply.value === sent ? "same" : "different";
      yield { text: sent, bytes, outcome, received: reply.value, ms };
    }
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    await stream.close();
  }
}

async function open({ host, port, timeoutMs, signal }: SendSettings): Promise<Connection> {
  try {
    return await connect({ host, port, timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof TcpError)) throw error;
    if (error.code === "ERR_TCP_ABORTED") throw abortedError(signal);
    if (error.code !== "ERR_TCP_TIMEOUT") throw error;
    throw new EchoError(
      "ERR_ECHO_TIMEOUT",
      {
        en: `${addressOf(host, port)} did not answer within ${formatDuration(timeoutMs)}: check the address and the firewall`,
        zh: `${addressOf(host, port)} 在${formatDuration(timeoutMs)}内没有应答：请检查地址和防火墙`,
      },
      { cause: error },
    );
  }
}

function replyError(cause: unknown, { encoding }: SendSettings): unknown {
  if (!(cause instanceof CodecError || cause instanceof FramingError)) return cause;
  return new EchoError(
    "ERR_ECHO_REPLY",
    {
      en: `what came back is no line of text in ${encoding}`,
      zh: `返回的内容不是 ${encoding} 编码的一行文本`,
    },
    { cause },
  );
}

/** The error for a server that does not answer. */
export function timeoutError({ host, port, timeoutMs }: SendSettings): EchoError {
  return new EchoError("ERR_ECHO_TIMEOUT", {
    en: `${addressOf(host, port)} sent no echo within ${formatDuration(timeoutMs)}: is it an echo server?`,
    zh: `${addressOf(host, port)} 在${formatDuration(timeoutMs)}内没有返回回显：它是回显服务器吗？`,
  });
}

function endedError({ host, port }: SendSettings): EchoError {
  return new EchoError("ERR_ECHO_ENDED", {
    en: `${addressOf(host, port)} ended the connection before it had echoed everything`,
    zh: `${addressOf(host, port)} 在回显全部内容之前结束了连接`,
  });
}
