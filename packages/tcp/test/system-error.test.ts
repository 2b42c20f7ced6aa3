import { describe, expect, it } from "vitest";
import { TcpError } from "@netloom/tcp";
import { brokenError, systemError } from "../src/system-error.ts";

const system = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`connect ${code}`), { code, syscall: "connect" });

describe("systemError", () => {
  it.each([
    ["ECONNREFUSED", "ERR_TCP_REFUSED"],
    ["EADDRINUSE", "ERR_TCP_ADDRESS_IN_USE"],
    ["EACCES", "ERR_TCP_NOT_PERMITTED"],
    ["EPERM", "ERR_TCP_NOT_PERMITTED"],
    ["ENOTFOUND", "ERR_TCP_NOT_FOUND"],
    ["EAI_AGAIN", "ERR_TCP_NOT_FOUND"],
    ["EHOSTUNREACH", "ERR_TCP_UNREACHABLE"],
    ["ENETUNREACH", "ERR_TCP_UNREACHABLE"],
    ["EADDRNOTAVAIL", "ERR_TCP_UNREACHABLE"],
    ["EAFNOSUPPORT", "ERR_TCP_UNREACHABLE"],
    ["ETIMEDOUT", "ERR_TCP_TIMEOUT"],
    ["ECONNRESET", "ERR_TCP_BROKEN"],
    ["EMFILE", "ERR_TCP_LIMIT"],
    ["ENOBUFS", "ERR_TCP_LIMIT"],
    ["EINVAL", "ERR_TCP_SYSTEM"],
    ["__proto__", "ERR_TCP_SYSTEM"],
  ])("%s is %s", (code, expected) => {
    const cause = system(code);
    const error = systemError("cannot connect to 127.0.0.1:1", cause);
    expect(error).toBeInstanceOf(TcpError);
    expect(error).toMatchObject({ name: "TcpError", code: expected, cause });
    expect(error.message).toMatch(/^cannot connect to 127\.0\.0\.1:1: .+/);
    expect(error.message).toContain(`(${code})`);
  });

  it("an error without a code keeps its message", () => {
    const error = systemError("cannot listen on [::1]:1", new Error("strange"));
    expect(error).toMatchObject({
      code: "ERR_TCP_SYSTEM",
      message: "cannot listen on [::1]:1: strange",
    });
  });
});

describe("brokenError", () => {
  it.each(["ECONNRESET", "EPIPE", "ECONNABORTED", "ETIMEDOUT", "ENOBUFS", "EWHATEVER"])(
    "%s of an open connection is ERR_TCP_BROKEN",
    (code) => {
      const cause = system(code);
      expect(brokenError("127.0.0.1:1", cause)).toMatchObject({ code: "ERR_TCP_BROKEN", cause });
    },
  );

  it("needs no error", () => {
    expect(brokenError("127.0.0.1:1").message).toBe("the connection with 127.0.0.1:1 broke");
  });
});
