import { AppError, describeError } from "@netloom/app-kit";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm, rmdir, symlink, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createSocket } from "node:dgram";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SYSTEM_ERRORS } from "../src/system-errors.ts";

const en = (text: { en: string }): string => text.en;
const zh = (text: { zh: string }): string => text.zh;

async function failure(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("did not fail");
}

describe("errors of the system, as it makes them", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "app-kit-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("files", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await mkdir(join(folder, "full", "inner"), { recursive: true });
    await symlink("loop", join(folder, "loop"));
    const missing = join(folder, "missing");
    const cases: readonly (readonly [() => unknown, string, string])[] = [
      [
        () => readFile(missing),
        `${missing} does not exist: check the path`,
        `${missing} 不存在：请检查路径`,
      ],
      [
        () => mkdir(file),
        `${file} exists already: choose another name, or remove it first`,
        `${file} 已存在：请换一个名称，或先删除它`,
      ],
      [
        () => readFile(join(file, "x")),
        `${join(file, "x")}: a part of this path is not a folder`,
        `${join(file, "x")}：路径中有一部分不是文件夹`,
      ],
      [
        () => rmdir(join(folder, "full")),
        `folder ${join(folder, "full")} is not empty`,
        `文件夹 ${join(folder, "full")} 不是空的`,
      ],
      [
        () => readFile(join(folder, "loop")),
        `${join(folder, "loop")}: too many symbolic links lead to one another`,
        `${join(folder, "loop")}：符号链接互相指向，层数过多`,
      ],
    ];
    for (const [work, english, chinese] of cases) {
      const error = await failure(work);
      expect(describeError(error, en)).toBe(english);
      expect(describeError(error, zh)).toBe(chinese);
      // The same within an error of a package, which keeps it as its cause.
      expect(describeError(new Error("a package's words", { cause: error }), en)).toBe(english);
    }
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk", async () => {
    await using file = await open("/dev/full", "w");
    const error = await failure(() => file.write("x"));
    expect(describeError(error, en)).toBe(
      "no space left on the disk: free some, or choose another place",
    );
  });

  test("a port in use, over TCP and UDP", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const tcp = await failure(() => once(createServer().listen(port, "127.0.0.1"), "listening"));
    expect(describeError(tcp, en)).toBe(
      `127.0.0.1:${port} is already in use: stop the program that uses it, or choose another port`,
    );
    expect(describeError(tcp, zh)).toBe(
      `127.0.0.1:${port} 已被占用：请停止占用它的程序，或换一个端口`,
    );
    server.close();

    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    const second = createSocket("udp4");
    const udp = await failure(() =>
      once(second.bind(socket.address().port, "127.0.0.1"), "listening"),
    );
    expect(describeError(udp, en)).toContain(
      `127.0.0.1:${socket.address().port} is already in use`,
    );
    second.close();
    socket.close();
  });

  test("a refused connection names every address that was tried", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    const lookup = (
      _: string,
      __: unknown,
      done: (error: null, found: { address: string; family: number }[]) => void,
    ): void =>
      done(null, [
        { address: "127.0.0.1", family: 4 },
        { address: "127.0.0.2", family: 4 },
      ]);
    const error = await failure(() =>
      once(connect({ host: "two.test", port, lookup, autoSelectFamily: true }), "connect"),
    );
    expect(error).toBeInstanceOf(AggregateError);
    expect(describeError(error, en)).toBe(
      `127.0.0.1:${port}, 127.0.0.2:${port} refused the connection: check the address, and that the server is running`,
    );
  });

  test("a program that is not installed", async () => {
    const error = await failure(() => once(spawn("no-such-program-here"), "spawn"));
    expect(describeError(error, en)).toBe(
      "program no-such-program-here not found: check its name, and that it is installed",
    );
  });

  test("a Unix socket that nobody listens on", async () => {
    const path = join(folder, "socket");
    const error = await failure(() => once(connect(path), "connect"));
    expect(describeError(error, en)).toBe(`${path} does not exist: check the path`);
  });
});

describe("errors of the system that no test can bring about everywhere", () => {
  const system = (fields: object): Error => Object.assign(new Error("x"), fields);

  test.each<[object, string]>([
    [
      { code: "ENOTFOUND", hostname: "no.such.invalid", syscall: "getaddrinfo" },
      "host no.such.invalid not found: check the spelling",
    ],
    [
      { code: "EAI_AGAIN", hostname: "a.test" },
      "host a.test could not be looked up now: check the network, or use an IP address",
    ],
    [
      { code: "EACCES", syscall: "listen", address: "0.0.0.0", port: 80 },
      "no permission to listen on 0.0.0.0:80: ports below 1024 need more rights, choose 1024 or above",
    ],
    [
      { code: "EACCES", syscall: "bind", address: "::", port: 8080 },
      "no permission to listen on [::]:8080: choose another address or port",
    ],
    [
      { code: "EACCES", syscall: "send", address: "192.0.2.255", port: 9 },
      "this system does not permit sending to 192.0.2.255:9: check the address and the firewall",
    ],
    [
      { code: "EACCES", syscall: "open", path: "/etc/shadow" },
      "no permission for /etc/shadow: check its owner and mode, or choose another place",
    ],
    [
      { code: "EADDRINUSE", syscall: "listen", port: 80 },
      "port 80 is already in use: stop the program that uses it, or choose another port",
    ],
    [
      { code: "ETIMEDOUT", address: "::1", port: 5 },
      "[::1]:5 did not answer in time: check the address and the firewall",
    ],
    [{ code: "ENOENT", path: "a\nb" }, "a\\nb does not exist: check the path"],
  ])("%o", (fields, text) => {
    expect(describeError(system(fields), en)).toBe(text);
  });

  test("every code has a text in both languages, with a place and without", () => {
    for (const [code, describe] of Object.entries(SYSTEM_ERRORS)) {
      for (const place of [undefined, "PLACE"]) {
        for (const syscall of [undefined, "listen", "send", "spawn x"]) {
          const text = describe({ place, syscall, port: undefined });
          for (const language of [text.en, text.zh]) {
            expect(language, code).not.toMatch(/undefined|^\s|\s$| {2}|\n/);
          }
          expect(text.zh, code).toMatch(/\p{sc=Han}/u);
          expect(text.en, code).not.toMatch(/\p{sc=Han}/u);
        }
      }
    }
  });
});

describe("other errors", () => {
  test("an AppError speaks for itself, and for what lies beneath it", () => {
    const cause = Object.assign(new Error("x"), { code: "ENOENT", path: "/a" });
    const text = { en: "cannot read the configuration", zh: "无法读取配置" };
    expect(describeError(new AppError(text), zh)).toBe("无法读取配置");
    expect(describeError(new AppError(text, { cause }), zh)).toBe(
      "无法读取配置: /a 不存在：请检查路径",
    );
  });

  test("so does an error of an app's own that has a text", () => {
    const own = Object.assign(new Error("en"), {
      text: { en: "the reply is late", zh: "回复迟了" },
    });
    expect(describeError(own, zh)).toBe("回复迟了");
    for (const text of ["x", null, { en: "x" }, { en: 1, zh: 2 }]) {
      expect(describeError(Object.assign(new Error("plain"), { text }), zh)).toBe("plain");
    }
  });

  test("what the system did not name, a package's words name", () => {
    const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const broken = new Error("the connection to 127.0.0.1:80 was lost", { cause: reset });
    expect(describeError(reset, en)).toBe(
      "the other side broke the connection: try again, and look at its messages",
    );
    expect(describeError(broken, en)).toBe(`${describeError(reset, en)} (${broken.message})`);
    expect(describeError(broken, zh)).toBe(
      "对方中断了连接：请重试，并查看对方的提示（the connection to 127.0.0.1:80 was lost）",
    );
  });

  test("many errors at once: the first speaks", () => {
    const many = new AggregateError([new Error("one"), new Error("two")], "nothing worked");
    expect(describeError(many, en)).toBe("nothing worked: one");
  });

  test("the messages of a chain, each once", () => {
    const error = new Error("outer", { cause: new Error("middle", { cause: new Error("inner") }) });
    expect(describeError(error, en)).toBe("outer: middle: inner");
    expect(describeError(new Error("a: b", { cause: new Error("b") }), en)).toBe("a: b");
  });

  test("a chain that leads back to itself, and a very long one", () => {
    const loop: Error = new Error("loop");
    loop.cause = loop;
    expect(describeError(loop, en)).toBe("loop");
    let long = new Error("0");
    for (let depth = 1; depth < 100_000; depth++) long = new Error(String(depth), { cause: long });
    expect(describeError(long, en)).toMatch(/^99999: 99998/);
  });

  test("a time limit, a mistake in the program, a system error of an unknown code", async () => {
    const timeout = await failure(
      () =>
        AbortSignal.timeout(0).throwIfAborted() ??
        once(new EventTarget(), "x", { signal: AbortSignal.timeout(0) }),
    );
    expect(describeError((timeout as Error).cause ?? timeout, en)).toBe(
      "the time limit was reached",
    );
    expect(describeError(new TypeError("x is not a function"), en)).toBe(
      "unexpected error in this program: x is not a function (NETLOOM_DEBUG=1 shows where)",
    );
    expect(describeError(Object.assign(new Error("odd"), { code: "EODD" }), en)).toBe("odd");
    expect(describeError(Object.assign(new Error("p"), { code: "constructor" }), en)).toBe("p");
  });

  test("what is no error, or has no message", () => {
    expect(describeError("just text\n", en)).toBe("just text\\n");
    expect(describeError(undefined, en)).toBe("undefined");
    expect(describeError(new Error(""), en)).toBe("Error");
  });

  test("fetch's TypeError is described by its cause", async () => {
    const error = await failure(() => fetch("http://127.0.0.1:1/"));
    expect(describeError(error, en)).toBe("fetch failed: bad port");
  });
});
