import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";
import type { Encoding } from "./encoding.ts";
import { ByteCheck, legacyEncoding } from "./legacyEncoding.ts";
import { openSource } from "./source.ts";

const bench = createBench();
const UTF8 = { encoding: "utf-8", markBytes: 0 } as const;

/** Python: base64.b64encode("\\n".join(biographies).encode(name)). */
const TEXTS: readonly (readonly [encoding: Encoding, biographies: readonly string[], bytes: string])[] = [
  [
    "gb18030",
    [
      "美食博主 每天分享做饭",
      "喜欢旅行和摄影",
      "北京 | 时尚穿搭",
      "合作请联系邮箱",
      "音乐人 原创歌曲",
      "小狗日常",
      "健身教练 早起打卡",
    ],
    "w8DKs7Kp1vcgw7/M7LfWz+3X9re5Cs+yu7bCw9DQus3J49OwCrGxvqkgfCDKscnQtKm07gq6z9f3x+vBqs+108rP5ArS9MDWyMsg1K20tLjox/oK0KG5t8jVs6MKvaHJ7b3Mwbcg1OfG8LTyv6g=",
  ],
  [
    "big5",
    [
      "美食部落客 每天分享料理",
      "喜歡旅行和攝影",
      "台北 時尚穿搭",
      "合作請聯絡信箱",
      "音樂人 原創歌曲",
      "小狗日常",
      "健身教練 早起打卡",
    ],
    "rPytubOhuKiryCCoQ6TRpMCoya7GsnoKs9/Fd67IpuapTcThvHYKpXilXyCuyal8rO+3ZgqmWKdAvdDBcLW4q0i9YwqttbzWpEggreyz0LpxprEKpHCqr6TpsWAKsLeorbHQvW0gpq2wX6W0pWQ=",
  ],
  [
    "euc-kr",
    [
      "맛집 블로거 매일 요리",
      "여행과 사진을 좋아해요",
      "서울 패션",
      "협업 문의는 이메일로",
      "음악인 자작곡",
      "강아지 일상",
      "헬스 트레이너",
    ],
    "uMDB/SC67bfOsMUguMXAzyC/5LiuCr+px+Cw+iC758H4wLsgwcG+xsfYv+QKvK2/7yDG0LzHCsf5vvcgua7Ax7TCIMDMuN7Az7fOCsC9vsfAziDA2sDbsO4KsK2+xsH2IMDPu/MKx++9uiDGrre5wMyzyg==",
  ],
  [
    "shift_jis",
    [
      "料理を毎日アップします",
      "旅行と写真が好き",
      "東京のファッション",
      "お仕事の依頼はメールで",
      "音楽やってます",
      "犬の日常",
      "筋トレ ﾄﾚｰﾆﾝｸﾞ",
    ],
    "l7+XnYLwloiT+oNBg2KDdoK1gtyCtwqXt41zgsaOypBegqqNRIKrCpOMi56CzIN0g0CDYoNWg4eDkwqCqI5kjpaCzIjLl4qCzYOBgVuDi4LFCom5inmC4oLBgsSC3IK3CoyigsyT+o/tCovYg2eDjCDE2rDG3bje",
  ],
  [
    "euc-jp",
    [
      "料理を毎日アップします",
      "旅行と写真が好き",
      "東京のファッション",
      "お仕事の依頼はメールで",
      "音楽やってます",
      "犬の日常",
      "筋トレ",
    ],
    "zsHN/aTyy+jG/KWipcOl16S3pN6kuQrOubnUpMi8zL+/pKy5paStCsXstf6kzqXVpaGlw6W3peel8wqkqrvFu/akzrDNzeqkz6Xhobyl66THCrK7s9qk5KTDpMak3qS5CrikpM7G/L7vCrbapcil7A==",
  ],
  [
    "koi8-r",
    [
      "Готовлю каждый день",
      "Люблю путешествия и фото",
      "Москва мода",
      "Сотрудничество по почте",
      "Музыкант",
      "Собаки каждый день",
      "Тренер",
    ],
    "58/Uz9fMwCDLwdbE2cogxMXO2ArswMLMwCDQ1dTF28XT1NfJ0SDJIMbP1M8K7c/Ty9fBIM3PxMEK88/U0tXEzsnexdPU188g0M8g0M/e1MUK7dXa2cvBztQK88/CwcvJIMvB1sTZyiDExc7YCvTSxc7F0g==",
  ],
  [
    "windows-1251",
    [
      "Готовлю каждый день",
      "Люблю путешествия и фото",
      "Москва мода",
      "Сотрудничество по почте",
      "Музыкант",
      "Собаки каждый день",
      "Тренер",
    ],
    "w+7y7uLr/iDq4Obk++kg5OXt/ArL/uHr/iDv8/Ll+OXx8uLo/yDoIPTu8u4KzO7x6uLgIOzu5OAK0e7y8PPk7ej35fHy4u4g7+4g7+738uUKzPPn++rg7fIK0e7h4OroIOrg5uT76SDk5e38CtLw5e3l8A==",
  ],
  [
    "windows-1252",
    [
      "Café à Paris, crème brûlée",
      "München für alle",
      "Año nuevo en España",
      "garçon très drôle",
      "São Paulo, Ação",
      "“quotes” – dash … €5",
      "Ærø og Ålesund",
    ],
    "Q2Fm6SDgIFBhcmlzLCBjcuhtZSBicvts6WUKTfxuY2hlbiBm/HIgYWxsZQpB8W8gbnVldm8gZW4gRXNwYfFhCmdhcudvbiB0cuhzIGRy9GxlClPjbyBQYXVsbywgQefjbwqTcXVvdGVzlCCWIGRhc2gghSCANQrGcvggb2cgxWxlc3VuZA==",
  ],
  [
    "windows-1250",
    [
      "Zażółć gęślą jaźń",
      "Współpraca na priv",
      "Piszę o modzie i życiu",
      "Łódź, śmieszne filmiki",
      "Miłość do psów",
      "Świat książek",
      "Żona i mama",
    ],
    "WmG/87PmIGfqnGy5IGphn/EKV3Nw87NwcmFjYSBuYSBwcml2ClBpc3rqIG8gbW9kemllIGkgv3ljaXUKo/NknywgnG1pZXN6bmUgZmlsbWlraQpNabNvnOYgZG8gcHPzdwqMd2lhdCBrc2m5v2VrCq9vbmEgaSBtYW1h",
  ],
  [
    "windows-1250",
    [
      "Příliš žluťoučký kůň",
      "Děláme videa každý den",
      "Móda a krása",
      "Praha, Česko",
      "Všechno o vaření",
      "Zpěvačka",
      "Ťuk",
    ],
    "UPjtbGmaIJ5sdZ1vdehr/SBr+fIKROxs4W1lIHZpZGVhIGthnmT9IGRlbgpN82RhIGEga3Lhc2EKUHJhaGEsIMhlc2tvClaaZWNobm8gbyB2Yfhlbu0KWnDsdmHoa2EKjXVr",
  ],
  [
    "windows-1250",
    [
      "Árvíztűrő tükörfúrógép",
      "Szép napot, őszi képek",
      "Főzés és sütés",
      "Zenész",
      "Budapest, első kézből",
      "Tanár úr",
      "Utazás külföldön",
    ],
    "wXJ27Xp0+3L1IHT8a/ZyZvpy82fpcApTeulwIG5hcG90LCD1c3ppIGvpcGVrCkb1eulzIOlzIHP8dOlzClplbulzegpCdWRhcGVzdCwgZWxz9SBr6Xpi9WwKVGFu4XIg+nIKVXRheuFzIGv8bGb2bGT2bg==",
  ],
  [
    "windows-1254",
    [
      "İstanbul'da yaşıyorum",
      "Şarkı söylüyorum",
      "Yemek tarifleri her gün",
      "Güzel ve eğlenceli",
      "müzik",
      "Çok güzel bir gün",
    ],
    "3XN0YW5idWwnZGEgeWH+/XlvcnVtCt5hcmv9IHP2eWz8eW9ydW0KWWVtZWsgdGFyaWZsZXJpIGhlciBn/G4KR/x6ZWwgdmUgZfBsZW5jZWxpCm38emlrCsdvayBn/HplbCBiaXIgZ/xu",
  ],
  [
    "windows-874",
    [
      "ฉันชอบทำอาหารทุกวัน",
      "เดินทางและถ่ายภาพ",
      "กรุงเทพ แฟชั่น",
      "ติดต่องานทางอีเมล",
      "นักดนตรี",
      "หมาน่ารักทุกวัน",
      "เทรนเนอร์",
    ],
    "qdG5qs26t9PN0svSw7fYocfRuQrgtNS5t9Kn4cXQtujSwsDSvgqhw9in4Le+IOG/qtHouQq11LS16M2n0rm30qfN1eDBxQq50aG0ubXD1QrLwdK56NLD0aG32KHH0bkK4LfDueC5zcPs",
  ],
  [
    "iso-8859-5",
    [
      "Готовлю каждый день",
      "Люблю путешествия и фото",
      "Москва мода",
      "Сотрудничество по почте",
      "Музыкант",
      "Собаки каждый день",
      "Тренер",
    ],
    "s97i3tLb7iDa0NbU69kg1NXd7Aq77tHb7iDf4+LV6NXh4tLY7yDYIOTe4t4KvN7h2tLQINze1NAKwd7i4OPU3djn1eHi0t4g394g397n4tUKvOPX69rQ3eIKwd7R0NrYINrQ1tTr2SDU1d3sCsLg1d3V4A==",
  ],
  [
    "ibm866",
    [
      "Готовлю каждый день",
      "Люблю путешествия и фото",
      "Москва мода",
      "Сотрудничество по почте",
      "Музыкант",
      "Собаки каждый день",
      "Тренер",
    ],
    "g67irqKr7iCqoKak66kgpKWt7AqL7qGr7iCv4+Kl6KXh4qKo7yCoIOSu4q4KjK7hqqKgIKyupKAKka7i4OOkrajnpeHioq4gr64gr67n4qUKjOOn66qgreIKka6hoKqoIKqgpqTrqSCkpa3sCpLgpa2l4A==",
  ],
  [
    "windows-1253",
    [
      "Μαγειρεύω κάθε μέρα",
      "Αγαπώ τα ταξίδια και τη φωτογραφία",
      "Αθήνα μόδα",
      "Συνεργασίες με email",
      "Μουσικός",
      "Σκύλοι κάθε μέρα",
    ],
    "zOHj5enx5f35IOrc6OUg7N3x4QrB4+Hw/iD04SD04e7f5OnhIOrh6SD05yD2+fTv4/Hh9t/hCsHo3u3hIOz85OEK0/Xt5fHj4fPf5fIg7OUgZW1haWwKzO/18+nq/PIK0+r96+/pIOrc6OUg7N3x4Q==",
  ],
  [
    "windows-1255",
    ["מבשל כל יום", "אוהב טיולים וצילום", "תל אביב אופנה", "שיתופי פעולה במייל", "מוזיקאי", "כלבים כל יום"],
    "7uH57CDr7CDp5e0K4OXk4SDo6eXs6e0g5fbp7OXtCvrsIODh6eEg4OX08OQK+en65fTpIPTy5ezkIOHu6ensCu7l5un34OkK6+zh6e0g6+wg6eXt",
  ],
  [
    "windows-1256",
    ["أطبخ كل يوم", "أحب السفر والتصوير", "القاهرة موضة", "للتعاون عبر البريد", "موسيقي", "كلاب كل يوم"],
    "w9jIziDf4SDt5uMKw83IIMfh093RIObH4crV5u3RCsfh3sfl0ckg4+bWyQrh4crax+bkINrI0SDH4cjR7c8K4+bT7d7tCt/hx8gg3+Eg7ebj",
  ],
  [
    "iso-8859-6",
    ["أطبخ كل يوم", "أحب السفر والتصوير", "القاهرة موضة", "للتعاون عبر البريد", "موسيقي", "كلاب كل يوم"],
    "w9fIziDj5CDq6OUKw83IIMfk0+HRIOjH5MrV6OrRCsfk4sfn0ckg5ejWyQrk5MrZx+jmINnI0SDH5MjR6s8K5ejT6uLqCuPkx8gg4+Qg6ujl",
  ],
];

/** A table with a biography a record. */
function table(bytes: string): Buffer {
  const lines = Buffer.from(bytes, "base64").toString("latin1").split("\n");
  return Buffer.from(`id,biography\n${lines.map((line, row) => `${row},"${line}"\n`).join("")}`, "latin1");
}

/** What a walk over records that are each a line makes of them. */
function told(bytes: Buffer): Promise<Encoding | undefined> {
  const check = new ByteCheck();
  for (const line of bytes.toString("latin1").split("\n")) check.flawOf(Buffer.from(line, "latin1"));
  return legacyEncoding(UTF8, check);
}

describe.each(TEXTS)("a text in %s", (encoding, biographies, bytes) => {
  it("is read, and said what as", async () => {
    const opened = await bench.read(table(bytes));
    expect(valuesOf(opened).map(([, biography]) => biography)).toEqual(biographies);
    expect(opened).toMatchObject({
      rejectedCount: 0,
      alerts: [{ level: "warning", code: "encoding_converted" }],
    });
    expect(opened.alerts[0].message).toContain("say --encoding");
  });

  it("is told after thousands of records in ASCII, and where a few are damaged", async () => {
    const lines = table(bytes).toString("latin1").split("\n").slice(1, -1);
    const many = Array.from({ length: 60 }, (_, row) => lines[row % lines.length]);
    const ascii = Array.from({ length: 2000 }, (_, row) => `${row},plain`);
    const all = Buffer.from([...ascii, ...many, "7,\xff\xff\x81"].join("\n"), "latin1");
    expect(await told(all)).toBe(encoding);
  });

  it("is read as what somebody says", async () => {
    const path = bench.file("said.csv", table(bytes));
    const source = await openSource(bench.connection, path, { reading: { encoding } });
    const rows = await bench.connection.runAndReadAll(`SELECT biography FROM "${source.relation}"`);
    await source.close();
    expect(rows.getRowsJS().flat()).toEqual(biographies);
    expect(source.alerts.map(({ level }) => level)).toEqual(["info"]);
  });
});

describe("what is left alone", () => {
  it("right UTF-8 of any script, with a damaged record here and there", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 5 }),
        async (texts) => {
          const lines = texts.map((text) => Buffer.from(`${text.replace(/[\n\r]/g, " ")} é`));
          expect(
            await told(
              Buffer.concat([...lines.flatMap((line) => [line, Buffer.from("\n")]), Buffer.from([0xc3])]),
            ),
          ).toBe(undefined);
        },
      ),
    );
  });

  it("Windows-1252, whatever Western words are in it", async () => {
    const words =
      "café crème brûlée München für Año español garçon São Paulo ação Ærø Ålesund Straße où déjà naïve “quotes” – … €5 ¡Hola! ¿qué? ÉTÉ NOËL".split(
        " ",
      );
    const high: Record<string, number> = { "“": 0x93, "”": 0x94, "–": 0x96, "…": 0x85, "€": 0x80 };
    const encode = (text: string) =>
      Buffer.from([...text].map((letter) => high[letter] ?? letter.charCodeAt(0)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 9 }), {
          minLength: 8,
          maxLength: 40,
        }),
        async (lines) => {
          const bytes = encode(`${lines.map((line) => line.join(" ")).join("\n")}\nà côté\n`);
          expect(await told(bytes)).toBe("windows-1252");
        },
      ),
    );
  });

  it.each([
    "Smørrebrød à la carte\nSøren è qui, più ìdolo\nrød grød med fløde",
    "õhtu, öö, müük\nkõik on hästi, sõber\nélan ja tõde",
    "ações e emoções, pão, você é\nopiniões, corações, saúde\nsão três, amanhã",
    "œuvre, cœur, où, très\nà bientôt, sûr, août\nm² et m³, n°5",
    "¿Qué? El 3º año, 1ª vez\n¿cómo estás? mañana\nniño, corazón",
  ])("Windows-1252 that shares letters with Central Europe: %s", async (text) => {
    const bytes = Buffer.from(text.replaceAll("œ", "\x9c"), "latin1");
    expect(await told(bytes)).toBe("windows-1252");
  });

  it("bytes that are no text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 40, maxLength: 400 }), async (bytes) => {
        expect(await told(Buffer.from([...bytes, 0xff, 0xfe, 0x81]))).toBe(undefined);
      }),
    );
  });
});

it("refuses an encoding that nobody knows, and one for what is no text", async () => {
  const path = bench.file("plain.csv", "id,bio\n1,x\n");
  const opening = (at: string, encoding: string) =>
    openSource(bench.connection, at, { reading: { encoding } });
  await expect(opening(path, "klingon")).rejects.toThrow(/^unknown encoding: klingon \(expected utf-8,/);
  const parquet = new URL("../../../test/found/parquet-nan-rate.parquet", import.meta.url).pathname;
  await expect(opening(parquet, "big5")).rejects.toThrow(/^no text: --encoding is for CSV and JSON/);
});
