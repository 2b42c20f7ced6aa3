import { sendTcpEcho, sendUdpEcho, serveEcho, serveTcpEcho } from "@netloom/echo";
import type { EchoReply } from "@netloom/echo";
import { describe, expect, it } from "vitest";

import { tcpServer, udpServer } from "./fixtures/peers.ts";

const ms = expect.any(Number) as number;

async function collect(replies: AsyncIterable<EchoReply>): Promise<EchoReply[]> {
  const collected: EchoReply[] = [];
  for await (const reply of replies) collected.push(reply);
  return collected;
}

const sendEcho = { tcp: sendTcpEcho, udp: sendUdpEcho } as const;

for (const protocol of ["tcp", "udp"] as const) {
  const send = sendEcho[protocol];

  describe(`over ${protocol}`, () => {
    it("asks for the next text only when the echo of the last one was taken", async () => {
      const servers = await serveEcho([protocol]);
      const log: string[] = [];
      const texts = function* (): Generator<string> {
        for (const text of ["一", "二"]) {
          log.push(`asked ${text}`);
          yield text;
        }
      };
      for await (const reply of send(texts(), { port: servers[0]?.port ?? 0, encoding: "gbk" })) {
        const { text } = reply;
        expect(reply).toEqual({ text, bytes: 2, outcome: "same", received: text, ms });
        log.push(`took ${text}`);
      }
      expect(log).toEqual(["asked 一", "took 一", "asked 二", "took 二"]);
      await Promise.all(servers.map((server) => server.close()));
    });

    it("refuses a text that cannot be sent, after those before it", async () => {
      const [server] = await serveEcho([protocol]);
      const replies = send(["fine", "€"], { port: server?.port ?? 0, encoding: "gbk" });
      expect((await replies.next()).value).toMatchObject({ text: "fine", outcome: "same" });
      await expect(replies.next()).rejects.toMatchObject({ code: "ERR_ECHO_TEXT" });
      await server?.close();
    });

    it("checks its options", async () => {
      for (const options of [
        { port: 7007, host: "" },
        { port: 0 },
        { port: 65_536 },
        { port: 1.5 },
        { port: 7007, timeoutMs: 0 },
        { port: 7007, timeoutMs: 2 ** 31 },
        { port: 7007, timeoutMs: Number.NaN },
      ]) {
        await expect(send(["hello"], options).next()).rejects.toMatchObject({
          code: "ERR_ECHO_OPTION",
        });
      }
    });

    it("gives up when its signal aborts, before it begins and while it waits", async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const reason = new Error("enough");
      // It never answers: the abort comes once the text has arrived.
      await using server =
        protocol === "tcp"
          ? await tcpServer((socket) => socket.once("data", () => controller.abort(reason)))
          : await udpServer(() => {
              controller.abort(reason);
              return undefined;
            });
      const { port } = server;
      const aborted = { code: "ERR_ECHO_ABORTED", cause: reason };
      for (let round = 0; round < 2; round++) {
        await expect(collect(send(["hello"], { port, signal }))).rejects.toMatchObject(aborted);
      }
    });
  });
}

describe("sendTcpEcho", () => {
  it("closes the connection when its loop is left", async () => {
    const ended: Promise<void>[] = [];
    await using server = await tcpServer((socket) => {
      ended.push(new Promise((resolve) => socket.once("end", resolve)));
      socket.pipe(socket);
    });
    for await (const { outcome } of sendTcpEcho(["one", "two"], { port: server.port })) {
      expect(outcome).toBe("same");
      break;
    }
    expect(ended).toHaveLength(1);
    await ended[0];
  });

  it("gives an error for each way in which the server does not echo", async () => {
    for (const [reply, code] of [
      ["", "ERR_ECHO_ENDED"],
      ["\xff\n", "ERR_ECHO_REPLY"],
      [`${"x".repeat(70_000)}\n`, "ERR_ECHO_REPLY"],
    ] as const) {
      await using server = await tcpServer((socket) => {
        socket.once("data", () => socket.end(reply, "latin1"));
      });
      const { port } = server;
      await expect(collect(sendTcpEcho(["hello"], { port }))).rejects.toMatchObject({ code });
    }
    await using silent = await tcpServer((socket) => socket.resume());
    await expect(
      collect(sendTcpEcho(["hello"], { port: silent.port, timeoutMs: 50 })),
    ).rejects.toMatchObject({ code: "ERR_ECHO_TIMEOUT" });
  });

  it("carries the longest text", async () => {
    await using server = await serveTcpEcho();
    const text = "字".repeat(32_768);
    const [reply] = await collect(sendTcpEcho([text], { port: server.port, encoding: "gbk" }));
    expect(reply).toMatchObject({ bytes: 65_536, outcome: "same" });
  });
});

describe("sendUdpEcho", () => {
  it("leaves out echoes that come late or twice, and tells those that differ", async () => {
    const answers: readonly (readonly string[])[] = [
      [],
      ["lost", "second"],
      ["second", "third"],
      ["FOURTH"],
    ];
    await using server = await udpServer(() => undefined);
    let index = 0;
    server.socket.on("message", (_, from) => {
      for (const answer of answers[index++] ?? []) {
        server.socket.send(answer, from.port, from.address);
      }
    });
    const texts = ["lost", "second", "third", "fourth"];
    const replies = await collect(sendUdpEcho(texts, { port: server.port, timeoutMs: 500 }));
    expect(replies.map(({ outcome }) => outcome)).toEqual(["lost", "same", "same", "different"]);
    expect(replies[3]?.received).toBe("FOURTH");
  });

  it("does not listen to anybody but the server", async () => {
    await using stranger = await udpServer(() => undefined);
    await using server = await udpServer(() => undefined);
    server.socket.on("message", (data, from) => {
      stranger.socket.send("me too", from.port, from.address, () => {
        server.socket.send(data, from.port, from.address);
      });
    });
    const [reply] = await collect(sendUdpEcho(["hello"], { port: server.port }));
    expect(reply).toMatchObject({ outcome: "same", received: "hello" });
  });

  it("knows the server by any spelling of its address", async () => {
    const servers = await serveEcho(["udp"], { host: "::1" }).catch(() => []);
    // Without IPv6 there is nothing to spell.
    for (const server of servers) {
      const host = "0:0:0:0:0:0:0:1";
      const [reply] = await collect(sendUdpEcho(["hello"], { host, port: server.port }));
      expect(reply).toMatchObject({ outcome: "same" });
      await server.close();
    }
    const [server] = await serveEcho(["udp"]);
    for (const host of ["localhost", "0.0.0.0"]) {
      const [reply] = await collect(sendUdpEcho(["hello"], { host, port: server?.port ?? 0 }));
      expect(reply).toMatchObject({ outcome: "same" });
    }
    await server?.close();
  });
});
