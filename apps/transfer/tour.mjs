// @ts-check
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { defineStep } from "@netloom/tour";

const MEBI = 1024 * 1024;

/** @param {string} file */
const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Bytes that look random and are the same in every run (xorshift32). @param {number} size */
function someBytes(size) {
  const words = new Uint32Array(size / 4);
  let state = 2_463_534_242;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer);
}

export default defineStep({
  title: {
    en: "files both ways, with their SHA-256 checked at the end",
    zh: "双向传输文件，结束时校验 SHA-256",
  },
  /** @param {import("@netloom/tour").TourContext} tour */
  async run(tour) {
    const shared = join(tour.folder, "shared");
    mkdirSync(shared);
    const lockfile = join(tour.root, "pnpm-lock.yaml");
    writeFileSync(join(shared, "pnpm-lock.yaml"), readFileSync(lockfile));
    const large = join(tour.folder, "64MiB.bin");
    writeFileSync(large, someBytes(64 * MEBI));

    const server = await tour.serve(["serve", shared, "--port", "0", "--allow-upload"]);
    const tap = await tour.tapTcp(server.port);
    /** @param {string[]} args @param {{ port?: number, status?: number }} [options] */
    const run = (args, { port = server.port, status = 0 } = {}) =>
      tour.run([...args, "--port", String(port), "--json"], { status });
    /** What the app itself measured, without the start of its process. @param {string} stdout */
    const moved = (stdout) => {
      /** @type {{ type: string, size: number, ms: number, sha256: string }} */
      const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
      const rate = Math.round(result.size / 1000 / Math.max(1, result.ms));
      return { ...result, rate };
    };

    tour.byHand("serve FOLDER --allow-upload");
    tour.byHand("get pnpm-lock.yaml");
    const got = moved((await run(["get", "pnpm-lock.yaml"], { port: tap.port })).stdout);
    const copy = join(tour.folder, "pnpm-lock.yaml");
    tour.check(sha256(copy) === sha256(lockfile), "the lockfile that was fetched is another one");
    tour.check(got.sha256 === sha256(lockfile), "the app reported another digest for the lockfile");
    tour.say({
      en: `fetched this repository's lockfile, ${got.size} bytes in ${got.ms} ms; SHA-256 the same at both ends`,
      zh: `已下载本仓库的 lockfile，${got.size} 字节，用时 ${got.ms} 毫秒；两端 SHA-256 相同`,
    });
    tour.wire(tap);

    tour.byHand("put pnpm-lock.yaml --as 锁.yaml");
    await run(["put", lockfile, "--as", "锁.yaml"]);
    tour.check(
      sha256(join(shared, "锁.yaml")) === sha256(lockfile),
      "the lockfile that was sent is another one",
    );

    tour.byHand("put 64MiB.bin");
    const put = moved((await run(["put", large])).stdout);
    tour.check(
      sha256(join(shared, "64MiB.bin")) === sha256(large),
      "the 64 MiB that were sent are others",
    );
    const back = moved((await run(["get", "64MiB.bin", "-o", "back.bin"])).stdout);
    tour.check(
      sha256(join(tour.folder, "back.bin")) === sha256(large),
      "the 64 MiB that came back are others",
    );
    tour.say({
      en: `64 MiB there at ${put.rate} MB/s and back at ${back.rate} MB/s, both digests the same`,
      zh: `64 MiB 上传 ${put.rate} MB/s，下载 ${back.rate} MB/s，摘要均一致`,
    });

    tour.byHand("list");
    const listed = (await run(["list"])).stdout;
    for (const name of ["64MiB.bin", "pnpm-lock.yaml", "锁.yaml"]) {
      tour.check(listed.includes(JSON.stringify(name)), `the list lacks ${name}: ${listed}`);
    }

    for (const name of ["nothing-here.txt", "../64MiB.bin"]) {
      tour.byHand(`get ${name}`);
      const { stderr } = await run(["get", name, "-o", "refused"], { status: 1 });
      const { code, message } = JSON.parse(stderr);
      tour.check(
        typeof message === "string" && message.includes(name),
        `no clear answer: ${stderr}`,
      );
      tour.say({ en: `refused: ${message}`, zh: `已拒绝：${message}` });
      tour.check(code !== undefined, `no code: ${stderr}`);
    }

    const status = await server.stop();
    tour.check(status === 0, `the server ended with ${status}`);
    const served = server.events.filter(({ type }) => type === "request").length;
    tour.check(served === 7, `the server told of ${served} requests, not of 7`);
  },
});
