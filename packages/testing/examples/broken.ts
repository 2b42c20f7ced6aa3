import { memoryPair, TestingError } from "@netloom/testing";

// What does the code under test do when the peer vanishes in the middle of a message?
const [client, server] = memoryPair({ chunkBytes: 1 });
await client.write(new TextEncoder().encode("only ha"));

let received = "";
try {
  for await (const chunk of server) {
    received += new TextDecoder().decode(chunk);
    if (received === "only") client.destroy();
  }
  console.log("the peer has ended");
} catch (error) {
  if (!(error instanceof TestingError)) throw error;
  console.log(`after "${received}":`, error.code);
}
