import { libraryMatcher, libraryNames, libraryPattern } from "@netloom/regex-toolbox";

console.log(libraryNames().length);
const mobile = libraryPattern("mobile-cn");
if (mobile !== undefined) {
  const isMobile = libraryMatcher(mobile);
  console.log(mobile.pattern, isMobile("13812345678"), isMobile("12812345678"));
}
