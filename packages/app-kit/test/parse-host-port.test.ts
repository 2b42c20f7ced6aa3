import { AppError, parseHostPort } from "@netloom/app-kit";
import { expect, test } from "vitest";

test.each<[string, string, number]>([
  ["localhost:80", "localhost", 80],
  ["192.0.2.1:8080", "192.0.2.1", 8080],
  ["[::1]:80", "::1", 80],
  ["[fe80::1%eth0]:65535", "fe80::1%eth0", 65_535],
  ["主机.测试:0", "主机.测试", 0],
])("%s", (value, host, port) => {
  expect(parseHostPort(value)).toEqual({ host, port });
});

test.each([
  "",
  "localhost",
  ":80",
  "localhost:",
  "::1:80",
  "[::1]",
  "[]:80",
  "a b:80",
  "http://a:80",
  "me@a:80",
  "a:65536",
  "a:-1",
  "a:8 0",
  "[::1]80",
  "a:80\n",
])("%j is refused", (value) => {
  expect(() => parseHostPort(value)).toThrow(AppError);
  expect(() => parseHostPort(value)).toThrow(/expected host:port such as localhost:8080/);
});
