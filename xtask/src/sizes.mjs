// Raw, gzip and brotli sizes of every file of a folder, and the sums of those that every page loads.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[1];
const kilobytes = (n) => (n / 1000).toFixed(1).padStart(9);
const sums = [0, 0, 0];
// Loaded when somebody asks for it.
const isOnDemand = (name) => name.startsWith("clerk") || name.endsWith("_more.wasm") || name === "breast_cancer.txt";
console.log("       kB      gzip    brotli");
for (const entry of readdirSync(folder, { withFileTypes: true }).filter((e) => e.isFile())) {
  const bytes = readFileSync(join(folder, entry.name));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length];
  if (!isOnDemand(entry.name)) sizes.forEach((size, i) => (sums[i] += size));
  console.log(`${sizes.map(kilobytes).join(" ")}  ${entry.name}${isOnDemand(entry.name) ? " (on demand)" : ""}`);
}
console.log(`${sums.map(kilobytes).join(" ")}  loaded by every page`);
