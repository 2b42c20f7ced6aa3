import { TransferError } from "./errors.ts";

/** Latest time that a `Date` can hold, in milliseconds either side of 1970 (ECMA-262, 21.4.1.1). */
const maxTimeMs = 8.64e15;

/**
 * Reads the fields of a control message that a peer has sent: each must be of its type and within
 * its bounds. Fields that nobody asks for are ignored.
 *
 * @throws {TransferError} `ERR_TRANSFER_PROTOCOL`, from every method, naming the field
 */
export class MessageFields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw protocolError("a control message that is no map");
    }
    this.#fields = value as Record<string, unknown>;
  }

  /** Text of at most `maxBytes` bytes in UTF-8. */
  text(name: string, maxBytes: number): string {
    const value = this.#get(name);
    if (typeof value !== "string" || Buffer.byteLength(value) > maxBytes) {
      throw protocolError(`"${name}" is no text of at most ${maxBytes} bytes`);
    }
    return value;
  }

  /** A whole number that is not negative and exact. */
  size(name: string): number {
    const value = integer(this.#get(name));
    if (value === undefined || value < 0) throw protocolError(`"${name}" is no amount`);
    return value;
  }

  /** As `size`, or undefined where the field is absent. */
  optionalSize(name: string): number | undefined {
    return this.#get(name) === undefined ? undefined : this.size(name);
  }

  /** Milliseconds since 1970, whole. */
  time(name: string): number {
    const value = integer(this.#get(name));
    if (value === undefined || Math.abs(value) > maxTimeMs) {
      throw protocolError(`"${name}" is no time`);
    }
    return value;
  }

  flag(name: string): boolean {
    const value = this.#get(name);
    if (typeof value !== "boolean") throw protocolError(`"${name}" is neither true nor false`);
    return value;
  }

  /** Exactly `length` bytes. */
  bytes(name: string, length: number): Uint8Array {
    const value = this.#get(name);
    if (!(value instanceof Uint8Array) || value.length !== length) {
      throw protocolError(`"${name}" has not ${length} bytes`);
    }
    return value;
  }

  /** 1 to `max` maps. */
  list(name: string, max: number): readonly MessageFields[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length === 0 || value.length > max) {
      throw protocolError(`"${name}" is no list of 1 to ${max}`);
    }
    return value.map((item) => new MessageFields(item));
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }
}

// Another program may write every integer in 64 bits, which decodes to a bigint.
function integer(value: unknown): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

/** The error for a peer that does not keep to the protocol. */
export function protocolError(what: string, cause?: unknown): TransferError {
  return new TransferError(
    "ERR_TRANSFER_PROTOCOL",
    {
      en: `the other side does not speak the protocol of netloom-transfer: ${what}`,
      zh: `对方使用的不是 netloom-transfer 的协议：${what}`,
    },
    { cause },
  );
}
