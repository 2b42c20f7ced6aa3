import { createHash, randomBytes } from "node:crypto";
import dgram from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import net from "node:net";

import { describe, expect, it } from "vitest";

import { Command, serve } from "./fixtures/command.ts";
import { connectRaw, readAll } from "./fixtures/peers.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("what it prints", () => {
  it("begins with the line that programs wait for", async () => {
    await using server = await serve("--protocol", "tcp");
    const [first] = server.stdout.split("\n");
    expect(first).toBe(
      `{"type":"listening","protocol":"tcp","host":"127.0.0.1","port":${server.port}}`,
    );
    expect(server.port).toBeGreaterThan(0);
  });

  it("serves both protocols on one port, a line for each", async () => {
    await using server = await serve();
    const { port } = server;
    expect(server.events).toEqual([
      { type: "listening", protocol: "tcp", host: "127.0.0.1", port },
      { type: "listening", protocol: "udp", host: "127.0.0.1", port },
    ]);
  });

  it("tells of each connection, each sender of datagrams, and the totals at the end", async () => {
    await using server = await serve();
    const socket = await connectRaw(server.port);
    const peer = `127.0.0.1:${socket.localPort}`;
    socket.end("twelve bytes");
    expect(String(await readAll(socket))).toBe("twelve bytes");
    await server.until("stdout", '"closed"');

    const datagrams = dgram.createSocket("udp4");
    for (const text of ["one", "two"]) {
      datagrams.send(text, server.port, "127.0.0.1");
      const [echo] = (await once(datagrams, "message")) as [Buffer];
      expect(String(echo)).toBe(text);
    }
    const sender = `127.0.0.1:${datagrams.address().port}`;
    datagrams.close();
    const { status, stderr } = await server.stop();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(server.events.slice(2)).toEqual([
      { type: "opened", protocol: "tcp", peer },
      { type: "closed", protocol: "tcp", peer, bytes: 12, ms: expect.any(Number) as number },
      { type: "sender", protocol: "udp", peer: sender },
      { type: "stopped", protocol: "tcp", count: 1, bytes: 12, failed: 0 },
      { type: "stopped", protocol: "udp", count: 2, bytes: 6, failed: 0 },
    ]);
  });

  it("has words for people in English and Chinese", async () => {
    for (const [lang, listening, stopped] of [
      ["en", "UDP echo on 127.0.0.1:", "TCP stopped: connections 1 (broken 0), echoed 2 B"],
      ["zh", "UDP 回显服务在 127.0.0.1:", "TCP 已停止：连接 1（中断 0），回显 2 B"],
    ] as const) {
      await using server = new Command(["serve", "--port", "0", "--lang", lang]);
      await server.until("stdout", listening);
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(server.stdout)?.[1]);
      const socket = await connectRaw(port);
      socket.end("hi");
      await readAll(socket);
      const { status, stdout } = await server.stop("SIGINT");
      expect(status).toBe(0);
      expect(stdout).toContain(stopped);
    }
  });
});

describe("over TCP", () => {
  it("echoes 1 MiB byte for byte, then ends as the client did", async () => {
    await using server = await serve();
    const socket = await connectRaw(server.port);
    const sent = randomBytes(1024 * 1024);
    socket.end(sent);
    const received = await readAll(socket);
    expect(received.length).toBe(sent.length);
    expect(sha256(received)).toBe(sha256(sent));
  });

  it("serves 50 clients at once, each with its own bytes", async () => {
    await using server = await serve("--protocol", "tcp");
    const sockets = await Promise.all(Array.from({ length: 50 }, () => connectRaw(server.port)));
    // All are connected before the first one is served.
    await Promise.all(
      sockets.map(async (socket) => {
        const sent = randomBytes(64 * 1024);
        socket.end(sent);
        expect(sha256(await readAll(socket))).toBe(sha256(sent));
      }),
    );
    const { status } = await server.stop();
    expect(status).toBe(0);
    expect(server.events.at(-1)).toEqual({
      type: "stopped",
      protocol: "tcp",
      count: 50,
      bytes: 50 * 64 * 1024,
      failed: 0,
    });
  });

  it("stays within bounds when a client sends and never reads, and goes on serving others", async () => {
    await using server = await serve("--protocol", "tcp");
    const peak = (): number => {
      const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
      return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
    };
    const linux = process.platform === "linux";
    const before = linux ? peak() : 0;

    const limit = 512 * 1024 * 1024;
    const chunk = Buffer.alloc(256 * 1024);
    let taken = 0;
    const greedy = await connectRaw(server.port);
    greedy.pause();
    greedy.on("error", () => {});
    const push = (): void => {
      if (taken >= limit || greedy.destroyed) return;
      greedy.write(chunk, (error) => {
        if (error) return;
        taken += chunk.length;
        push();
      });
    };
    push();

    const polite = await connectRaw(server.port);
    for (;;) {
      const seen = taken;
      // What the greedy client could still send is sent while these hundred echoes go round.
      for (let round = 0; round < 100; round++) {
        polite.write("x");
        await once(polite, "data");
      }
      if (taken >= limit || (taken > 0 && taken === seen)) break;
    }
    expect(taken).toBeLessThan(64 * 1024 * 1024);
    if (linux) expect(peak() - before).toBeLessThan(64 * 1024 * 1024);

    // Neither does such a client keep the server from stopping.
    const { status } = await server.stop();
    expect(status).toBe(0);
    greedy.destroy();
    polite.destroy();
  });

  it("survives a client that breaks off", async () => {
    await using server = await serve("--protocol", "tcp");
    const rude = await connectRaw(server.port);
    rude.write("half a");
    await once(rude, "data");
    rude.resetAndDestroy();
    await server.until("stdout", '"closed"');
    expect(server.events.at(-1)).toMatchObject({
      type: "closed",
      bytes: 6,
      error: expect.any(String) as string,
    });
    const next = await connectRaw(server.port);
    next.end("next");
    expect(String(await readAll(next))).toBe("next");
  });
});

describe("over UDP", () => {
  it("echoes every datagram as it was, empty and largest included", async () => {
    await using server = await serve("--protocol", "udp");
    const socket = dgram.createSocket("udp4");
    for (const sent of [
      Buffer.alloc(0),
      Buffer.from("你好"),
      randomBytes(1400),
      randomBytes(65_507),
    ]) {
      socket.send(sent, server.port, "127.0.0.1");
      const [echo] = (await once(socket, "message")) as [Buffer];
      expect(echo.equals(sent)).toBe(true);
    }
    socket.close();
  });
});

describe("when it is asked to stop", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends at ${signal} with status 0, ends open connections cleanly, and frees the port`, async () => {
      const server = await serve();
      const socket = await connectRaw(server.port);
      socket.write("still here");
      await once(socket, "data");
      const rest = readAll(socket);
      const { status, stderr } = await server.stop(signal);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect((await rest).length).toBe(0);
      socket.destroy();
      expect(() => process.kill(server.child.pid ?? 0, 0)).toThrow("ESRCH");

      const tcp = net.createServer().listen(server.port, "127.0.0.1");
      await once(tcp, "listening");
      tcp.close();
      const udp = dgram.createSocket("udp4").bind(server.port, "127.0.0.1");
      await once(udp, "listening");
      udp.close();
    });
  }
});
