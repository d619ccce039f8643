// Serves a folder under a sub-path on this machine, as any static host would.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Starts the server on a free port; resolves to { url, close }. Everything outside `prefix` is 404. `headers` are sent
 * with every file.
 */
export function serve(folder, prefix = "/", headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) || "index.html" : null;
    const file = inside === null ? null : join(folder, normalize(`/${inside}`));
    if (file === null || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    // Names carry a hash of the content, except that of the page itself.
    const cache = file.endsWith("index.html") ? "no-cache" : "public, max-age=31536000, immutable";
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Cache-Control": cache,
      ...headers,
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const url = `http://127.0.0.1:${server.address().port}${prefix}`;
      resolve({ url, close: () => server.close() });
    });
  });
}
