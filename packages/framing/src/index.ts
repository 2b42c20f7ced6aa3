export type { ByteStream, WaitOptions } from "./byte-stream.ts";
export { FramingError, type FramingErrorCode, type FramingErrorDetails } from "./errors.ts";
export type { FrameDecoder, Framer, OnFrame } from "./framer.ts";
export { header, type Head, type HeaderOptions } from "./header.ts";
export { lengthPrefixed, type LengthPrefixedOptions } from "./length-prefixed.ts";
export { lines, type LinesOptions } from "./lines.ts";
export { messages } from "./messages.ts";
export type { MessageStream } from "./message-stream.ts";
