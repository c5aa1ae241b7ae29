import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The page, built into `dist/web` and served by `insights serve`. While it is worked on, `npx vite web` asks that server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // The licences of all that is bundled ask to be handed on with it.
    license: { fileName: "licenses.md" },
    // The charts are a file of their own, fetched when the first is drawn.
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:4321" } },
});
