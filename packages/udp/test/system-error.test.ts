import { describe, expect, it } from "vitest";
import { UdpError } from "@netloom/udp";
import { systemError } from "../src/system-error.ts";

describe("systemError", () => {
  it.each([
    ["EMSGSIZE", "ERR_UDP_TOO_LARGE"],
    ["EADDRINUSE", "ERR_UDP_ADDRESS_IN_USE"],
    ["EACCES", "ERR_UDP_NOT_PERMITTED"],
    ["EPERM", "ERR_UDP_NOT_PERMITTED"],
    ["ENOTFOUND", "ERR_UDP_NOT_FOUND"],
    ["EAI_AGAIN", "ERR_UDP_NOT_FOUND"],
    ["EHOSTUNREACH", "ERR_UDP_UNREACHABLE"],
    ["ENETUNREACH", "ERR_UDP_UNREACHABLE"],
    ["EADDRNOTAVAIL", "ERR_UDP_UNREACHABLE"],
    ["EMFILE", "ERR_UDP_LIMIT"],
    ["ENOBUFS", "ERR_UDP_LIMIT"],
    ["EINVAL", "ERR_UDP_UNREACHABLE"],
    ["EIO", "ERR_UDP_SYSTEM"],
    ["__proto__", "ERR_UDP_SYSTEM"],
  ])("%s is %s", (code, expected) => {
    const cause = Object.assign(new Error(`send ${code}`), { code, syscall: "send" });
    const error = systemError("cannot send 1 bytes to 127.0.0.1:1", cause);
    expect(error).toBeInstanceOf(UdpError);
    expect(error).toMatchObject({ name: "UdpError", code: expected, cause });
    expect(error.message).toMatch(/^cannot send 1 bytes to 127\.0\.0\.1:1: .+/);
    expect(error.message).toContain(`(${code})`);
  });

  it("an error without a code keeps its message", () => {
    expect(systemError("cannot bind [::1]:1", new Error("strange")).message).toBe(
      "cannot bind [::1]:1: strange",
    );
  });
});
