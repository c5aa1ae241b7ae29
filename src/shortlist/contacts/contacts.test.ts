import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nichesOf } from "../niches.ts";
import { MOST_CHARACTERS, plainText } from "./contact.ts";
import { contactsOf, kindsOfContacts } from "./contacts.ts";
import { emailPatterns, findEmails } from "./emails.ts";
import { findHandles } from "./handles.ts";
import { platforms } from "./platforms.ts";

/** `platform:value` or `kind:value` of what a biography tells. */
const told = (biography: string) =>
  contactsOf({ biography }).map(({ kind, platform, value }) => `${platform ?? kind}:${value}`);

describe("plainText", () => {
  it("undresses letters and takes away what is not seen", () => {
    expect(plainText("𝓲𝓰: ｎａｍｅ\u200b_1 ɪɢ")).toBe("ig: name_1 ig");
    expect(plainText("a\r\nb\u2028c\u00a0d")).toBe("a\nb\nc d");
    expect(plainText("İg ٠٥۱ ५०  \n \n x")).toBe("Ig 051 50\nx");
  });

  it("leaves what is plain as it makes it, which it need not look at", () => {
    const text = fc
      .array(fc.constantFrom(..." \n\t\r~ab.É＠é"), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, (text) => {
        expect(plainText(text)).toBe(plainText(`${text}\u200b`));
      }),
    );
  });
});

describe("a text of any length", () => {
  const mail = "some.body@studio.com";
  const after = (characters: number) => `${"x ".repeat(characters / 2)}${mail} vegan chef`;

  it("is read as far as a biography can go, whatever it is read for", () => {
    for (const [biography, read] of [
      [after(MOST_CHARACTERS - 100), true],
      [`${after(100)} ${"x ".repeat(50_000)}`, true],
      [after(MOST_CHARACTERS), false],
      [after(100_000), false],
      // Of eighteen characters each, once they are plain.
      [`${"ﷺ".repeat(200)} ${mail} vegan chef`, false],
    ] as const) {
      expect(told(biography)).toEqual(read ? [`email:${mail}`] : []);
      expect(kindsOfContacts({ biography }).has("email")).toBe(read);
      expect(nichesOf(biography).map(({ name }) => name)).toEqual(read ? ["food"] : []);
    }
  });

  it("is cut between words: half an address could be another one", () => {
    const at = (end: number) => `${"x ".repeat(1000).slice(0, MOST_CHARACTERS - end)} ${mail}`;
    for (let end = 0; end <= mail.length; end++) expect(told(at(end))).toEqual([]);
    expect(told(at(mail.length + 1))).toEqual([`email:${mail}`]);
    expect(told(`${"あ".repeat(1990)}${mail}`)).toEqual([]);
    expect(plainText("x".repeat(MOST_CHARACTERS))).toHaveLength(MOST_CHARACTERS);
    expect(plainText("x".repeat(MOST_CHARACTERS + 1))).toBe("");
  });

  it("never gets longer than that", () => {
    for (const part of ["ﷺ", "\u0301\u0316", "a", "a ", "\n", "㌖", "😀"])
      expect(plainText(part.repeat(50_000)).length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  it("holds no name that is longer than names may be", () => {
    const [fits, long] = [64, 65].map((length) => "a".repeat(length));
    expect(findEmails(`${fits}@mail.com`).map(({ value }) => value)).toEqual([`${fits}@mail.com`]);
    expect(findEmails(`${long}@mail.com mail: ${long} at mail.com gmail: ${long}`)).toEqual([]);
    expect(findEmails(`a@${fits}.com`)).toEqual([]);
    expect(findEmails(`a@${fits.slice(1)}.com`)).toHaveLength(1);
    // However long its first letter is drawn out.
    const [handle] = findHandles(`${"ا".repeat(500)}نستـــا name_x`);
    expect(handle).toMatchObject({ platform: "instagram", value: "name_x" });
  });
});

describe("kindsOfContacts", () => {
  it.each([
    { biography: "name (at) mail (dot) com" },
    { biography: null, bio_link: " mailto:a@b.com" },
    { biography: "ig@name.fr", bio_link: "linktr.ee/a@b.com" },
    { biography: "ig: name_1, WhatsApp +49 170 1234567", bio_link: "https://wa.me/491701234567" },
    { biography: "shop: bread-of-ann.org" },
    {},
  ])("says what the contacts say, but for handles of a biography: %j", (one) => {
    const kinds = contactsOf(one).filter(({ kind, source }) => kind !== "handle" || source === "bio_link");
    expect(kindsOfContacts(one)).toEqual(new Set(kinds.map(({ kind }) => kind)));
  });
});

describe("the parts of addresses that few texts hold", () => {
  const pieces = [
    ..."@ at (at) [at] _at_ -at- arroba собака dot (dot) _dot_ punto . , : com gmail mail name ann.b studio ★ を → a b".split(
      " ",
    ),
    ...[" ", "\n", "AT", "Gmail", "(put @ for ★)", "n a m e @ s t u . c o m"],
  ];
  const text = fc.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom("", "", " ")), {
    maxLength: 12,
  });

  it("are in every text that holds an address written so", () => {
    const met = new Set<number>();
    const examples = [
      ..."ann@b.com|ann @ gmail.com|ann @ b.com|a n n @ b . c o m|ann@b dot com|ann@gmail|ann (at) b.com|ann (at) gmail".split(
        "|",
      ),
      ..."ann_at_b_dot_com|ann at gmail.com|mail: ann at b.com|ann★b.com (put @ for ★→@)|gmail : ann.b".split(
        "|",
      ),
    ];
    const look = (text: string) => {
      for (const [i, { of, needs, signed }] of emailPatterns().entries()) {
        if (text.match(of) === null) continue;
        met.add(i);
        if (signed) expect(text).toContain("@");
        expect(text).toMatch(needs);
      }
    };
    examples.forEach(look);
    fc.assert(
      fc.property(text, (parts) => look(plainText(parts.flat().join("")))),
      { numRuns: 3000 },
    );
    expect(met.size).toBe(emailPatterns().length);
    expect(emailPatterns().filter(({ signed }) => signed)).toHaveLength(7);
  });
});

describe("contactsOf", () => {
  it.each([
    ["Booking: Anna.B+work@Studio-Nord.co.uk.", ["email:anna.b+work@studio-nord.co.uk"]],
    ["📧name@gmail.com📧", ["email:name@gmail.com"]],
    ["name (at) mail (dot) com", ["email:name@mail.com"]],
    ["name[at]studio[punto]es", ["email:name@studio.es"]],
    ["na(dot)me(at)mail(dot)com", ["email:na.me@mail.com"]],
    ["お仕事はname@mail.comまで", ["email:name@mail.com"]],
    ["name★mail.jp（★を@に）", ["email:name@mail.jp"]],
    ["name arroba gmail punto com", ["email:name@gmail.com"]],
    ["имя: name собака mail точка ru", ["email:name@mail.ru"]],
    ["name at gmail.com", ["email:name@gmail.com"]],
    ["name @ gmail.com", ["email:name@gmail.com"]],
    ["name@gmail,com", ["email:name@gmail.com"]],
    ["mail: hello at studio.com", ["email:hello@studio.com"]],
    ["gmail: name.work", ["email:name.work@gmail.com"]],
    ["name @ studio.com", ["email:name@studio.com"]],
    ["name@studio . com", ["email:name@studio.com"]],
    ["n a m e @ s t u d i o . c o m", ["email:name@studio.com"]],
    ["name@\nstudio.com", ["email:name@studio.com"]],
    ["name [[[@]]] studio (dot) com", ["email:name@studio.com"]],
    ["na.me_at_studio_dot_co_dot_uk", ["email:na.me@studio.co.uk"]],
    ["name@exämple.com", ["email:name@exämple.com"]],
    ["name@почта.рф", ["email:name@почта.рф"]],
    ["name@mail.comIG: name_x", ["email:name@mail.com", "instagram:name_x"]],
    ["name@mail.comig: name_x", ["email:name@mail.com", "instagram:name_x"]],
    ["name@mail.co.ukTel me", ["email:name@mail.co.uk"]],
    ["name@mail.com.IG", ["email:name@mail.com"]],
    ["name@mail.comhttps://name.shop/a", ["email:name@mail.com", "link:https://name.shop/a"]],
    // No such ends of domains: a wrong address is worse than none.
    ["name@mail.con", []],
    ["name@mail.comfollow me", []],
    ["name@co.uk", []],
    ["www.name.invalidend", []],
    // Sentences.
    ["live at example dot com street", []],
    ["shop at example dot com", []],
    ["hello at my dot place", []],
    ["our name at example dot com street 5", []],
    ["Founder @ studio.com", ["link:https://studio.com"]],
    ["I work @ studio.com", ["link:https://studio.com"]],
    ["meet me at studio dot", []],
    ["find it at amazon.com", ["link:https://amazon.com"]],
  ])("reads addresses: %s", (biography, expected) => expect(told(biography)).toEqual(expected));

  it.each([
    ["ig: name_1", ["instagram:name_1"]],
    ["IG @na.me", ["instagram:na.me"]],
    ["insta name99", ["instagram:name99"]],
    ["insta\nname_99", ["instagram:name_99"]],
    ["insta jonasmakes", ["instagram:jonasmakes"]],
    ["ig & yt: @name", ["instagram:name", "youtube:name"]],
    ["X: @name | yt: Maker • twitch: maker", ["twitter:name", "youtube:Maker", "twitch:maker"]],
    ["Twitch + Kick: @name", ["twitch:name", "kick:name"]],
    ["@name on twitter + insta", ["instagram:name", "twitter:name"]],
    ["İnsta: name.x", ["instagram:name.x"]],
    ["ig: name.shop", ["instagram:name.shop"]],
    ["👻 some_name", ["snapchat:some_name"]],
    ["Instagramはこちら👉 @name", ["instagram:name"]],
    ["insta for more 👉 @name", ["instagram:name"]],
    ["Cash app $name", ["cashapp:name"]],
    ["YouTube channel somebody", ["youtube:somebody"]],
    ["Snapchat is somebodyy", ["snapchat:somebodyy"]],
    ["open.spotify.com/user/name", ["spotify:name"]],
    ["ig: @one y @two", ["instagram:one", "instagram:two"]],
    ["@name on insta", ["instagram:name"]],
    ["@name (ig)", ["instagram:name"]],
    ["📸 @name", ["instagram:name"]],
    ["👻: some.name", ["snapchat:some.name"]],
    ["سناب: name.x", ["snapchat:name.x"]],
    ["انستا name_x", ["instagram:name_x"]],
    ["インスタ→(@name)", ["instagram:name"]],
    ["인스타 name_kr", ["instagram:name_kr"]],
    ["Инста:name_ru", ["instagram:name_ru"]],
    ["ig@paulina.fr", ["instagram:paulina.fr"]],
    ["Discord: Miyano#6268", ["discord:Miyano#6268"]],
    ["instagram.com/na.me", ["instagram:na.me"]],
    ["https://www.youtube.com/@Name-Of", ["youtube:Name-Of"]],
    ["https://t.me/name_ch заходи", ["telegram:name_ch"]],
  ])("reads handles: %s", (biography, expected) => expect(told(biography)).toEqual(expected));

  it("reads a handle after each name of a platform, wherever such a name may begin", () => {
    for (const { name, words, joined = [] } of platforms())
      for (const word of [...words, ...joined]) {
        const bare = word.replace(/\(\?<=.*?\) \?\)|\(\?=.*\)/g, "");
        const least = bare.replace(/(?:\(\?:[^()]*\)|\[[^\]]*\]|.)(?:[?*](?!:)|\{0.*?\})/g, "");
        const befores = ["", "• ", ...(bare === word ? ["خاص ", "خاص"] : [])];
        for (const way of [least, bare, bare.toUpperCase()]) {
          const written = way
            .replace(/\(\?:([^()|]*)[^()]*\)/g, "$1")
            .replace(/\[(.).*?\]/g, "$1")
            .replace(/\\s/gi, " ")
            .replace(/[?*\\]|\{\d.*?\}/g, "");
          for (const before of befores)
            expect(told(`${before}${written}: @name_1`)).toContain(`${name}:name_1`);
        }
      }
  });

  it.each([
    "Follow my instagram please",
    "link in IG bio",
    "Instagram and YouTube",
    "insta: link below",
    "YouTube: My Holidays With You",
    "IG: Kenny Morales",
    "big snap energy",
    "yt 10k soon",
    "twitch @ 8pm EST",
    "PayPal accepted",
    "Snapchat is broken",
    "YouTube channel owner",
    "Etsy shop open",
    "paypal $5 each",
    "nike x @friend",
    "insta pe follow karo",
    "contact 2019-2023",
    "@friend is great",
    "Instagram: 👇👇",
    "https://www.instagram.com/",
    "https://www.tiktok.com/@name",
    "I was born in 1998. Love.",
    "Mr.Robot, Dr.Who",
    "3.14 and 2.71",
  ])("reads nothing into: %s", (biography) => expect(told(biography)).toEqual([]));

  it.each([
    ["linktr.ee/name", ["link:https://linktr.ee/name"]],
    ["shop: https://name.shop/a?b=1.", ["link:https://name.shop/a?b=1"]],
    ["www.name.it", ["link:https://name.it"]],
    ["WhatsApp +55 11 91234-5678", ["whatsapp:+5511912345678"]],
    ["https://wa.me/5511912345678", ["whatsapp:+5511912345678"]],
    ["📞 0821-0246-4242", ["phone:082102464242"]],
    ["zap: (11) 95550-1834", ["whatsapp:11955501834"]],
    ["واتس ٠٥٥٥٠١٢٣٤٥", ["whatsapp:0555012345"]],
    ["CP 0813 5550 2277 (WA)", ["whatsapp:081355502277"]],
    ["text (312) 555-0188 4 a quote", ["phone:3125550188"]],
    ["discord.gg/abc", ["link:https://discord.gg/abc"]],
  ])("reads links and numbers: %s", (biography, expected) => expect(told(biography)).toEqual(expected));

  it("reads the link beside the biography, and tells each contact once", () => {
    expect(contactsOf({ biography: "ig: nanna", bio_link: "instagram.com/Nanna" })).toEqual([
      { kind: "handle", platform: "instagram", value: "nanna", source: "biography" },
    ]);
    expect(contactsOf({ bio_link: "mailto:A@b.com?subject=x" })).toEqual([
      { kind: "email", platform: null, value: "a@b.com", source: "bio_link" },
    ]);
    expect(contactsOf({ bio_link: "linktr.ee/x" })).toEqual([
      { kind: "link", platform: null, value: "https://linktr.ee/x", source: "bio_link" },
    ]);
    expect(contactsOf({ biography: null, bio_link: "http://[" })).toEqual([]);
  });

  it("survives any text, and finds an address put into it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        for (const { value } of contactsOf({ biography: text, bio_link: text }))
          expect(value).not.toMatch(/\s/);
        expect(told(`${text}\nsome.body@example.com`)).toContain("email:some.body@example.com");
      }),
    );
  });
});
