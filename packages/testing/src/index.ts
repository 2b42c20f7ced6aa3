export { byteStreamContract } from "./byte-stream-contract/byte-stream-contract.ts";
export type {
  ByteStreamCodes,
  ByteStreamFactory,
  ContractCase,
} from "./byte-stream-contract/contract.ts";
export { TestingError, type TestingErrorCode } from "./errors.ts";
export { memoryPair, type MemoryPairOptions } from "./memory-pair.ts";
