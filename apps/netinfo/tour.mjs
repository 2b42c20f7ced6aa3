// @ts-check
import { once } from "node:events";
import { BlockList, createServer } from "node:net";
import { networkInterfaces } from "node:os";

import { defineStep } from "@netloom/tour";

/** @param {string} stdout */
function lines(stdout) {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

export default defineStep({
  title: {
    en: "this machine's interfaces, a subnet worked out, a port traced to its process",
    zh: "本机的网络接口、计算一个子网、由端口找到进程",
  },
  /** @param {import("@netloom/tour").TourContext} tour */
  async run(tour) {
    const system = networkInterfaces();
    const { stdout, ms } = await tour.run(["interfaces", "--json"]);
    const interfaces = lines(stdout);
    for (const [name, entries = []] of Object.entries(system)) {
      const found = interfaces.find((each) => each.name === name)?.addresses ?? [];
      for (const { cidr } of entries) {
        tour.check(
          found.some((/** @type {any} */ each) => `${each.address}/${each.prefix}` === cidr),
          `${name} has ${cidr}, which was not listed`,
        );
      }
    }
    const addresses = interfaces.flatMap((each) => each.addresses);
    tour.say({
      en: `${interfaces.length} interfaces with ${addresses.length} addresses, in ${ms.toFixed(0)} ms`,
      zh: `${interfaces.length} 个接口，${addresses.length} 个地址，用时 ${ms.toFixed(0)} 毫秒`,
    });

    // The network of this machine's own address, or a usual one where it has none but loopback.
    const usual = addresses.find(
      ({ family, scope, prefix }) => family === 4 && scope !== "loopback" && prefix < 31,
    );
    const address = usual === undefined ? "192.168.10.77/20" : `${usual.address}/${usual.prefix}`;
    const [{ subnet, to }] = lines((await tour.run(["ip", address, "127.0.0.1", "--json"])).stdout);
    // Node.js's own arithmetic beside ours: the list holds the network, and nothing next to it.
    const list = new BlockList();
    list.addSubnet(subnet.network, subnet.prefix);
    for (const each of [address.split("/")[0] ?? "", subnet.first, subnet.last, subnet.broadcast]) {
      tour.check(list.check(each), `${each} was to be in ${subnet.network}/${subnet.prefix}`);
    }
    const hosts = 2 ** (32 - subnet.prefix) - 2;
    tour.check(subnet.hosts === String(hosts), `${hosts} hosts, got ${subnet.hosts}`);
    tour.check(to.kind === "itself", `127.0.0.1 is this machine itself, got ${to.kind}`);
    tour.say({
      en: `${address} is in ${subnet.network}/${subnet.prefix}: ${subnet.first} to ${subnet.last}, ${subnet.hosts} hosts`,
      zh: `${address} 在 ${subnet.network}/${subnet.prefix} 中：${subnet.first} 至 ${subnet.last}，共 ${subnet.hosts} 个主机`,
    });

    const [localhost] = lines((await tour.run(["resolve", "localhost", "--json"])).stdout);
    tour.check(localhost.answers.length > 0, "localhost was to have an address");
    tour.say({
      en: `localhost is ${localhost.answers.join(" and ")}, said the resolver in ${localhost.ms.toFixed(1)} ms`,
      zh: `解析器用 ${localhost.ms.toFixed(1)} 毫秒答复：localhost 是 ${localhost.answers.join("、")}`,
    });

    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const bound = server.address();
    const port = String(typeof bound === "object" && bound !== null ? bound.port : 0);
    try {
      if (process.platform === "linux") {
        const held = lines((await tour.run(["ports", "--port", port, "--json"])).stdout);
        const own = held.find(({ processes }) =>
          processes.some((/** @type {any} */ { pid }) => pid === process.pid),
        );
        tour.check(own, `process ${process.pid} holds port ${port}, got ${JSON.stringify(held)}`);
        tour.say({
          en: `port ${port} was opened by this tour and traced to it: process ${process.pid}, ${own.state}`,
          zh: `本次演示打开了端口 ${port}，并由端口找到自己：进程 ${process.pid}，${own.state}`,
        });
      } else {
        const { stderr } = await tour.run(["ports", "--port", port], { status: 1 });
        tour.say({ en: stderr.trim(), zh: stderr.trim() });
      }
    } finally {
      server.close();
    }

    tour.byHand("interfaces");
    tour.byHand(`ip ${address} 8.8.8.8`);
    tour.byHand("resolve localhost");
    tour.byHand("ports --listening");
  },
});
