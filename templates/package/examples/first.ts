import { clamp } from "@netloom/__name__";

console.log(clamp(12, 0, 10));
