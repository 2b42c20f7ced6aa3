import { describe, expect, it } from "vitest";
import { json, msgpack, raw, struct, text, type Codec } from "@netloom/codec";
import { header, lengthPrefixed, lines, messages, type MessageStream } from "@netloom/framing";
import { concat, inPieces, utf8 } from "./support/decoding.ts";
import { FedStream } from "./support/fed-stream.ts";

const framer = lines();
const opened = (): [FedStream, MessageStream<string>] => {
  const stream = new FedStream();
  return [stream, messages(stream, framer, text("utf-8"))];
};

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of from) values.push(value);
  return values;
}

async function take<T>(from: AsyncIterable<T>, count: number): Promise<T[]> {
  const values: T[] = [];
  for await (const value of from) {
    values.push(value);
    if (values.length === count) break;
  }
  return values;
}

describe("any codec with any framer", () => {
  const head = struct("<HI");
  const typed: Codec<{ type: number; body: string }> = {
    encode: ({ type, body }) => {
      const bytes = text("utf-8").encode(body);
      return concat([head.pack(type, bytes.length), bytes]);
    },
    decode: (bytes) => ({
      type: Number(head.unpackFrom(bytes)[0]),
      body: text("utf-8").decode(bytes.subarray(head.size)),
    }),
  };

  async function roundTrip<T>(from: MessageStream<T>, sent: FedStream, values: T[]): Promise<void> {
    for (const value of values) await from.send(value);
    const wire = concat(sent.written);
    for (const size of [1, 3, wire.length]) {
      sent.feed(...inPieces(wire, size));
      expect(await take(from, values.length)).toEqual(values);
    }
  }

  it("msgpack in length-prefixed frames", async () => {
    const stream = new FedStream();
    const values: unknown[] = [{ id: 1, name: "中文", tags: ["a", "b"] }, null, [1.5, -7], "text"];
    await roundTrip(messages(stream, lengthPrefixed({ width: 2 }), msgpack()), stream, values);
  });

  it("JSON a line", async () => {
    const stream = new FedStream();
    const values: unknown[] = [{ text: "two\nlines" }, [], 7, "中文"];
    await roundTrip(messages(stream, lines(), json()), stream, values);
  });

  it("GBK text a line", async () => {
    const stream = new FedStream();
    await roundTrip(messages(stream, lines(), text("gbk")), stream, ["你好", "", "世界 abc"]);
    expect(stream.written[0]).toEqual(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3, 0x0a));
  });

  it("a struct a frame", async () => {
    const stream = new FedStream();
    const values = [
      [1, 2.5],
      [65_535, -0.25],
    ];
    await roundTrip(messages(stream, lengthPrefixed({ width: 1 }), struct(">Hd")), stream, values);
    expect(stream.written[0]?.length).toBe(11);
  });

  it("heads that describe their bodies", async () => {
    const stream = new FedStream();
    const values = [
      { type: 1, body: "one" },
      { type: 2, body: "" },
      { type: 3, body: "三" },
    ];
    const framer = header(head, ([, size]) => Number(size));
    await roundTrip(messages(stream, framer, typed), stream, values);
  });

  it("raw bytes that are kept do not change", async () => {
    const stream = new FedStream();
    const peer = messages(stream, lengthPrefixed({ width: 1 }), raw());
    const chunk = Buffer.from([2, 7, 8, 1, 9]);
    stream.feed(chunk);
    const values = await take(peer, 2);
    chunk.fill(0);
    expect(values).toEqual([Uint8Array.of(7, 8), Uint8Array.of(9)]);
  });
});

describe("receiving", () => {
  const values = Array.from({ length: 1000 }, (_, index) => `message ${index}`);
  const wire = concat(values.map((value) => framer.encode(utf8(value))));

  it.each([1, 7, 1000, wire.length])(
    "keeps 1,000 messages apart in chunks of %i bytes",
    async (size) => {
      const [stream, peer] = opened();
      stream.feed(...inPieces(wire, size), undefined);
      expect(await all(peer)).toEqual(values);
      expect(await all(peer)).toEqual([]);
    },
  );

  it("counts empty messages", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("\n\n\n"), undefined);
    expect(await all(peer)).toEqual(["", "", ""]);
  });

  it("goes on after break with the next message", async () => {
    const [stream, peer] = opened();
    stream.feed(...inPieces(wire, 100), undefined);
    const received: string[] = [];
    for (let count = 1; received.length < 1000; count++) {
      received.push(...(await take(peer, Math.min(count, 1000 - received.length))));
    }
    expect(received).toEqual(values);
    expect(await all(peer)).toEqual([]);
  });

  it("reads no further chunk while decoded messages are left", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb\nc\n"), utf8("d\n"));
    expect(await take(peer, 2)).toEqual(["a", "b"]);
    expect(await take(peer, 1)).toEqual(["c"]);
    expect(stream.reads).toBe(1);
    expect(await take(peer, 1)).toEqual(["d"]);
    expect(stream.reads).toBe(2);
  });

  it("gives out the last line that the end of input ends", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb"), undefined);
    expect(await all(peer)).toEqual(["a", "b"]);
  });

  it("waits for a message, and lets a second reader know that the first is waiting", async () => {
    const [stream, peer] = opened();
    const first = peer[Symbol.asyncIterator]().next();
    const second = peer[Symbol.asyncIterator]().next();
    await expect(second).rejects.toMatchObject({ code: "ERR_FRAMING_BUSY" });
    await expect(peer.forEach(() => {})).rejects.toMatchObject({ code: "ERR_FRAMING_BUSY" });
    stream.feed(utf8("a\nb\n"));
    expect(await first).toEqual({ done: false, value: "a" });
    expect(await take(peer, 1)).toEqual(["b"]);
  });

  it("return() ends the iterator's own wait and loses nothing", async () => {
    const [stream, peer] = opened();
    const iterator = peer[Symbol.asyncIterator]();
    stream.feed(utf8("half"));
    const waiting = iterator.next();
    await peer[Symbol.asyncIterator]().return?.();
    expect(await Promise.race([waiting, Promise.resolve("still waiting")])).toBe("still waiting");
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    stream.feed(utf8(" and half\n"));
    expect(await take(peer, 1)).toEqual(["half and half"]);
  });

  it("throws the stream's own error after the messages before it", async () => {
    const [stream, peer] = opened();
    const broken = new Error("connection reset");
    stream.feed(utf8("a\nb\nhalf"), broken);
    const received: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const value of peer) received.push(value);
    };
    await expect(loop()).rejects.toBe(broken);
    expect(received).toEqual(["a", "b"]);
    await expect(loop()).rejects.toBe(broken);
  });
});

describe("what cannot be decoded", () => {
  const loopUntilError = async <T>(peer: MessageStream<T>): Promise<[T[], unknown]> => {
    const received: T[] = [];
    try {
      for await (const value of peer) received.push(value);
    } catch (error) {
      return [received, error];
    }
    return [received, undefined];
  };

  it("by the codec throws after the messages before it, and stays", async () => {
    const stream = new FedStream();
    const peer = messages(stream, lines(), json());
    stream.feed(utf8('1\n2\n{"broken\n3\n'), utf8("4\n"), undefined);
    const [received, error] = await loopUntilError(peer);
    expect(received).toEqual([1, 2]);
    expect(error).toMatchObject({ name: "CodecError" });
    expect(await loopUntilError(peer)).toEqual([[], error]);
    await expect(peer.forEach(() => {})).rejects.toBe(error);
    // The stream is still there to answer on.
    await peer.send("sorry");
    expect(stream.written.length).toBe(1);
  });

  it("by the framer, too", async () => {
    const stream = new FedStream();
    const peer = messages(stream, lengthPrefixed({ width: 4 }), text("utf-8"));
    const bytes = lengthPrefixed({ width: 4 }).encode(utf8("a"));
    stream.feed(concat([bytes, bytes, utf8("GET / HTTP/1.1")]));
    const [received, error] = await loopUntilError(peer);
    expect(received).toEqual(["a", "a"]);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TOO_LARGE" });
    expect(await loopUntilError(peer)).toEqual([[], error]);
  });

  it("and the end inside a frame", async () => {
    const stream = new FedStream();
    const peer = messages(stream, lengthPrefixed({ width: 1 }), text("utf-8"));
    stream.feed(Uint8Array.of(1, 97, 5, 97), undefined);
    const [received, error] = await loopUntilError(peer);
    expect(received).toEqual(["a"]);
    expect(error).toMatchObject({ code: "ERR_FRAMING_TRUNCATED", missing: 4 });
    expect(await loopUntilError(peer)).toEqual([[], error]);
  });
});

describe("forEach", () => {
  it("calls for every message and resolves at the end", async () => {
    const [stream, peer] = opened();
    stream.feed(...inPieces(utf8("a\nb\n\nc"), 2), undefined);
    const received: string[] = [];
    await peer.forEach((value) => received.push(value));
    expect(received).toEqual(["a", "b", "", "c"]);
    await peer.forEach((value) => received.push(value));
    expect(received.length).toBe(4);
  });

  it("begins with what a loop left", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb\nc\n"), undefined);
    expect(await take(peer, 1)).toEqual(["a"]);
    const received: string[] = [];
    await peer.forEach((value) => received.push(value));
    expect(received).toEqual(["b", "c"]);
  });

  it("rejects with what the callback threw, and loses nothing", async () => {
    const thrown = new Error("thrown by the callback");
    for (const input of ["a\nb\nc\nd", "a\nb"]) {
      const [stream, peer] = opened();
      stream.feed(...inPieces(utf8(input), 3), undefined);
      const received: string[] = [];
      const forEach = peer.forEach((value) => {
        received.push(value);
        if (value === "b") throw thrown;
      });
      await expect(forEach).rejects.toBe(thrown);
      expect(received).toEqual(["a", "b"]);
      expect([...received, ...(await all(peer))].join("\n")).toBe(input);
    }
  });

  it("may be stopped by a throw in every call", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb\nc\nd"), undefined);
    const received: string[] = [];
    for (let round = 0; round < 4; round++) {
      const once = peer.forEach((value) => {
        received.push(value);
        throw new Error("once");
      });
      await expect(once).rejects.toThrow("once");
    }
    expect(received).toEqual(["a", "b", "c", "d"]);
    await peer.forEach(() => {
      throw new Error("there is no more");
    });
  });

  it("stops when the callback closes the stream", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb\nc\n"), undefined);
    const received: string[] = [];
    const forEach = peer.forEach((value) => {
      received.push(value);
      if (value === "b") peer.destroy();
    });
    await expect(forEach).rejects.toThrow("destroyed here");
    expect(received).toEqual(["a", "b"]);
  });
});

describe("sending and closing", () => {
  it("writes one frame a message, with the caller's signal", async () => {
    const [stream, peer] = opened();
    const { signal } = new AbortController();
    await peer.send("hello", { signal });
    expect(stream.written).toEqual([utf8("hello\n")]);
    expect(stream.signals).toEqual([signal]);
  });

  it("rejects what cannot be encoded, and writes nothing", async () => {
    const [stream, peer] = opened();
    await expect(peer.send("two\nlines")).rejects.toMatchObject({ code: "ERR_FRAMING_PAYLOAD" });
    const gbk = messages(stream, lines(), text("gbk"));
    await expect(gbk.send("\u{1f600}")).rejects.toMatchObject({ name: "CodecError" });
    expect(stream.written).toEqual([]);
  });

  it("passes end, close, destroy and disposal on", async () => {
    const [stream, peer] = opened();
    await peer.end();
    peer.destroy(new Error("why"));
    await peer.close();
    await peer[Symbol.asyncDispose]();
    expect(stream.calls).toEqual(["end", "destroy why", "close", "close"]);
  });

  it("drops decoded messages on close, and lets the stream answer readers", async () => {
    const [stream, peer] = opened();
    stream.feed(utf8("a\nb\nc\n"));
    expect(await take(peer, 1)).toEqual(["a"]);
    await peer.close();
    await expect(all(peer)).rejects.toThrow("closed here");
    await expect(peer.forEach(() => {})).rejects.toThrow("closed here");
  });

  it("answers a reader that waits when the stream is destroyed", async () => {
    const [, peer] = opened();
    const waiting = all(peer);
    peer.destroy();
    await expect(waiting).rejects.toThrow("destroyed here");
  });
});
