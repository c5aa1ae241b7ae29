import type { PlatformName } from "./contact.ts";

/** How a platform is called in biographies, and where its pages are. */
export interface Platform {
  readonly name: PlatformName;
  /** Words that stand by themselves, in Latin and Cyrillic letters, as regular expressions. */
  readonly words: readonly string[];
  /** The same in scripts that write words together, as regular expressions. */
  readonly fragments?: readonly string[];
  /** Emoji that stand for it, where what follows has a handle's form. */
  readonly emoji?: readonly string[];
  /** Hosts of its pages with the path that leads to an account, whose name is the first group. */
  readonly pages?: readonly { readonly host: RegExp; readonly path: RegExp }[];
  /** Characters of a name, inside a class. */
  readonly characters?: string;
  /** Names may have dots. */
  readonly dotted?: boolean;
  /** Names may have blanks, so that one word before others may be part of a name and is no handle. */
  readonly spaced?: boolean;
}

/** `X` is a platform's name where a line or a part of one begins with it and a mark follows; else it joins two names. */
const X = "(?<=(?:^|[\\n•|·,&+/(~]) ?)x(?= ?[:=→➡&+/(]|[はも])";

const NAME = /^\/@?([\w.-]{2,40})\/?$/;

/** Platforms in the order in which their labels are tried. */
export const PLATFORMS: readonly Platform[] = [
  {
    name: "instagram",
    dotted: true,
    words: [
      "i[nm]s?ta?gra?ma?",
      "inst[a-z]{0,2}gr?[a-z]{1,2}",
      "lnstagram",
      "insta(?:gr)?",
      "inst",
      "ins",
      "ig",
      "i\\.g\\.?",
      "i g",
      "(?:da|the) gram",
      "gram(?= ?[:=-]? ?@)",
      "insta(?:gram)?'?(?:da|dan|ım|im)",
      "instagram(?:ie|u|a|em|men|om)",
      "инстаграмм?[аеу]?",
      "инст[аеуы]?",
      "інстаграм[аіу]?",
      "інст[аіуи]?",
      "nsta",
    ],
    fragments: [
      "[اإأآای]{0,4}نست[اـغقجك]{0,8}رام",
      "[اإأآ]ا?نست[اـ]{0,8}(?:ي|تي)?",
      "اینستاگرام",
      "اینستا",
      "इंस्टाग्राम",
      "इंस्टा",
      "ইনস্টাগ্রাম",
      "ইনস্টা",
      "ไอจี",
      "อินสตาแกรม",
      "อินสตา",
      "インスタグラム",
      "インスタ",
      "인스타그램",
      "인스타",
      "אינסטגרם",
      "אינסטה",
    ],
    emoji: ["📷", "📸"],
    pages: [
      {
        host: /(?:^|\.)instagram\.com$|^instagr\.am$|^ig\.me$/,
        path: /^\/(?!p\/|reel\/|explore\/|stories\/)@?([\w.]{2,30})\/?$/,
      },
    ],
  },
  {
    name: "youtube",
    words: ["youtube", "you ?tube", "ytb?", "utube", "ють?[уюy]б[ае]?"],
    fragments: ["يوتيوب", "یوتیوب", "यूट्यूब", "ইউটিউব", "ยูทูป", "ยูทูบ", "ユーチューブ", "유튜브"],
    pages: [
      { host: /(?:^|\.)youtube\.com$/, path: /^\/(?:@|c\/|user\/)([^/?#]{2,60})/ },
      { host: /(?:^|\.)youtube\.com$/, path: /^\/channel\/([\w-]{10,40})/ },
    ],
    characters: "\\p{L}\\p{N}._-",
    spaced: true,
  },
  {
    name: "snapchat",
    dotted: true,
    words: ["snapchat", "snap ?chat", "snap", "sc", "снапчат", "снап"],
    fragments: ["سناب\\s?شات", "سنابي", "سناب", "اسناب", "สแนปแชท"],
    emoji: ["👻"],
    pages: [{ host: /(?:^|\.)snapchat\.com$/, path: /^\/(?:add\/|@)([\w.-]{3,30})/ }],
    characters: "a-zA-Z0-9._-",
  },
  {
    name: "twitter",
    words: ["twitter", "twt", "tw", "x\\.com", X, "твиттер"],
    fragments: ["تويتر", "ツイッター", "트위터", "ทวิต(?:เตอร์)?"],
    emoji: ["🐦"],
    pages: [{ host: /(?:^|\.)(?:twitter|x)\.com$/, path: /^\/(?!i\/|home|search)@?(\w{2,20})\/?$/ }],
  },
  {
    name: "facebook",
    dotted: true,
    words: ["facebook", "fb", "face", "facebook ?page", "fb ?page", "фейсбук"],
    fragments: ["فيسبوك", "فيس\\s?بوك", "فيس", "ফেসবুক", "เฟสบุ๊ค", "เฟส", "เพจ", "फेसबुक"],
    pages: [
      {
        host: /(?:^|\.)(?:facebook|fb)\.com$/,
        path: /^\/(?!groups\/|watch|share|profile\.php|people\/)([\w.-]{3,80})\/?$/,
      },
      { host: /^fb\.me$/, path: NAME },
    ],
    spaced: true,
  },
  {
    name: "telegram",
    words: [
      "telegram",
      "telegrama",
      "tele",
      "tg",
      "t\\.g",
      "телеграмм?[аеу]?",
      "телег[аеу]",
      "телеграм-?канал",
      "тгк?",
      "тг ?канал",
    ],
    fragments: ["تي?لي?[جغقگك]رام", "テレグラム", "텔레그램"],
    pages: [{ host: /^(?:t|telegram)\.me$|^telegram\.dog$/, path: /^\/(?!joinchat|\+)@?(\w{3,40})\/?$/ }],
  },
  {
    name: "whatsapp",
    words: [
      "whats ?app",
      "what's ?app",
      "wtsapp",
      "whats",
      "wsp",
      "wpp",
      "zap",
      "wa",
      "ватсап",
      "вацап",
      "вотсап",
    ],
    fragments: ["واتس ?اب", "واتساب", "واتس", "واتسآپ", "व्हाट्सएप"],
    pages: [{ host: /^wa\.me$|(?:^|\.)whatsapp\.com$/, path: /^\/(?:send\/?\?phone=)?\+?(\d{7,15})/ }],
  },
  { name: "viber", words: ["viber", "вайбер"] },
  {
    name: "discord",
    words: ["discord", "disc", "dc", "дискорд"],
    fragments: ["ديسكورد", "ディスコード", "디스코드"],
    pages: [
      // An invitation is no name: it stays a link.
      { host: /(?:^|\.)discord\.com$/, path: /^\/users\/(\d{10,20})/ },
    ],
    characters: "a-zA-Z0-9._#",
  },
  {
    name: "twitch",
    words: ["twitch", "твич", "ttv"],
    fragments: ["تويتش", "ツイッチ", "트위치"],
    pages: [{ host: /(?:^|\.)twitch\.tv$/, path: /^\/(\w{3,30})\/?$/ }],
  },
  {
    name: "kick",
    words: ["kick\\.com", "kick(?= ?[:@])"],
    pages: [{ host: /^(?:www\.)?kick\.com$/, path: /^\/([\w-]{3,30})\/?$/ }],
  },
  {
    name: "threads",
    dotted: true,
    words: ["threads"],
    pages: [{ host: /(?:^|\.)threads\.(?:net|com)$/, path: /^\/@([\w.]{2,30})/ }],
  },
  {
    name: "pinterest",
    words: ["pinterest"],
    pages: [{ host: /(?:^|\.)pinterest\.[a-z.]{2,6}$/, path: /^\/(?!pin\/)([\w-]{3,40})\/?$/ }],
  },
  {
    name: "vk",
    words: ["vk", "vkontakte", "вк", "вконтакте"],
    pages: [{ host: /(?:^|\.)vk\.(?:com|ru)$/, path: /^\/([\w.]{3,40})\/?$/ }],
  },
  {
    name: "line",
    dotted: true,
    words: ["line ?id", "id ?line", "line(?= ?: ?@| @[a-z])"],
    fragments: ["公式line", "公式ライン", "ไลน์", "ไลน"],
    characters: "a-zA-Z0-9._-",
  },
  {
    name: "wechat",
    words: ["wechat", "weixin"],
    fragments: ["微信", "加微", "薇信"],
    characters: "a-zA-Z0-9_-",
  },
  { name: "kakaotalk", words: ["kakao ?talk", "kakao"], fragments: ["카카오톡", "카톡"] },
  {
    name: "onlyfans",
    words: ["only ?fans", "onlyfans"],
    pages: [{ host: /(?:^|\.)onlyfans\.com$/, path: NAME }],
  },
  {
    name: "patreon",
    words: ["patreon"],
    pages: [{ host: /(?:^|\.)patreon\.com$/, path: /^\/(?:c\/)?([\w.-]{2,40})\/?$/ }],
  },
  {
    name: "spotify",
    words: ["spotify"],
    // Other pages are an artist's or a song's, by number.
    pages: [{ host: /^open\.spotify\.com$/, path: /^\/user\/([\w.-]{2,40})\/?$/ }],
    spaced: true,
  },
  {
    name: "soundcloud",
    words: ["soundcloud"],
    pages: [{ host: /(?:^|\.)soundcloud\.com$/, path: NAME }],
    characters: "a-zA-Z0-9_-",
    spaced: true,
  },
  {
    name: "linkedin",
    words: ["linkedin"],
    pages: [{ host: /(?:^|\.)linkedin\.com$/, path: /^\/in\/([\w%-]{2,60})/ }],
    spaced: true,
  },
  {
    name: "paypal",
    words: ["paypal"],
    pages: [{ host: /^paypal\.me$|(?:^|\.)paypal\.com$/, path: /^\/(?:paypalme\/)?([\w.-]{2,40})\/?$/ }],
  },
  {
    name: "cashapp",
    words: ["cash ?app"],
    pages: [{ host: /^cash\.app$/, path: /^\/\$?([\w.-]{2,40})\/?$/ }],
    characters: "a-zA-Z0-9_-",
  },
  {
    name: "wattpad",
    words: ["wattpad"],
    pages: [{ host: /(?:^|\.)wattpad\.com$/, path: /^\/user\/([\w.-]{2,40})/ }],
  },
  {
    name: "etsy",
    words: ["etsy"],
    pages: [{ host: /(?:^|\.)etsy\.com$/, path: /^\/(?:[a-z]{2}\/)?shop\/([\w.-]{2,40})/ }],
  },
  { name: "depop", words: ["depop"], pages: [{ host: /(?:^|\.)depop\.com$/, path: NAME }] },
];

const LABELS = new RegExp(
  `^(?:${PLATFORMS.flatMap(({ words, fragments = [] }) => [...words, ...fragments]).join("|")}|tik ?tok|tt)$`,
  "iu",
);

/** Whether a text is a word for a platform and nothing else. */
export function isPlatformLabel(text: string): boolean {
  return LABELS.test(text.trim());
}

const NAMED_BEFORE = new RegExp(
  `(?:${PLATFORMS.filter(({ dotted }) => dotted)
    .flatMap(({ words, fragments = [] }) => [`(?<![\\p{L}\\p{N}_@.])(?:${words.join("|")})`, ...fragments])
    .join("|")})(?: (?:id|is))?(\\s?[:=~>@→➡👉-]?[ \\n]?@?)$`,
  "iu",
);

/**
 * Whether a text ends with a word for a platform whose names may have dots: `name.shop` after "Insta: " is a name, no address.
 *
 * @param top the end of what could be an address: without a mark between, `.com` tells that it is one
 */
export function isNameWithDots(before: string, top: string): boolean {
  const named = NAMED_BEFORE.exec(before.slice(-40));
  return named !== null && (/[^\s]/.test(named[1]) || !/^(?:com|net|org)$/i.test(top));
}
