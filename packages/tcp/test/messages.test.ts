import { describe, expect, it } from "vitest";
import { msgpack, text } from "@netloom/codec";
import { lengthPrefixed, lines } from "@netloom/framing";
import { connect, listen } from "@netloom/tcp";
import { failure } from "./failure.ts";
import { pair } from "./peers.ts";

interface Question {
  readonly id: number;
  readonly text: string;
  readonly data: Uint8Array;
}

describe("messages", () => {
  it("carries values both ways: MessagePack, length-prefixed", async () => {
    await using listener = await listen({}, async (connection) => {
      const peer = connection.messages(lengthPrefixed({ width: 4 }), msgpack<Question>());
      for await (const { id, text, data } of peer) {
        await peer.send({ id, text: `${text}!`, data: data.toReversed() });
      }
    });
    await using connection = await connect({ port: listener.port });
    const peer = connection.messages(lengthPrefixed({ width: 4 }), msgpack<Question>());
    const count = 1_000;
    const sending = (async () => {
      for (let id = 0; id < count; id++) {
        await peer.send({ id, text: `织网 ${id}`, data: Uint8Array.of(id & 255, 7, 9) });
      }
      await peer.end();
    })();
    let next = 0;
    for await (const { id, text, data } of peer) {
      expect([id, text, [...data]]).toEqual([next, `织网 ${next}!`, [9, 7, next & 255]]);
      next++;
    }
    expect(next).toBe(count);
    await sending;
  });

  it("carries lines of text in GBK", async () => {
    await using listener = await listen({}, async (connection) => {
      const peer = connection.messages(lines(), text("gbk"));
      for await (const line of peer) await peer.send(`收到：${line}`);
    });
    await using connection = await connect({ port: listener.port });
    const peer = connection.messages(lines(), text("gbk"));
    for (const line of ["你好", "", "网络编程"]) await peer.send(line);
    await peer.end();
    const answers: string[] = [];
    await peer.forEach((line) => answers.push(line));
    expect(answers).toEqual(["收到：你好", "收到：", "收到：网络编程"]);
  });

  it("a connection that breaks in the middle of a message is broken, not ended", async () => {
    const { client, server } = await pair();
    const framer = lengthPrefixed({ width: 4 });
    const reading = (async () => {
      for await (const value of server.messages(framer, msgpack()))
        expect.unreachable(String(value));
    })();
    await client.write(framer.encode(new Uint8Array(100)).subarray(0, 50));
    client.destroy();
    expect((await failure(reading)).code).toBe("ERR_TCP_BROKEN");
  });
});
