import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Folder for what each run found, for machines. */
const results = process.env.TEST_RESULTS;

export default defineConfig({
  test: {
    globalSetup: "test/setup.ts",
    ...(results && { reporters: ["default", ["json", { outputFile: `${results}/${process.pid}.json` }]] }),
    setupFiles: "test/seed.ts",
    include: ["src/**/*.test.{ts,tsx}", "web/src/**/*.test.ts", "test/**/*.test.ts"],
    // Vitest leaves one core to itself, which of two is half of the machine.
    maxWorkers: availableParallelism(),
    // What is waited for comes late where the machine is busy.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    // Hooks train models and start browsers, which many tests of a file wait for.
    hookTimeout: 120_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.{ts,tsx}"],
      exclude: [
        "src/network/kernel/**",
        "src/cli/main.ts",
        // What runs in threads only, where coverage sees nothing.
        "src/training/memberWorker.ts",
        "src/server/studyThread.ts",
        "src/server/deskThread.ts",
        "src/server/{account,explanation,rehearsal}.ts",
        "src/server/people/{answers,columnGuesses,edits,exportFile,importFacts,listEdits,named,peopleDesk,personFacts,studyFacts,unanswerable}.ts",
        "src/workspace/named.ts",
        // Half of it runs there.
        "src/server/scoreThreads.ts",
        // React's hooks and the browser's own objects, which test/browser uses.
        "web/src/api.ts",
        "web/src/parts/**",
        "web/src/people/{Status,api,columns,settings}.{ts,tsx}",
        "web/src/route.ts",
      ],
      reporter: ["text-summary"],
      thresholds: { perFile: true, lines: 80, functions: 66, statements: 80, branches: 50 },
    },
  },
});
