/**
 * Every file of `test/found/expected.json` through inspect, score, shortlist and the server: a line a file, and whatever is not as
 * the table has it. Ends with exit code 1 on a difference.
 *
 *   npm run bench:provider-files [-- PART_OF_A_NAME...]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foundFiles, makeFiles } from "../test/support/found/foundFiles.ts";
import { createWalker, WAYS } from "../test/support/found/fourWays.ts";

const parts = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "provider-files-"));
const walker = await createWalker(folder);
try {
  await makeFiles(folder);
  const files = (await foundFiles()).filter(
    ({ file }) => parts.length === 0 || parts.some((part) => file.includes(part)),
  );
  let right = 0;
  for (const file of files) {
    const differences = await walker.walk(file, folder);
    const named = Object.keys(file.reading?.map ?? {}).length > 0 ? `${file.file} (mapped)` : file.file;
    const ways = WAYS.map(
      (way) =>
        `${way} ${differences[way] ? "WRONG" : file.refused && !(way === "inspect" && file.records) ? "refused" : "right"}`,
    );
    console.log(`${named.padEnd(48)} ${ways.join("  ")}`);
    for (const way of WAYS) for (const one of differences[way] ?? []) console.log(`    ${way}: ${one}`);
    if (Object.keys(differences).length === 0) right++;
  }
  console.log(`\n${right} of ${files.length} files are right on all four ways`);
  if (right < files.length) process.exitCode = 1;
} finally {
  await walker.close();
  await rm(folder, { recursive: true, force: true });
}
