// Programs of others at either end: whoever can open a socket can talk to this app.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { runJson, serve } from "./fixtures/command.ts";
import { Program, installed } from "./fixtures/programs.ts";

const exec = promisify(execFile);
const python = fileURLToPath(new URL("fixtures/echo.py", import.meta.url));

describe.skipIf(!installed("python3"))("Python's socket module", () => {
  for (const protocol of ["tcp", "udp"] as const) {
    for (const encoding of ["utf-8", "gbk"] as const) {
      it(`as a ${protocol} client, in ${encoding}`, async () => {
        await using server = await serve();
        const args = [python, "send", protocol, String(server.port), encoding, "你好", "plain"];
        const { stdout } = await exec("python3", args);
        expect(stdout).toBe("ok\n");
      });

      it(`as a ${protocol} server, in ${encoding}`, async () => {
        await using server = new Program("python3", [python, "serve", protocol]);
        const [port = ""] = await server.match("stdout", /\d+(?=\n)/);
        const { status, events } = await runJson([
          "send",
          "--protocol",
          protocol,
          "--encoding",
          encoding,
          "--port",
          port,

          "你好",
          "plain",
        ]);
        expect(status).toBe(0);
        expect(events.at(-1)).toMatchObject({ type: "summary", sent: 2, same: 2, lost: 0 });
      });
    }
  }
});

describe.skipIf(!installed("socat", "-V"))("socat", () => {
  it("as a TCP client that half-closes", async () => {
    await using server = await serve();
    await using client = new Program("socat", ["-t5", "-", `TCP:127.0.0.1:${server.port}`]);
    client.child.stdin.end("from socat\n");
    await once(client.child, "close");
    expect(client.stdout).toBe("from socat\n");
  });

  it("as a UDP client", async () => {
    await using server = await serve();
    await using client = new Program("socat", ["-", `UDP:127.0.0.1:${server.port}`]);
    client.child.stdin.write("from socat");
    await client.match("stdout", /from socat/);
  });

  for (const protocol of ["tcp", "udp"] as const) {
    it(`as a ${protocol} server`, async () => {
      const listen = `${protocol.toUpperCase()}4-LISTEN:0,bind=127.0.0.1,fork`;
      await using server = new Program("socat", ["-d", "-d", listen, "PIPE"]);
      const [, port = ""] = await server.match("stderr", /listening on .*:(\d+)/);
      const { status } = await runJson(["send", "--protocol", protocol, "--port", port, "你好"]);
      expect(status).toBe(0);
    });
  }
});
