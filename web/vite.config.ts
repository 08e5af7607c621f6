import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { marked } from "marked";
import { parse } from "yaml";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The gateway serves the contract as JSON; it is made here, beside the app.
function openapiJson(): Plugin {
  return {
    name: "openapi-json",
    apply: "build",
    generateBundle() {
      const contract = parse(readFileSync("../docs/openapi.yaml", "utf8"), { maxAliasCount: -1 });
      const source = JSON.stringify(contract);
      this.emitFile({ type: "asset", fileName: "openapi.json", source });
    },
  };
}

const guideStyle = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem;
    overflow-wrap: break-word; color: light-dark(#1a1b1e, #e9ecef); background: light-dark(#fff, #1a1b1e); }
  h1, h2, h3 { line-height: 1.25; }
  h2 { margin-top: 2.25rem; }
  a { color: light-dark(#3b57c9, #91a7ff); }
  code { font-size: 0.9em; background: light-dark(#f1f3f5, #25262b); padding: 0.1em 0.3em; border-radius: 4px;
    overflow-wrap: anywhere; }
  pre { overflow-x: auto; padding: 0.75rem 1rem; background: light-dark(#f1f3f5, #25262b); border-radius: 8px; }
  pre code { padding: 0; }
  table { border-collapse: collapse; display: block; margin: 1.25rem 0; overflow-x: auto; font-size: 0.925rem; }
  th, td { border-bottom: 1px solid light-dark(#dee2e6, #373a40); padding: 0.4rem 0.9rem 0.4rem 0; text-align: left;
    vertical-align: top; }
  td a { white-space: nowrap; }
  td:first-child code { overflow-wrap: normal; }`;

// The operator's guides, where the platform cards link to: /guides/<platform>.html.
function guides(): Plugin {
  const folder = "../docs/platforms";
  return {
    name: "guides",
    apply: "build",
    generateBundle() {
      for (const name of readdirSync(folder).filter((one) => one.endsWith(".md"))) {
        const text = readFileSync(`${folder}/${name}`, "utf8");
        const title = text.match(/^# (.*)$/m)?.[1] ?? name;
        const source =
          `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
          `<meta name="viewport" content="width=device-width, initial-scale=1">` +
          `<link rel="icon" href="/favicon.svg">` +
          `<title>${title}</title><style>${guideStyle}</style></head>` +
          `<body>${marked.parse(text, { async: false })}</body></html>`;
        this.emitFile({ type: "asset", fileName: `guides/${name.replace(".md", ".html")}`, source });
      }
    },
  };
}

// The edge sends "x.br" or "x.gz" for x to who takes it so. Made here, once and thoroughly.
function compressed(): Plugin {
  const ways = {
    ".br": (bytes: Buffer) =>
      brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    ".gz": (bytes: Buffer) => gzipSync(bytes, { level: 9 }),
  };
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const entry of readdirSync("dist", { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(html|js|css|json|svg)$/.test(entry.name)) continue;
        const file = `${entry.parentPath}/${entry.name}`;
        const bytes = readFileSync(file);
        for (const [ending, compress] of Object.entries(ways)) {
          const small = compress(bytes);
          if (small.length < bytes.length) writeFileSync(file + ending, small);
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), openapiJson(), guides(), compressed()],
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://localhost:3002/" } },
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
