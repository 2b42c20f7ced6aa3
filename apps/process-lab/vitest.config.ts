export { default } from "@netloom/vitest";
