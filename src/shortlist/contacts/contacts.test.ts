import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactsOf } from "./contacts.ts";
import { plainText } from "./plainText.ts";

/** `platform:value` or `kind:value` of what a biography tells. */
const told = (biography: string) =>
  contactsOf({ biography }).map(({ kind, platform, value }) => `${platform ?? kind}:${value}`);

describe("plainText", () => {
  it("undresses letters and takes away what is not seen", () => {
    expect(plainText("𝓲𝓰: ｎａｍｅ\u200b_1 ɪɢ")).toBe("ig: name_1 ig");
    expect(plainText("a\r\nb\u2028c\u00a0d")).toBe("a\nb\nc d");
    expect(plainText("İg ٠٥۱ ५०  \n \n x")).toBe("Ig 051 50\nx");
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
