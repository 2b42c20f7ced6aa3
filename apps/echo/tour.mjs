// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { defineStep } from "@netloom/tour";

const chinese = ["织网：把一台台机器连成一张网。", "你好，世界！Hello, world!"];

export default defineStep({
  title: {
    en: "texts go to an echo server and come back, in UTF-8 and GBK, over TCP and UDP",
    zh: "文本以 UTF-8 和 GBK、经 TCP 和 UDP 发往回显服务器再返回",
  },
  /** @param {import("@netloom/tour").TourContext} tour */
  async run(tour) {
    const readme = readFileSync(join(tour.root, "README.md"), "utf8").split("\n");
    const texts = [...chinese, ...readme.filter((line) => /^[ -~]+$/.test(line)).slice(0, 3)];
    const server = await tour.serve(["serve", "--port", "0"]);

    for (const protocol of ["tcp", "udp"]) {
      for (const encoding of ["utf-8", "gbk"]) {
        const { port } = server;
        const tap = await (protocol === "tcp" ? tour.tapTcp(port) : tour.tapUdp(port));
        const { stdout, ms } = await tour.run([
          "send",
          "--protocol",
          protocol,
          "--encoding",
          encoding,

          "--port",
          String(tap.port),
          "--json",
          "--",
          ...texts,
        ]);
        const events = stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
        const summary = events.at(-1);
        tour.check(
          summary.type === "summary" && summary.same === texts.length,
          `${texts.length} texts were to come back, got ${JSON.stringify(summary)}`,
        );
        // What the tap has seen is compared with the encoding by hand: 织 is 7ec7 in Unicode.
        const first = encoding === "gbk" ? "d6afcdf8" : "e7bb87e7bd91";
        for (const side of [tap.sent, tap.received]) {
          const seen = side.first.toString("hex");
          tour.check(seen.startsWith(first), `${encoding} begins with ${first}, got ${seen}`);
        }
        const trip = summary.ms.min.toFixed(2);
        tour.say({
          en: `${protocol.toUpperCase()}, ${encoding}: ${texts.length} texts came back as sent, fastest round trip ${trip} ms, ${ms.toFixed(0)} ms in all`,
          zh: `${protocol.toUpperCase()}，${encoding}：${texts.length} 个文本原样返回，最快往返 ${trip} 毫秒，共 ${ms.toFixed(0)} 毫秒`,
        });
        tour.wire(tap);
      }
    }

    const status = await server.stop();
    tour.check(status === 0, `the server ended with ${status}`);
    const totals = server.events.filter(({ type }) => type === "stopped");
    tour.check(totals.length === 2, `the server told ${JSON.stringify(totals)} at its end`);
    tour.say({ en: "By hand, in two terminals:", zh: "手动运行，用两个终端：" });
    tour.byHand("serve");
    tour.byHand(`send --protocol udp --encoding gbk 你好，世界！`);
  },
});
