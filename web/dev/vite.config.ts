// `npm run dev`: the app with a made-up server behind it, or with a real one: HERALD=http://localhost:3002
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { answerApi } from "./mock/routes";

const real = process.env.HERALD;

function mockApi(): Plugin {
  return {
    name: "mock-api",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (real || !request.url?.startsWith("/api/")) return next();
        answerApi(request, response).catch(next);
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), mockApi()],
  server: {
    port: Number(process.env.PORT ?? 40300),
    strictPort: true,
    proxy: real ? { "/api": real } : undefined,
  },
});
