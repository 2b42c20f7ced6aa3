import { FramingError, lengthPrefixed } from "@netloom/framing";

// A browser has connected to a port that speaks another protocol.
const decoder = lengthPrefixed({ width: 4 }).decoder();
const request = new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
try {
  decoder.push(request, () => {});
} catch (error) {
  if (!(error instanceof FramingError)) throw error;
  console.log(error.code, error.size, error.limit);
  console.log(error.message);
}
