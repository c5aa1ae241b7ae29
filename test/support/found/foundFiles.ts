import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { packTar } from "modern-tar";
import type { ReadingOptions } from "../../../src/profiles/readingOptions.ts";

/** What is right of an account: canonical columns, moments as `2023-08-01T12:30:45Z`; NULL where nothing is known. */
export type RightValues = Readonly<Record<string, unknown>> & {
  /** Instead of all of `posted_at`: the newest, and how many. */
  readonly last_post?: string;
  readonly posts?: number;
};

/** A file, and what is right to say of it. It was worked out from the bytes by hand. */
export interface FoundFile {
  /** Path beneath `test`; `made/NAME` is written by {@link makeFiles}. */
  readonly file: string;
  /** Why this is right, where it is not plain. */
  readonly about?: string;
  readonly reading?: ReadingOptions;
  /** What every way that needs profiles refuses it with: words of the message. With `records` it is a list of accounts. */
  readonly refused?: readonly string[];
  readonly records?: number;
  readonly profiles?: number;
  /** Records left out by reason; none unless said. */
  readonly rejected?: Readonly<Record<string, number>>;
  /** Cells that cannot be read by column; none unless said. */
  readonly blanks?: Readonly<Record<string, number>>;
  readonly provider?: string;
  /** Codes of alerts that must be among those given. */
  readonly alerts?: readonly string[];
  /** By handle. */
  readonly values?: Readonly<Record<string, RightValues>>;
  /** By handle, the e-mail addresses that a list has. */
  readonly contacts?: Readonly<Record<string, readonly string[]>>;
  /** How many profiles are positive by a column of the file. */
  readonly target?: { readonly column: string; readonly positive: number };
}

const TEST = fileURLToPath(new URL("../../", import.meta.url));

/** The table of right values. */
export async function foundFiles(): Promise<readonly FoundFile[]> {
  return JSON.parse(await readFile(join(TEST, "found/expected.json"), "utf8"));
}

/** Where a file of the table is. @param made the folder in which {@link makeFiles} wrote */
export function pathOf({ file }: Pick<FoundFile, "file">, made: string): string {
  return file.startsWith("made/") ? join(made, file.slice(5)) : join(TEST, file);
}

/** Writes the files of the table that are too plain, or too large, to be kept. */
export async function makeFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const table = (name: string, rows: number) =>
    `timestamp,account_id,followers,likes\n${Array.from({ length: rows }, (_, n) => `2023-08-01,${name}${n},${100 + n},3\n`).join("")}`;
  const tar = (files: Record<string, string>) =>
    packTar(
      Object.entries(files).map(([name, body]) => ({
        header: { name, size: strToU8(body).length },
        body,
      })),
    );
  const one = { "a.csv": table("a", 3) };
  const sample = await readFile(join(TEST, "../examples/profiles.csv"), "utf8");
  const contents: Record<string, string | Uint8Array> = {
    "table.csv": one["a.csv"],
    "one-table.csv.gz": gzipSync(one["a.csv"]),
    "one-table.tar": await tar(one),
    "one-table.tgz": gzipSync(await tar(one)),
    "one-table.zip": zipSync({ "a.csv": strToU8(one["a.csv"]) }),
    "two-tables.tgz": gzipSync(await tar({ "a.csv": table("a", 200), "b.csv": table("b", 200) })),
    "rate-1e200.csv": sample.replace("0.003935960591133005", "1e200"),
    "comma-space.csv": 'account_id, followers, biography\nann, 1, "hello, ""you"""\nbob, 2, "x"\n',
    "single-quotes.csv": "account_id,followers,biography\n'ann',1,'hello, you'\n'bob',2,'x'\n",
    "title-above.csv": "Our creators of May\n\naccount_id,followers,likes\nann,1,5\nbob,2,6\n",
    "envelope-one-bad.json":
      '{"data":[{"account_id":"ann","followers":1},{"account_id":"bob","followers":2]},{"account_id":"cat","followers":3}]}',
    "keyed-by-handle.json": '{"ann":{"followers":1,"likes":5},"bob":{"followers":2,"likes":6}}',
    "windows-1251.csv": windows1251(
      "account_id,followers,biography\n" +
        "ivan.test,1000,Привет! Снимаю видео о путешествиях и еде каждый день\n" +
        "olga.test,2000,Мама двоих детей: рецепты и жизнь в деревне\n" +
        "petr.test,3000,Пишите в личные сообщения по вопросам рекламы\n",
    ),
  };
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
}

/** Russian text in the encoding of Windows: А to я are 0xC0 to 0xFF. */
function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
}
