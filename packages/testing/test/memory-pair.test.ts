import { describe, expect, it } from "vitest";
import { lines, messages, type ByteStream } from "@netloom/framing";
import { memoryPair, TestingError } from "@netloom/testing";

const utf8 = {
  encode: (text: string): Uint8Array => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array): string => new TextDecoder().decode(bytes),
};

async function sizesOf(stream: ByteStream): Promise<number[]> {
  const sizes: number[] = [];
  for await (const chunk of stream) sizes.push(chunk.length);
  return sizes;
}

describe("memoryPair", () => {
  it("gives out what is buffered as one chunk, up to chunkBytes", async () => {
    const [a, b] = memoryPair({ chunkBytes: 4 });
    for (const size of [1, 2, 6]) await a.write(new Uint8Array(size));
    await a.end();
    expect(await sizesOf(b)).toEqual([4, 4, 1]);
    const [c, d] = memoryPair({ chunkBytes: 1 });
    await c.write(new Uint8Array(5));
    await c.end();
    expect(await sizesOf(d)).toEqual([1, 1, 1, 1, 1]);
  });

  it("makes writes wait from highWaterBytes on", async () => {
    const [a, b] = memoryPair({ highWaterBytes: 10 });
    const settled: string[] = [];
    await a.write(new Uint8Array(9));
    await a.write(new Uint8Array(100));
    const waiting = a.write(new Uint8Array(1)).then(() => settled.push("written"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual([]);
    for await (const chunk of b) {
      expect(chunk.length).toBe(109);
      break;
    }
    await waiting;
    expect(settled).toEqual(["written"]);
  });

  it("refuses options and arguments outside their bounds", async () => {
    for (const value of [0, -1, 1.5, Number.NaN, Infinity]) {
      for (const name of ["highWaterBytes", "chunkBytes"]) {
        expect(() => memoryPair({ [name]: value })).toThrow(TestingError);
        expect(() => memoryPair({ [name]: value })).toThrow(
          `${name} is ${value}; allowed is an integer of at least 1`,
        );
      }
    }
    const [a] = memoryPair();
    await expect(a.write("text" as unknown as Uint8Array)).rejects.toMatchObject({
      code: "ERR_TESTING_ARGUMENT",
      message: "write takes a Uint8Array, not string",
    });
  });

  it("loses what was not read when the peer destroys the stream", async () => {
    const [a, b] = memoryPair();
    await a.write(new Uint8Array(10));
    a.destroy();
    await expect(sizesOf(b)).rejects.toMatchObject({ code: "ERR_TESTING_BROKEN" });
  });

  it("refuses a write at once when the peer has closed", async () => {
    const [a, b] = memoryPair();
    await b.close();
    await expect(a.write(new Uint8Array(1))).rejects.toMatchObject({ code: "ERR_TESTING_BROKEN" });
    expect(await sizesOf(a)).toEqual([]);
    await a.end();
  });

  it("does not break a peer that has everything when it destroys itself", async () => {
    const [a, b] = memoryPair();
    await a.write(new Uint8Array(3));
    await Promise.all([a.end(), b.end()]);
    expect(await sizesOf(a)).toEqual([]);
    a.destroy();
    expect(await sizesOf(b)).toEqual([3]);
  });

  it("keeps end() resolved when it was before the peer broke the stream", async () => {
    const [a, b] = memoryPair();
    await a.end();
    b.destroy();
    await a.end();
    await expect(sizesOf(a)).rejects.toMatchObject({ code: "ERR_TESTING_BROKEN" });
    await expect(a.write(new Uint8Array(1))).rejects.toMatchObject({ code: "ERR_TESTING_CLOSED" });
  });
});

describe("messages over memoryPair", () => {
  const values = Array.from({ length: 1000 }, (_, index) => `message ${index}`);

  it.each([1, 5, 65_536])(
    "keeps 1,000 messages apart, in chunks of up to %i bytes",
    async (size) => {
      const [a, b] = memoryPair({ chunkBytes: size, highWaterBytes: 100 });
      const [client, server] = [messages(a, lines(), utf8), messages(b, lines(), utf8)];
      const sending = (async () => {
        for (const value of values) await client.send(value);
        await client.end();
      })();
      const received: string[] = [];
      for await (const value of server) received.push(value);
      await sending;
      expect(received).toEqual(values);
      await Promise.all([client.close(), server.close()]);
    },
  );

  it("answers each message, by loop and by callback", async () => {
    const [a, b] = memoryPair();
    const [client, server] = [messages(a, lines(), utf8), messages(b, lines(), utf8)];
    const serving = (async () => {
      await server.forEach((value) => void server.send(value.toUpperCase()));
      await server.end();
    })();
    const answers: string[] = [];
    await client.send("one");
    for await (const answer of client) {
      answers.push(answer);
      if (answers.length === 3) break;
      await client.send(`and ${answers.length + 1}`);
    }
    await client.end();
    await serving;
    expect(answers).toEqual(["ONE", "AND 2", "AND 3"]);
  });

  it("sends an aborted message not at all", async () => {
    const [a, b] = memoryPair({ highWaterBytes: 1 });
    const [client, server] = [messages(a, lines(), utf8), messages(b, lines(), utf8)];
    await client.send("first");
    const controller = new AbortController();
    const second = client.send("second", { signal: controller.signal });
    const third = client.send("third");
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "ERR_TESTING_ABORTED" });
    const end = client.end();
    const received: string[] = [];
    await server.forEach((value) => received.push(value));
    await Promise.all([third, end]);
    expect(received).toEqual(["first", "third"]);
  });

  it("does not take a break for an end", async () => {
    const [a, b] = memoryPair();
    const [client, server] = [messages(a, lines(), utf8), messages(b, lines(), utf8)];
    const receiving = server.forEach(() => {});
    await client.send("whole");
    client.destroy(new Error("crashed"));
    await expect(receiving).rejects.toMatchObject({ code: "ERR_TESTING_BROKEN" });
  });
});
