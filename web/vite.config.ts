import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
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

export default defineConfig({
  plugins: [react(), openapiJson()],
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://localhost:3002/" } },
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
