import { bio, email, inLanguage, link, on, phone } from "../labelled.ts";

/** More in other scripts. */
export const otherScripts = [
  ...inLanguage("Russian", [
    bio("реклама: t.me/vasilisa_pr", on("telegram", "vasilisa_pr")),
    bio("инст👉 @tyoma.kosh", on("instagram", "tyoma.kosh")),
    bio("по вопросам: zhenya.sotr@gmail.com", email("zhenya.sotr@gmail.com")),
    bio("мой телеграм — @lis_v_lesu", on("telegram", "lis_v_lesu")),
    bio("канал в телеграме, ссылка ниже"),
    bio("Мама двоих 👶 12.05.2019"),
  ]),
  ...inLanguage("Arabic", [
    bio("للتعاون 📩 rakan.alnajm.ads@gmail.com", email("rakan.alnajm.ads@gmail.com")),
    bio("انستغرام: dima.sweets.jo", on("instagram", "dima.sweets.jo")),
    bio("سناب شات 👈 abo.turki77", on("snapchat", "abo.turki77")),
    bio("واتس اب: 0501239876", phone("0501239876", "whatsapp")),
    bio("حسابي الأساسي @dima.2"),
    bio("تابعني على انستقرام"),
  ]),
  ...inLanguage("Persian", [
    bio("اینستا: @ashpazi.maryam", on("instagram", "ashpazi.maryam")),
    bio("تلگرام @ketab_khane_man", on("telegram", "ketab_khane_man")),
    bio("لینک در بیو"),
  ]),
  ...inLanguage("Hindi", [
    bio("Insta id- raju.bhojpuriya", on("instagram", "raju.bhojpuriya")),
    bio("business mail 👉 tannu.vlogs.work@gmail.com", email("tannu.vlogs.work@gmail.com")),
    bio("insta pe aao 👉 @komal.kiduniya", on("instagram", "komal.kiduniya")),
    bio("YouTube pe 100k family ❤️"),
    bio("जय हिन्द 🇮🇳 DOB 15 Aug"),
  ]),
  ...inLanguage("Thai", [
    bio("IG:baifern.ka\nติดต่องาน 089 555 0134", on("instagram", "baifern.ka"), phone("0895550134")),
    bio("สั่งซื้อ ไลน์ @sabaidee99", on("line", "sabaidee99")),
    bio("ไอจีอยู่ด้านล่างค่ะ"),
  ]),
  ...inLanguage("Japanese", [
    bio("Insta▷▷ hoshino.panya", on("instagram", "hoshino.panya")),
    bio("Twitter⇒@mame_shiba_lab", on("twitter", "mame_shiba_lab")),
    bio("ご依頼はDMかkotori.work@gmail.comまで", email("kotori.work@gmail.com")),
    bio("ＹｏｕＴｕｂｅもよろしく🙇"),
    bio("🐈2021.4.1生まれ"),
  ]),
  ...inLanguage("Korean", [
    bio("인스타 ▶ @onew.table", on("instagram", "onew.table")),
    bio("광고/협업 📮 chaeah.pr@naver.com", email("chaeah.pr@naver.com")),
    bio("유튜브 구독 부탁해요"),
    bio("인스타 맞팔해요"),
  ]),
  ...inLanguage("Chinese", [
    bio("IG：luna.bubbletea", on("instagram", "luna.bubbletea")),
    bio("商店 👉 https://shop.mimao.tw/", link("https://shop.mimao.tw")),
    bio("小紅書同名"),
  ]),
  ...inLanguage("Greek", [
    bio("Συνεργασίες: eleni.kymata@gmail.com", email("eleni.kymata@gmail.com")),
    bio("insta 👉 @nikos.se.taxidi", on("instagram", "nikos.se.taxidi")),
  ]),
  ...inLanguage("Hebrew", [
    bio("אינסטגרם: @noga.bishulim", on("instagram", "noga.bishulim")),
    bio("הלינק בביו"),
  ]),
];
