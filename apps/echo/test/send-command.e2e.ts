import { describe, expect, it } from "vitest";

import { Command, run, runJson, serve } from "./fixtures/command.ts";
import { tcpServer, udpServer } from "./fixtures/peers.ts";

/** 你好 in both encodings: two characters that need three bytes each, and two. */
const hello = {
  "utf-8": Buffer.from("e4bda0e5a5bd", "hex"),
  gbk: Buffer.from("c4e3bac3", "hex"),
} as const;

for (const encoding of ["utf-8", "gbk"] as const) {
  describe(`in ${encoding}`, () => {
    for (const protocol of ["tcp", "udp"] as const) {
      it(`sends texts over ${protocol} and tells what came back, and how fast`, async () => {
        await using server = await serve();
        const { status, events, stderr } = await runJson([
          "send",
          "--protocol",
          protocol,
          "--encoding",
          encoding,

          "--port",
          String(server.port),
          "你好",
          "",
          "plain",
        ]);
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        const ms = expect.any(Number) as number;
        const echo = (text: string, bytes: number): object => ({
          type: "echo",
          protocol,
          text,
          bytes,

          outcome: "same",
          received: text,
          ms,
        });
        const bytes = hello[encoding].length;
        expect(events).toEqual([
          echo("你好", bytes),
          echo("", 0),
          echo("plain", 5),
          {
            type: "summary",
            protocol,
            sent: 3,
            same: 3,
            different: 0,
            lost: 0,

            bytes: bytes + 5,
            ms: { min: ms, mean: ms, max: ms },
          },
        ]);
      });
    }

    it("writes that encoding on the wire: a line over TCP, the bare bytes in a datagram", async () => {
      const chunks: Buffer[] = [];
      await using tcp = await tcpServer((socket) => {
        socket.on("data", (chunk: Buffer) => chunks.push(chunk));
        socket.pipe(socket);
      });
      const datagrams: Buffer[] = [];
      await using udp = await udpServer((data) => {
        datagrams.push(data);
        return data;
      });
      const args = ["send", "--encoding", encoding, "你好"];
      expect((await run([...args, "--port", String(tcp.port)])).status).toBe(0);
      expect(Buffer.concat(chunks)).toEqual(Buffer.concat([hello[encoding], Buffer.from("\n")]));
      expect((await run([...args, "--protocol", "udp", "--port", String(udp.port)])).status).toBe(
        0,
      );
      expect(datagrams).toEqual([hello[encoding]]);
    });
  });
}

describe("standard input", () => {
  it("is sent line by line, the last one too if its end is missing", async () => {
    await using server = await serve("--protocol", "tcp");
    const input = "第一行\r\nsecond\n\nquit\nlast";
    const args = ["send", "--encoding", "gbk", "--port", String(server.port)];
    const { status, events } = await runJson(args, { input });
    expect(status).toBe(0);
    const texts = events.filter(({ type }) => type === "echo").map(({ text }) => text);
    // "quit" is a line like the others in a pipe; only at a terminal does it end the conversation.
    expect(texts).toEqual(["第一行", "second", "", "quit", "last"]);
  });

  it("is answered as it comes, while it stays open", async () => {
    await using server = await serve("--protocol", "tcp");
    await using command = new Command(["send", "--port", String(server.port)]);
    for (const text of ["one", "two"]) {
      command.child.stdin.write(`${text}\n`);
      await command.until("stdout", `${text}  (`);
    }
    command.child.stdin.end();
    const { status, stdout } = await command.ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^one {2}\([\d.]+ ms\)\ntwo {2}\([\d.]+ ms\)\n2 sent, 2 echoed, 0 different, 0 lost; round trip .* ms \(min \/ mean \/ max\)\n$/,
    );
  });

  it("may be empty", async () => {
    await using server = await serve("--protocol", "udp");
    const args = ["send", "--protocol", "udp", "--port", String(server.port)];
    expect(await run(args)).toEqual({
      status: 0,
      stdout: "0 sent, 0 echoed, 0 different, 0 lost\n",
      stderr: "",
    });
  });

  it("ends with status 130 at Ctrl-C", async () => {
    await using server = await serve("--protocol", "tcp");
    await using command = new Command(["send", "--port", String(server.port)]);
    command.child.stdin.write("one\n");
    await command.until("stdout", "one");
    const { status, stderr } = await command.stop("SIGINT");
    expect({ status, stderr }).toEqual({ status: 130, stderr: "" });
  });

  for (const [what, input, line] of [
    [
      "no UTF-8",
      Buffer.from([0x61, 0x0a, 0xff, 0x0a]),
      "line 2 of standard input is no text in UTF-8",
    ],
    ["a line too long", `a\n${"x".repeat(70_000)}`, "line 2 of standard input is too long"],
  ] as const) {
    it(`is refused where it is ${what}, after the lines before it`, async () => {
      await using server = await serve("--protocol", "tcp");
      const { status, stdout, stderr } = await run(["send", "--port", String(server.port)], {
        input,
      });
      expect(status).toBe(1);
      expect(stdout).toMatch(/^a {2}\(/);
      expect(stderr).toContain(line);
      expect(stderr.split("\n")).toHaveLength(2);
    });
  }
});

describe("what goes wrong on the way", () => {
  it("counts lost datagrams, and ends with status 1", async () => {
    await using server = await udpServer((data, index) => (index % 2 === 1 ? undefined : data));
    const { status, events, stderr } = await runJson([
      "send",
      "--protocol",
      "udp",
      "--timeout",
      "1s",
      "--port",
      String(server.port),

      "one",
      "two",
      "three",
    ]);
    expect(status).toBe(1);
    expect(events.map(({ outcome }) => outcome)).toEqual(["same", "lost", "same", undefined]);
    expect(events[1]).toEqual({
      type: "echo",
      protocol: "udp",
      text: "two",
      bytes: 3,
      outcome: "lost",
    });
    expect(events.at(-1)).toMatchObject({
      type: "summary",
      sent: 3,
      same: 2,
      different: 0,
      lost: 1,
    });
    expect(JSON.parse(stderr)).toMatchObject({ status: 1, message: "texts 3: 1 lost" });
  });

  it("does not take the late echo of a lost text for that of the next one", async () => {
    const held: Buffer[] = [];
    await using server = await udpServer((data) => {
      held.push(data);
      return undefined;
    });
    // "one" comes back only when "two" is there, and before it.
    server.socket.on("message", (_, from) => {
      if (held.length < 2) return;
      for (const reply of held) server.socket.send(reply, from.port, from.address);
    });
    const { status, events } = await runJson([
      "send",
      "--protocol",
      "udp",
      "--timeout",
      "1s",
      "--port",
      String(server.port),

      "one",
      "two",
    ]);
    expect(status).toBe(1);
    expect(events.map(({ outcome }) => outcome)).toEqual(["lost", "same", undefined]);
  });

  for (const protocol of ["tcp", "udp"] as const) {
    it(`tells over ${protocol} that what came back is not what was sent`, async () => {
      const upper = (data: Buffer): Buffer => Buffer.from(String(data).toUpperCase());
      await using server =
        protocol === "tcp"
          ? await tcpServer((socket) =>
              socket.on("data", (data: Buffer) => socket.write(upper(data))),
            )
          : await udpServer(upper);
      const args = ["send", "--protocol", protocol, "--port", String(server.port), "loud", "OK"];
      const { status, stdout, stderr } = await run(args);
      expect(status).toBe(1);
      expect(stdout).toMatch(
        /^LOUD {2}\([\d.]+ ms, not what was sent: loud\)\nOK {2}\([\d.]+ ms\)\n/,
      );
      expect(stderr).toBe("netloom-echo: texts 2: 1 not what was sent\n");
    });
  }

  for (const [what, protocol, reply, line] of [
    ["bytes that are no text", "tcp", "ff0a", "what came back is no line of text in utf-8"],
    [
      "the end of the connection",
      "tcp",
      "",
      "ended the connection before it had echoed everything",
    ],
  ] as const) {
    it(`ends with one line at ${what} instead of an echo`, async () => {
      await using server = await tcpServer((socket) =>
        socket.once("data", () => socket.end(Buffer.from(reply, "hex"))),
      );
      const args = ["send", "--protocol", protocol, "--port", String(server.port), "hello"];
      const { status, stderr } = await run(args);
      expect(status).toBe(1);
      expect(stderr).toContain(line);
      expect(stderr.split("\n")).toHaveLength(2);
    });
  }

  it("waits no longer than it was told", async () => {
    await using server = await tcpServer((socket) => socket.resume());
    const args = ["send", "--timeout", "500ms", "--port", String(server.port), "anyone?"];
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      `netloom-echo: 127.0.0.1:${server.port} sent no echo within 500 ms: is it an echo server?\n`,
    );
  });

  it("shows what would move the cursor as escapes", async () => {
    await using server = await udpServer(() => Buffer.from("\u001b[2Jboo"));
    const args = ["send", "--protocol", "udp", "--port", String(server.port), "hello"];
    const { stdout } = await run(args);
    expect(stdout).toMatch(/^\\x1b\[2Jboo {2}\(/);
  });
});
