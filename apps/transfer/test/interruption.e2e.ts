import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { AppProcess, serve } from "./fixtures/app-process.ts";
import { sha256, someBytes } from "./fixtures/bytes.ts";
import { frame, messagesIn, rawConnection, received, tap } from "./fixtures/raw-peer.ts";
import { namesIn, scratchFolder } from "./fixtures/scratch.ts";

const size = 8 * 1024 * 1024;
const hold = (chunk: Buffer, offset: number): Buffer | "hold" =>
  offset > size / 2 ? "hold" : chunk;

async function sharedFile(): Promise<{ folder: string; shared: string }> {
  const folder = await scratchFolder();
  const shared = join(folder, "shared");
  await mkdir(shared);
  await writeFile(join(shared, "a.bin"), someBytes(size));
  return { folder, shared };
}

/** Resolves when the app has told of progress: then it is in the middle. */
const inTheMiddle = (app: AppProcess): Promise<true> =>
  app.until(({ stderr }) => (stderr.includes("a.bin") ? true : undefined));

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("leaves nothing of a download after %s", async (signal, status) => {
  const { folder, shared } = await sharedFile();
  const { port, untilRequests } = await serve(shared);
  const held = await tap(port, { toClient: hold });
  const app = new AppProcess(["get", "a.bin", "--port", String(held)], { cwd: folder });
  await inTheMiddle(app);
  expect((await namesIn(folder)).some((name) => name.endsWith(".part"))).toBe(true);
  const ended = await app.stop(signal);
  expect(ended).toMatchObject({ status, stdout: "" });
  expect(ended.stderr).not.toContain("netloom-transfer:");
  expect(await namesIn(folder)).toEqual(["shared", "shared/a.bin"]);
  expect(await untilRequests(1)).toMatchObject([
    { op: "get", code: expect.stringMatching(/^ERR_TRANSFER_(STOPPED|LOST)$/) },
  ]);
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("leaves nothing of an upload after %s", async (signal, status) => {
  const { folder, shared } = await sharedFile();
  const { port, untilRequests } = await serve(shared, ["--allow-upload"]);
  const held = await tap(port, { toServer: hold });
  const args = ["put", "shared/a.bin", "--as", "b.bin", "--port", String(held)];
  const app = new AppProcess(args, { cwd: folder });
  await app.until(({ stderr }) => (stderr.includes("b.bin") ? true : undefined));
  expect(await app.stop(signal)).toMatchObject({ status, stdout: "" });
  expect(await untilRequests(1)).toMatchObject([
    { op: "put", code: expect.stringMatching(/^ERR_TRANSFER_(STOPPED|LOST)$/) },
  ]);
  expect(await namesIn(folder)).toEqual(["shared", "shared/a.bin"]);
});

it.each(["SIGTERM", "SIGINT"] as const)("stops a server that is idle on %s", async (signal) => {
  const { shared } = await sharedFile();
  const { app, port } = await serve(shared);
  const idle = rawConnection(port);
  await once(idle, "connect");
  const { status, stderr } = await app.stop(signal);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

it("tells a client in the middle that the server was stopped, and keeps nothing", async () => {
  const { shared } = await sharedFile();
  const { app, port } = await serve(shared, ["--allow-upload"]);
  const socket = rawConnection(port);
  const answers = received(socket);
  socket.write(frame({ type: "request", op: "put", name: "b.bin", size, mtimeMs: 0 }));
  await once(socket, "data");
  socket.write(frame({ type: "data", bytes: Buffer.from("half") }));
  const { status, stdout } = await app.stop();
  expect(status).toBe(0);
  expect(messagesIn(await answers)).toMatchObject([
    { type: "accept" },
    { type: "error", code: "ERR_TRANSFER_STOPPED" },
  ]);
  expect(stdout).toContain('"code":"ERR_TRANSFER_STOPPED"');
  expect(await namesIn(shared)).toEqual(["a.bin"]);
});

it("lets a transfer end that is nearly done when the server is stopped", async () => {
  const { shared } = await sharedFile();
  const { app, port } = await serve(shared, ["--allow-upload"]);
  const socket = rawConnection(port);
  const answers = received(socket);
  socket.write(frame({ type: "request", op: "put", name: "b.bin", size: 8, mtimeMs: 0 }));
  await once(socket, "data");
  socket.write(frame({ type: "data", bytes: Buffer.from("half") }));
  const ended = app.stop();
  // It is stopping when nobody new is let in.
  for (let open = true; open;) {
    const probe = rawConnection(port);
    const refused = new Promise<boolean>((resolve) => probe.once("error", () => resolve(true)));
    open = !(await Promise.race([refused, once(probe, "connect").then(() => false)]));
    probe.destroy();
  }
  socket.write(frame({ type: "data", bytes: Buffer.from("half") }));
  socket.write(frame({ type: "end", sha256: Buffer.from(sha256(Buffer.from("halfhalf")), "hex") }));
  expect(messagesIn(await answers)).toMatchObject([{ type: "accept" }, { type: "done" }]);
  expect(await ended).toMatchObject({ status: 0 });
  expect(await namesIn(shared)).toEqual(["a.bin", "b.bin"]);
});

it("ends at once at the second signal", async () => {
  const { shared } = await sharedFile();
  const { app, port } = await serve(shared, ["--allow-upload"]);
  const socket = rawConnection(port);
  socket.write(frame({ type: "request", op: "put", name: "b.bin", size, mtimeMs: 0 }));
  await once(socket, "data");
  app.child.kill("SIGTERM");
  // Said when stopping takes its time: the first signal has been heard by then.
  await app.until(({ stderr }) => (stderr.includes("still stopping") ? true : undefined));
  expect((await app.stop("SIGTERM")).status).toBe(143);
});

it("ends well when nobody reads its list any more", async () => {
  const { shared } = await sharedFile();
  await Promise.all(
    Array.from({ length: 3_000 }, (_, index) => writeFile(join(shared, `f${index}`), "")),
  );
  const { at } = await serve(shared);
  const app = new AppProcess(["list", ...at]);
  app.child.stdout.destroy();
  expect(await app.ended).toMatchObject({ status: 0, stderr: "" });
});
