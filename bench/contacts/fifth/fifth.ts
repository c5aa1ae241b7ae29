import { bio, email, inLanguage, type Labelled, link, on, phone } from "../labelled.ts";

/** Biographies that were labelled after the rules had been mended with four sets, and before they were run over these. */
export const FIFTH: readonly Labelled[] = [
  ...inLanguage("English", [
    bio("potter 🏺 leeds\ninsta @clayandcumin", on("instagram", "clayandcumin")),
    bio(
      "IG: hazel.outloud | hazeloutloud.pr@gmail.com",
      on("instagram", "hazel.outloud"),
      email("hazeloutloud.pr@gmail.com"),
    ),
    bio("Pls follow my Instagram @nightowlnadia 🥺", on("instagram", "nightowlnadia")),
    bio("snap me: quincyb_88", on("snapchat", "quincyb_88")),
    bio("yt ⇨ @FerretLogistics", on("youtube", "FerretLogistics")),
    bio("bizz inquiries: ellis@tanglewoodtalent.com ✨ 5'4", email("ellis@tanglewoodtalent.com")),
    bio("Join my discord https://discord.gg/moonferry", link("https://discord.gg/moonferry")),
    bio(
      "🐦 @pocketgeologist 🎮 twitch.tv/pocketgeologist",
      on("twitter", "pocketgeologist"),
      on("twitch", "pocketgeologist"),
    ),
    bio("Text or call 👉 (213) 555-0119", phone("2135550119")),
    bio("instagram famous in my own kitchen"),
    bio("7 yrs sober 💪 | dad x3"),
    bio("IG in the link ⬇️⬇️"),
    bio("I just repost @gatorfan.clips tbh"),
    bio(
      "linktr.ee/ottoandthecats | @ottoandthecats on Insta",
      link("https://linktr.ee/ottoandthecats"),
      on("instagram", "ottoandthecats"),
    ),
  ]),
  ...inLanguage("Spanish", [
    bio("Insta: mateo.ladrillo 🧱", on("instagram", "mateo.ladrillo")),
    bio("📲 WhatsApp: +52 81 5550 1276", phone("+528155501276", "whatsapp")),
    bio("contrataciones: oficina@bandalosgirasoles.mx", email("oficina@bandalosgirasoles.mx")),
    bio("mi insta está en mi link 😘"),
  ]),
  ...inLanguage("Portuguese", [
    bio("📷 instagram: @bru.na.cozinha", on("instagram", "bru.na.cozinha")),
    bio("Orçamentos pelo whats 21 95555-0148", phone("21955550148", "whatsapp")),
    bio("vídeos todo dia às 19h"),
  ]),
  ...inLanguage("French", [
    bio("Insta — leo.sur.les.toits", on("instagram", "leo.sur.les.toits")),
    bio("Snapchat: manon_bx33", on("snapchat", "manon_bx33")),
    bio("✉️ collab.papillon@outlook.fr", email("collab.papillon@outlook.fr")),
    bio("Compte secondaire : @manon.bis"),
  ]),
  ...inLanguage("German", [
    bio("Insta/YT: @hofladenheinz", on("instagram", "hofladenheinz"), on("youtube", "hofladenheinz")),
    bio("Business: management@kettenblatt.media", email("management@kettenblatt.media")),
    bio("mein Insta ist privat sorry"),
  ]),
  ...inLanguage("Italian", [
    bio("Mi trovi su IG come @ale.fornaio", on("instagram", "ale.fornaio")),
    bio("collaborazioni in DM"),
  ]),
  ...inLanguage("Turkish", [
    bio("İnstagram : @zeynepin.bahcesi_", on("instagram", "zeynepin.bahcesi_")),
    bio("Bilgi için 0 (532) 555 01 67", phone("05325550167")),
    bio("herkese selam, insta yok"),
  ]),
  ...inLanguage("Swedish", [
    bio(
      "Insta: @lovisa.bakar | samarbete: lovisa@surdegskontoret.se",
      on("instagram", "lovisa.bakar"),
      email("lovisa@surdegskontoret.se"),
    ),
    bio("finns även på youtube"),
  ]),
  ...inLanguage("Romanian", [
    bio("insta👉 andrei_la_munte", on("instagram", "andrei_la_munte")),
    bio("Colaborări: ioana.coace@yahoo.com", email("ioana.coace@yahoo.com")),
  ]),
  ...inLanguage("Russian", [
    bio(
      "тг: lisichka_art / inst: lisichka.art",
      on("telegram", "lisichka_art"),
      on("instagram", "lisichka.art"),
    ),
    bio("Реклама — @reklama_bobra (телеграм)", on("telegram", "reklama_bobra")),
    bio("в инсте тоже есть 😉"),
  ]),
  ...inLanguage("Arabic", [
    bio("انستا 👻 سناب\nجديد"),
    bio("سناب 👈🏻 dr.bayan7", on("snapchat", "dr.bayan7")),
    bio("للاستفسار: واتساب 0533014499", phone("0533014499", "whatsapp")),
    bio("الانستقرام : @waleed.3oud", on("instagram", "waleed.3oud")),
  ]),
  ...inLanguage("Hindi", [
    bio("Follow on insta 👉 pooja__ke__pakwan", on("instagram", "pooja__ke__pakwan")),
    bio("Contact number - 9755503311", phone("9755503311")),
    bio("Mahadev ka bhakt 🔱 | 18 Nov"),
  ]),
  ...inLanguage("Indonesian", [
    bio("Endorse/PP? WA 0877 5550 9012", phone("087755509012", "whatsapp")),
    bio("IG🔥@budi.mancing", on("instagram", "budi.mancing")),
    bio("yg mau order cek link ya"),
  ]),
  ...inLanguage("Vietnamese", [
    bio("Liên hệ công việc: 0966 555 041", phone("0966555041")),
    bio("Facebook: facebook.com/tiemhoanhalua", on("facebook", "tiemhoanhalua")),
  ]),
  ...inLanguage("Thai", [
    bio("ติดต่องาน Line: @kaijiao.ads", on("line", "kaijiao.ads")),
    bio("อินสตาแกรม : mooping.daily", on("instagram", "mooping.daily")),
  ]),
  ...inLanguage("Japanese", [
    bio("Instagram👉🏻 @sakuramochi_log", on("instagram", "sakuramochi_log")),
    bio("Xもよろしく→ @nukadoko_neko", on("twitter", "nukadoko_neko")),
    bio("今日も元気に20:30〜LIVE"),
  ]),
  ...inLanguage("Korean", [
    bio("IG @jeju.hareubang.kim", on("instagram", "jeju.hareubang.kim")),
    bio("제휴문의 : byeolsam@naver.com", email("byeolsam@naver.com")),
    bio("인스타로 와주세요"),
  ]),
  ...inLanguage("Chinese", [
    bio("IG: xiangcai.bu.chi", on("instagram", "xiangcai.bu.chi")),
    bio("商務合作 line id: chunjuan88", on("line", "chunjuan88")),
    bio("不定時開播"),
  ]),
];
