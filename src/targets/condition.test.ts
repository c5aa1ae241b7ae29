import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { CANONICAL_NAMES, isCanonical } from "../profiles/canonical.ts";
import { conditionTarget, parseCondition } from "./condition.ts";
import { FUNCTIONS, nearestNames } from "./conditionCheck.ts";
import { countLabels, labelsOf } from "./target.ts";

describe("conditions over canonical columns", () => {
  it.each([
    ["followers >= 10000 and awg_engagement_rate > 0.03", "followers, awg_engagement_rate"],
    ["Is_Verified", "is_verified"],
    ["is_verified is not true or bio_link is null", "bio_link, is_verified"],
    ["posted_at[1] > observed_at - interval 3 weeks", "observed_at, posted_at"],
    [
      "len(list_filter(posted_at, lambda p: p > observed_at - INTERVAL 30 DAY)) >= 4",
      "observed_at, posted_at",
    ],
    ["len(list_filter(posted_at, lambda p, i: i < 4 and p > created_at)) = 3", "created_at, posted_at"],
    ["lower(biography) like '%; drop table profiles%' -- only a text", "biography"],
    ["coalesce(likes, 0) / greatest(followers, 1) between 1 and 20", "followers, likes"],
    ["case when region in ('DE', 'AT') then followers > 1e3 else false end", "followers, region"],
    ["extract(year from created_at) = 2020", "created_at"],
    ["ifnull(likes, 0) > 3 and nickname !~ '[0-9]+'", "nickname, likes"],
    ["CAST(videos_count AS DOUBLE) > 2.5", "videos_count"],
  ])("%s", async (text, inputs) => {
    const parsed = await parseCondition(text);
    expect(parsed.inputs.join(", ")).toBe(inputs);
    // What is printed is what was checked: read again, it is the same.
    const again = await parseCondition(parsed.expression);
    expect(again.inputs).toEqual(parsed.inputs);
    expect(await parseCondition(again.expression)).toEqual(again);
  });

  it("label profiles, unknown ones as such", async () => {
    const connection = await connect();
    await createProfiles(connection, "profiles", [
      { followers: 20_000n, awg_engagement_rate: 0.04 },
      { followers: 20_000n, awg_engagement_rate: 0.03 },
      { followers: 20n },
      { followers: 20_000n },
    ]);
    const definition = await conditionTarget("followers >= 10000\n  and awg_engagement_rate > 0.03");
    expect(definition.name).toBe("followers >= 10000 and awg_engagement_rate > 0.03");
    const { labels } = await labelsOf(connection, await definition.fit(connection, "profiles"), "profiles");
    expect([...labels]).toEqual([1, 0, 0, -1]);
    expect(countLabels(labels)).toEqual({ positives: 1, negatives: 2, unknown: 1 });
    // While it ran, and ever after, no file is within reach.
    await expect(connection.run("FROM read_text('package.json')")).rejects.toThrow(
      "disabled by configuration",
    );
  });

  it("say in words what only shows on the rows", async () => {
    const connection = await connect();
    await createProfiles(connection, "profiles", [{ nickname: "x" }]);
    const definition = await conditionTarget("CAST(nickname AS INTEGER) > 3");
    const target = await definition.fit(connection, "profiles");
    await expect(labelsOf(connection, target, "profiles")).rejects.toThrow(
      /^invalid target: CAST\(nickname AS INTEGER\) > 3: Conversion Error: Could not convert string 'x' to INT32/,
    );
  });
});

describe("what is refused", () => {
  it.each([
    ["", "invalid condition: it is empty"],
    ["followers >= and 3", 'invalid condition: syntax error at or near "and" at character 14'],
    ["nickname = 'Ünï' and and", 'invalid condition: syntax error at or near "and" at character 22'],
    ["followers > 1 /* x", 'invalid condition: unterminated /* comment at or near "/* x at character 15'],
    ["followers >", "invalid condition: followers > stops in the middle (expected a condition"],
    ["followers > 1;", "(expected one condition, without a semicolon)"],
    ["true); SELECT (true", "invalid condition: it holds a semicolon"],
    ["true), (true", "invalid condition: it is not one expression"],
    ["true) or (true", "invalid condition: it is not one expression"],
    ["true) FROM read_csv('x') UNION SELECT (true", "invalid condition: it is not one expression"],
    ["true) FROM (SELECT (true", "stops in the middle"],
    ["followers > ?", "invalid condition: it is not one expression"],
    ["followers > 1e999", "invalid condition: it holds a number that is too large"],
    [
      "nickname = 'Ünï' and foo(likes)",
      "the function foo at character 22 (expected functions of one row's values)",
    ],
    ["folowers > 3", "unknown column: folowers at character 1 of the condition (did you mean followers?)"],
    [
      "1 < profiles.likes",
      "unknown column: profiles.likes at character 5 of the condition (did you mean likes?)",
    ],
    ['"row" = 3', "unknown column: row at character 1 of the condition (expected id, account_id"],
    ["followers + 1", "not boolean: followers + 1 is BIGINT"],
    ["null", "not boolean: null is INTEGER"],
    ["biography > 3", "invalid condition: Cannot compare values of type VARCHAR"],
    ["read_text('/etc/passwd') = 'x'", "forbidden in a condition: the function read_text at character 1"],
    ["likes > getenv('HOME')", "forbidden in a condition: the function getenv at character 9"],
    ["random() > 0.5", "forbidden in a condition: the function random at character 1"],
    [
      "created_at < now()",
      "forbidden in a condition: the function now at character 14 (what is active may not depend on",
    ],
    ["created_at < current_date", "forbidden in a condition: the function current_date at character 14"],
    ["pg_catalog.abs(likes) > 1", "forbidden in a condition: the function pg_catalog.abs"],
    ["repeat('a', 1000000000) = biography", "forbidden in a condition: the function repeat"],
    ["nickname || nickname = biography", "forbidden in a condition: the function ||"],
    ["created_at < to_timestamp(1600000000)", "forbidden in a condition: the function to_timestamp"],
    ["created_at::timestamptz < created_at", "forbidden in a condition: a cast to TIMESTAMP WITH TIME ZONE"],
    ["avg(likes) > 3", "forbidden in a condition: the function avg"],
    ["sum(likes) OVER () > 3", "forbidden in a condition: a window function"],
    [
      "greatest(DISTINCT likes, 3) > 1",
      "forbidden in a condition: FILTER, DISTINCT or ORDER BY in a function",
    ],
    ["EXISTS (FROM read_csv('/etc/passwd'))", "forbidden in a condition: a subquery"],
    ["likes > (SELECT 1)", "forbidden in a condition: a subquery"],
    ["COLUMNS('.*') > 1", "forbidden in a condition: a star"],
    ["#1 > 2", "forbidden in a condition: a reference by position"],
    ["nickname COLLATE nocase = 'a'", "forbidden in a condition: a collation"],
    ["TRY(is_verified)", "forbidden in a condition: operator try"],
    ["likes::json is not null", "forbidden in a condition: a cast to an unknown type at character 6"],
    ["CAST(likes AS STRUCT(a INTEGER)) is null", "forbidden in a condition: a cast to STRUCT"],
    ["lower(x := nickname) = 'a'", "forbidden in a condition: a name given with AS"],
    ["(lambda x: x) is null", "forbidden in a condition: a lambda outside of a list function"],
    [
      "len(list_filter(posted_at, lambda likes: likes > created_at)) > 1",
      "forbidden in a condition: a lambda whose",
    ],
    ["len(list_filter(posted_at, lambda p: p > created_at)) > 1 and p", "unknown column: p at character 63"],
    [`likes > 1 ${" ".repeat(4000)}`, "invalid condition: it is longer than 4000 characters"],
    [`${"- ".repeat(1900)}likes > 1`, "invalid condition: Max expression depth"],
    ["likes > 1\0", "invalid condition: it holds a NUL"],
  ])("%s", async (text, message) => {
    const error = await parseCondition(text).then(
      () => "no error at all",
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      name: "InsightsError",
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

describe("whatever is written", () => {
  const canary = join(tmpdir(), `insights-canary-${process.pid}`);
  const hostile = [
    `COPY (SELECT 1) TO '${canary}'`,
    `ATTACH '${canary}' AS other`,
    "SELECT * FROM read_csv('/etc/passwd')",
    "(FROM glob('/*'))",
    "read_blob('/etc/passwd')",
    "query('SELECT 1')",
    "current_setting('home_directory')",
    "DROP TABLE profiles",
    "SET enable_external_access = true",
    "INSTALL httpfs",
    ...[
      "PRAGMA version",
      "getvariable('x')",
      "nextval('s')",
      "error('x')",
      "random()",
      "now()",
      "list_aggregate(posted_at, 'max')",
    ],
    ...[
      "a.b.c",
      '"row"',
      "*",
      "COLUMNS(*)",
      "$1",
      "#1",
      "sum(likes)",
      "rank() OVER ()",
      "'/etc/passwd'::json",
      "UNNEST(posted_at)",
    ],
  ];
  const harmless = [
    "followers",
    "likes > 2",
    "is_verified",
    "nickname",
    "1",
    "'x'",
    "NULL",
    "lower(biography)",
    "true",
  ];
  const glue = [
    " ",
    " AND ",
    ") ",
    " (",
    "); ",
    ";",
    ", ",
    " OR ",
    " > ",
    "\n",
    "--",
    "/*",
    "*/",
    "'",
    '"',
    " FROM ",
    " UNION SELECT ",
    " = ",
  ];
  const text = fc
    .array(fc.tuple(fc.constantFrom(...hostile, ...harmless, ...harmless), fc.constantFrom(...glue)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.flat().join(""));

  const onlyHarmless = async (written: string) => {
    const parsed = await parseCondition(written).catch((error: unknown) => {
      expect(error).toMatchObject({ name: "InsightsError" });
      return null;
    });
    if (parsed === null) return false;
    // Everything outside of texts is a known word.
    const words = parsed.expression
      .replace(/'(?:[^']|'')*'/g, "''")
      .replace(/"(\w+)"/g, "$1")
      .match(/[a-z_]\w*/gi);
    const keywords =
      /^(and|or|not|is|in|null|true|false|case|when|then|else|end|cast|as|between|coalesce|distinct|from|boolean|main)$/i;
    for (const word of words ?? []) {
      expect(isCanonical(word.toLowerCase()) || FUNCTIONS.has(word) || keywords.test(word), word).toBe(true);
    }
    expect(parsed.expression.replace(/'(?:[^']|'')*'/g, "")).not.toContain(";");
    return true;
  };

  it("only known words reach the data", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        await onlyHarmless(written);
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(existsSync(canary)).toBe(false);
  });

  it("any text at all is parsed or refused in words", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (written) => {
        await onlyHarmless(written);
      }),
      { numRuns: 30, seed: 8 },
    );
  });

  it("harmless conditions pass, however they are put together", async () => {
    const leaf = fc.constantFrom(
      "likes > 2",
      "is_verified",
      "biography LIKE '%a%'",
      "followers IS NULL",
      "TRUE",
    );
    const condition = fc
      .array(fc.tuple(leaf, fc.constantFrom(" AND ", " OR ", " AND NOT "), leaf), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.map(([a, glue, b]) => `(${a}${glue}${b})`).join(" OR "));
    await fc.assert(
      fc.asyncProperty(condition, async (written) => {
        expect(await onlyHarmless(written)).toBe(true);
      }),
      { numRuns: 15, seed: 9 },
    );
  });
});

it("allows functions of DuckDB that depend on their arguments only", async () => {
  const connection = await connect();
  const reader = await connection.runAndReadAll(
    `SELECT function_name, list(DISTINCT function_type), bool_or(coalesce(has_side_effects, false)),
       list(DISTINCT stability) FILTER (stability IS NOT NULL)
     FROM duckdb_functions() GROUP BY function_name`,
  );
  const known = new Map(reader.getRowsJS().map(([name, ...facts]) => [String(name), facts]));
  for (const name of FUNCTIONS) {
    const [types, effects, stability] = known.get(name) ?? [];
    expect(types, `${name} is no function`).toBeDefined();
    expect(types, name).not.toContain("table");
    expect(types, name).not.toContain("aggregate");
    expect(effects, name).toBe(false);
    for (const word of (stability ?? []) as string[]) expect(word, name).toBe("CONSISTENT");
  }
});

it("suggests the names that may have been meant", () => {
  expect(nearestNames("folower", CANONICAL_NAMES)).toEqual(["followers"]);
  expect(nearestNames("engagement_rate", CANONICAL_NAMES)).toEqual([
    "like_engagement_rate",
    "comment_engagement_rate",
    "awg_engagement_rate",
  ]);
  expect(nearestNames("zzz", CANONICAL_NAMES)).toEqual([]);
});
