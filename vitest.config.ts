import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "test/setup.ts",
    setupFiles: "test/seed.ts",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      exclude: [
        "src/network/kernel/**",
        "src/**/testing/**",
        "src/cli/main.ts",
        "src/training/memberWorker.ts",
      ],
      reporter: ["text-summary"],
      thresholds: { perFile: true, lines: 80, functions: 70, statements: 80, branches: 60 },
    },
  },
});
