import { msgpack, struct, text } from "@netloom/codec";

// A binary header as a protocol's document gives it: big-endian, 2 bytes of mark, 1 of version,
// 1 unused, 4 of length. The format is that of Python's struct module.
const header = struct(">HBxI");
const head = header.pack(0xcafe, 1, 65_536);
console.log(head);
console.log(header.unpack(head));

// A message of values, for a peer that may run any language.
const greeting = msgpack<{ from: string; at: Date; photo: Uint8Array }>();
const message = greeting.encode({ from: "织网", at: new Date(0), photo: Uint8Array.of(1, 2, 3) });
console.log(message.length, greeting.decode(message));

// Text for a peer that writes GBK.
const gbk = text("gbk");
console.log(gbk.encode("你好"), gbk.decode(gbk.encode("你好")));
