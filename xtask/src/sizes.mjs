// Raw, gzip and brotli sizes of every file of a folder, and their sums.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[1];
const kilobytes = (n) => (n / 1000).toFixed(1).padStart(9);
const sums = [0, 0, 0];
console.log("       kB      gzip    brotli");
for (const entry of readdirSync(folder, { withFileTypes: true }).filter((e) => e.isFile())) {
  const bytes = readFileSync(join(folder, entry.name));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length];
  sizes.forEach((size, i) => (sums[i] += size));
  console.log(`${sizes.map(kilobytes).join(" ")}  ${entry.name}`);
}
console.log(`${sums.map(kilobytes).join(" ")}  all together`);
