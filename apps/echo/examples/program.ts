import { sendTcpEcho, serveTcpEcho } from "@netloom/echo";

await using server = await serveTcpEcho({ port: 0 });

for await (const reply of sendTcpEcho(["Hello", "你好"], { port: server.port, encoding: "gbk" })) {
  console.log(`${reply.text}: ${reply.bytes} bytes, ${reply.outcome}`);
}

await server.close();
console.log(server.totals);
