import { describe, it } from "vitest";
import { byteStreamContract, type ByteStreamFactory } from "@netloom/testing";
import { pair } from "./peers.ts";

const factory = (name: string, turned: boolean): ByteStreamFactory => ({
  name,
  pair: async () => {
    const { client, server } = await pair();
    return turned ? [server, client] : [client, server];
  },
  codes: {
    closed: ["ERR_TCP_CLOSED"],
    broken: ["ERR_TCP_BROKEN"],
    aborted: ["ERR_TCP_ABORTED"],
    busy: ["ERR_TCP_BUSY"],
  },
});

for (const [name, turned] of [
  ["tcp, client and server", false],
  ["tcp, server and client", true],
] as const) {
  describe(`byteStreamContract over ${name}`, () => {
    for (const { name: title, run } of byteStreamContract)
      it(title, () => run(factory(name, turned)));
  });
}
