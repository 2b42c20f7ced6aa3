import {
  contains,
  deliveryOf,
  formatAddress,
  NetinfoError,
  parseAddress,
  parseCidr,
  rangeOf,
  subnetOf,
} from "@netloom/netinfo";

const { address, prefix = 24 } = parseCidr("192.168.10.77/20");
const subnet = subnetOf(address, prefix);
console.log(formatAddress(subnet.network), formatAddress(subnet.last), subnet.hosts);

for (const text of ["192.168.3.4", "100.64.0.1", "::1", "192.168.300.1"]) {
  try {
    const other = parseAddress(text);
    const where = contains(subnet, other) ? deliveryOf(address, prefix, other).kind : "not inside";
    console.log(`${text}: ${rangeOf(other).kind}, ${where}`);
  } catch (error) {
    if (!(error instanceof NetinfoError)) throw error;
    console.log(`${error.code} at ${error.offset}: ${error.message}`);
  }
}
