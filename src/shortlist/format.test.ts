import { writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it, vi } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { withoutFormula } from "../base/quote.ts";
import { cellText } from "../base/workbook.ts";
import { type ExportEntry, type Marked, PEOPLE_COLUMNS } from "./columns.ts";
import { formatEntries, SHORTLIST_FORMATS } from "./format.ts";
import { readPeople } from "./people.ts";
import type { ShortlistEntry } from "./shortlist.ts";

process.chdir(await scratchFolder());

/** The text of a list. */
const written = async (...words: Parameters<typeof formatEntries>) =>
  (await buffer(formatEntries(...words))).toString();

/** Texts that spreadsheets and XML trip over. */
const TRICKY = fc.constantFrom(
  ..."=1+1|-2|+3|@SUM(A1)|\t=1|0012|1e5|TRUE|#N/A|2024-01-31|_x0041_|&lt;|]]>|<c>|'|\"|;|,".split("|"),
  ...[
    '=HYPERLINK("https://evil.example")',
    "a\u0000b",
    "\ud83d",
    "x".repeat(40_000),
    " ",
    "a\r\nb",
    "\ufeff=1",
  ],
);

const MARKED: Marked = {
  ...{ status: "to contact", note: "call her in May", owner: "Bo", tags: ["spring", "food"] },
  ...{ likes: 4_000, videos: 20, following: 7 },
  ...{ followers_growth: 120.4, followers_growth_rate: 0.0123, likes_growth: null, videos_growth: 3 },
  ...{
    read_at: "2024-01-31",
    imports: ["may.csv"],
    biography: "cooks for all",
    bio_link: "mail.example/ann",
  },
};

const ENTRY: ShortlistEntry = {
  rank: 1,
  id: "6812345678901234567",
  account: "=cmd|calc",
  name: "Ann | <b>\nB",
  url: "https://www.tiktok.com/@ann",
  probability: 0.91234567,
  still_posting: 0.98765432,
  well_answered: 0.7,
  evidence: "posts+rate",
  why: "12 posts in 30 days",
  reasons: ["posted 2 days ago", "answered better than 75 % of accounts of this size"],
  flags: [
    { name: "giveaway", words: 'biography says "giveaway"' },
    { name: "private", words: "the account is private" },
  ],
  tier: "micro",
  followers: 12_345,
  engagement_rate: 0.0431234,
  engagement_percentile: 0.75,
  last_post: "2024-01-31",
  days_since_last_post: 3.4,
  posts_per_week: 2.345,
  posts_last_30_days: 9,
  expected_posts: 7.26,
  expected_low: 1,
  expected_high: 15,
  account_age_days: 700.2,
  language: "en",
  region: null,
  verified: false,
  niches: [{ name: "food", words: ["chef", "vegan"] }],
  contacts: [
    { kind: "email", platform: null, value: "a@b.com", source: "biography" },
    { kind: "handle", platform: "instagram", value: "ann", source: "biography" },
  ],
};

describe("formatEntries", () => {
  it("writes CSV with formulas disarmed", async () => {
    const [head, row] = (await written([ENTRY], "csv", { contacts: true })).split("\n");
    expect(head).toBe(
      "rank,account,name,url,probability,still_posting,well_answered,evidence,reason_1,reason_2,reason_3,look_twice,tier,followers,engagement_rate,engagement_percentile,last_post,days_since_last_post,posts_per_week,posts_last_30_days,expected_posts,expected_low,expected_high,account_age_days,language,region,verified,emails,handles,links,phones,niche,niche_words,id",
    );
    expect(row).toBe(
      `1,'=cmd|calc,Ann | <b> B,https://www.tiktok.com/@ann,0.9123,0.9877,0.7,posts+rate,posted 2 days ago,answered better than 75 % of accounts of this size,,"giveaway: biography says ""giveaway""; private: the account is private",micro,12345,0.04312,0.75,2024-01-31,3,2.35,9,7.3,1,15,700,en,,no,a@b.com,instagram: ann,,,food,chef; vegan,6812345678901234567`,
    );
  });

  it("writes CSV for spreadsheets with their mark, line ends, and no number that they would round", async () => {
    const text = await written([ENTRY], "excel", { contacts: true });
    expect(text.startsWith("\uFEFFrank,")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).not.toContain("6812345678901234567");
  });

  it("leaves contacts out where they are not wanted, in every form", async () => {
    for (const format of SHORTLIST_FORMATS.filter((name) => name !== "xlsx")) {
      const text = await written([ENTRY], format, { contacts: false });
      expect(text).not.toContain("a@b.com");
      expect(text).not.toMatch(/contact|emails/);
    }
  });

  it("writes NDJSON that reads back", async () => {
    expect(JSON.parse(await written([ENTRY], "ndjson", { contacts: true }))).toEqual(ENTRY);
  });

  it("writes semicolons and decimal commas where spreadsheets expect them, and no point that they would take for a date's", async () => {
    const name = "a;b";
    const columns = ["name", "probability", "engagement_rate", "followers"] as const;
    expect(await written([{ ...ENTRY, name }], "csv-semicolon", { contacts: true, columns })).toBe(
      '\uFEFFname;probability;engagement_rate;followers\r\n"a;b";0,9123;0,04312;12345\r\n',
    );
  });

  it("writes chosen columns in their order, with what a letter is merged from", async () => {
    const columns = ["first_name", "handle", "why", "link", "email"] as const;
    const ann = { ...ENTRY, account: "ann", name: "✨ Ann Lee | food" };
    const [, row] = (await written([ann], "csv", { contacts: true, columns })).split("\n");
    expect(row).toBe("Ann,'@ann,12 posts in 30 days.,https://www.tiktok.com/@ann,a@b.com");
    expect(JSON.parse(await written([ann], "ndjson", { contacts: false, columns }))).toEqual({
      first_name: "Ann",
      handle: "@ann",
      why: "12 posts in 30 days.",
      link: "https://www.tiktok.com/@ann",
    });
    expect(
      await written([ann], "markdown", { contacts: true, columns: ["handle", "probability", "followers"] }),
    ).toBe(
      "| handle | probability | followers |\n| --- | ---: | ---: |\n| [@ann](<https://www.tiktok.com/@ann>) | 91.2 % | 12,345 |\n",
    );
  });

  it("leaves out biographies, notes of nobody else, where contacts are not wanted", async () => {
    const entry: ExportEntry = { ...ENTRY, marked: MARKED };
    for (const format of SHORTLIST_FORMATS) {
      const file = await buffer(formatEntries([entry], format, { contacts: false, columns: PEOPLE_COLUMNS }));
      const text = format === "xlsx" ? JSON.stringify((await readXlsx(file)).sheets[0].rows) : String(file);
      expect(text).toContain("call her in May");
      expect(text).not.toMatch(/biography,|bio_link|a@b\.com|cooks for|mail\.example/);
    }
  });

  it("writes a workbook with typed cells and links to the profile's page alone", async () => {
    const elsewhere = { ...ENTRY, url: "https://evil.example/tiktok.com/@ann" };
    const plain = { ...ENTRY, url: "http://www.tiktok.com/@ann" };
    const columns = ["id", "url", "probability", "followers", "last_post", "name"] as const;
    const file = await buffer(formatEntries([ENTRY, elsewhere, plain], "xlsx", { contacts: true, columns }));
    const { sheets } = await readXlsx(file, { readStyles: true });
    const [{ rows, cells }] = sheets;
    expect(rows[0]).toEqual(columns);
    expect(rows[1]).toEqual([
      ...["6812345678901234567", "https://www.tiktok.com/@ann", 0.9123, 12_345],
      ...[new Date("2024-01-31T00:00:00Z"), "Ann | <b> B"],
    ]);
    const at = (place: string) => cells?.get(place);
    expect(at("1,1")?.hyperlink?.target).toBe("https://www.tiktok.com/@ann");
    expect(at("2,1")?.hyperlink ?? at("3,1")?.hyperlink).toBeUndefined();
    expect([0, 2, 3, 4].map((column) => at(`1,${column}`)?.style?.numFmt)).toEqual([
      ...["@", "0.0%", "#,##0", "yyyy\\-mm\\-dd"],
    ]);
  });

  it("gives any name back from every table as it was, and never as a formula", async () => {
    // Line breaks become blanks in a table, and what XML cannot hold goes.
    const names = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), TRICKY), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(names, async (all) => {
        const entries = all.map((name) => ({ ...ENTRY, name }));
        const options = { contacts: false, columns: ["name", "rank"] as const };
        const oneLine = all.map((name) => name.replace(/\r\n?|\n/g, " "));
        const book = await readXlsx(await buffer(formatEntries(entries, "xlsx", options)), {
          readStyles: true,
        });
        const [{ rows, cells }] = book.sheets;
        expect(rows.slice(1).map(([name]) => name ?? "")).toEqual(oneLine.map(cellText));
        expect([...(cells?.values() ?? [])].some(({ formula }) => formula !== undefined)).toBe(false);
        for (const [format, delimiter] of [
          ["csv", ","],
          ["excel", ","],
          ["csv-semicolon", ";"],
        ] as const) {
          const csv = parseCsv(await written(entries, format, options), { delimiter, typeInference: false });
          expect(csv.slice(1).map(([name]) => name)).toEqual(
            oneLine.map((name) => Buffer.from(withoutFormula(name)).toString()),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is read back as a list of people by this program", async () => {
    await writeFile("list.xlsx", formatEntries([{ ...ENTRY, account: "ann" }], "xlsx", { contacts: true }));
    const { people } = await readPeople("list.xlsx");
    expect([...people.keys()]).toContain("ann");
  });

  it("stops its source when nobody reads on", async () => {
    for (const format of SHORTLIST_FORMATS) {
      let stopped = false;
      async function* endless() {
        try {
          for (;;) yield ENTRY;
        } finally {
          stopped = true;
        }
      }
      for await (const _ of formatEntries(endless(), format, { contacts: false }))
        if (format !== "xlsx" || _.length > 1000) break;
      await vi.waitFor(() => expect(stopped).toBe(true));
    }
  });

  it("fails as its source does", async () => {
    // biome-ignore lint/correctness/useYield: it fails before
    async function* broken(): AsyncGenerator<ExportEntry> {
      throw new Error("the disk is gone");
    }
    for (const format of SHORTLIST_FORMATS)
      await expect(buffer(formatEntries(broken(), format, { contacts: false }))).rejects.toThrow(
        "the disk is gone",
      );
  });

  it("writes Markdown in which nothing runs and no cell breaks", async () => {
    const lines = (await written([ENTRY], "markdown", { contacts: true })).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain("[=cmd\\|calc](<https://www.tiktok.com/@ann>)");
    expect(lines[2]).toContain("4.3 %, above 75 % of accounts of its size");
    expect(lines[2]).toContain('giveaway: biography says "giveaway"; private: the account is private');
  });

  it.each([
    [1, "4.3 %, above 99 % of accounts of its size"],
    [0.999, "4.3 %, above 99 % of accounts of its size"],
    [0, "4.3 %, above 0 % of accounts of its size"],
    [null, "| 4.3 % |"],
  ])("says where in its tier an engagement of percentile %j stands", async (share, words) => {
    const text = await written([{ ...ENTRY, engagement_percentile: share }], "markdown", {
      contacts: true,
    });
    expect(text).toContain(words);
  });

  it("puts addresses first in Markdown, then two other ways at most", async () => {
    const other = (value: string) =>
      ({ kind: "handle", platform: "instagram", value, source: "biography" }) as const;
    const mail = (value: string) => ({ kind: "email", platform: null, value, source: "biography" }) as const;
    const contacts = [other("one"), mail("a@b.com"), other("two"), other("three"), mail("c@d.com")];
    const text = await written([{ ...ENTRY, contacts }], "markdown", { contacts: true });
    expect(text).toContain("| a@b.com, c@d.com, instagram: one, instagram: two |");
  });

  it("keeps an address of a page in one cell and in its brackets", async () => {
    const text = await written([{ ...ENTRY, url: "https://x.y/a b|c<d>" }], "markdown", {
      contacts: false,
    });
    expect(text).toContain("(<https://x.y/a%20b%7Cc%3Cd%3E>)");
  });

  it("tells the words of the niche that it names, not those of others", async () => {
    const niches = [
      { name: "music", words: ["dj", "rapper"] },
      { name: "food", words: ["baker"] },
    ];
    const text = await written([{ ...ENTRY, niches }], "csv", { contacts: true });
    expect(text).toContain(",music,dj; rapper,");
    expect(text).not.toContain("baker");
  });

  it("runs no text of a profile in a spreadsheet", async () => {
    expect(await written([{ ...ENTRY, name: "=1+1" }], "excel", { contacts: false })).toContain(",'=1+1,");
  });
});
