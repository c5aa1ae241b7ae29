import { Option } from "commander";
import { debugOption, mapOption, wholeNumber } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights serve` and its options. */
export const declareServe: Declare = (program, effects, end) => {
  program
    .command("serve")
    .description("open the page and the HTTP API on this machine")
    .argument("[words...]", "a model's folder and a file of profiles, both optional")
    .addOption(
      new Option("--port <number>", "port; 0 takes any that is free")
        .argParser(wholeNumber(0, 65_535))
        .default(4321),
    )
    .option("--host <name>", "address to listen on", "127.0.0.1")
    .addOption(new Option("--token <text>", "ask every request for this bearer token").env("INSIGHTS_TOKEN"))
    .option("--name <names...>", "names under which others reach the server")
    .option("--sample", "open the made-up profiles that ship with the program")
    .addOption(mapOption())
    .addOption(debugOption())
    .action(async (words: string[], options) => {
      const { serveCommand } = await import("../serve.ts");
      end(await serveCommand(words, options, effects));
    });
};
