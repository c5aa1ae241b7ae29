import { bio, email, inLanguage, type Labelled, link, on, phone } from "../labelled.ts";

/** Biographies that were labelled after the rules had been mended with the first and the second, and before they were run. */
export const THIRD: readonly Labelled[] = [
  ...inLanguage("English", [
    bio("PR 💌 hollyhock.press@gmail.com", email("hollyhock.press@gmail.com")),
    bio("Instagram @marnie.in.motion 🏃‍♀️ Denver", on("instagram", "marnie.in.motion")),
    bio("ig = dustbunnydraws", on("instagram", "dustbunnydraws")),
    bio("🎥 YouTube.com/@TheRustyKettle", on("youtube", "TheRustyKettle")),
    bio(
      "snap : maddox_vane9 / ig : maddox.vane",
      on("snapchat", "maddox_vane9"),
      on("instagram", "maddox.vane"),
    ),
    bio("Send fan mail: PO Box 114, Boise ID"),
    bio("🧁 custom cakes, order at sugarandthyme.com", link("https://sugarandthyme.com")),
    bio("booking: talent[at]blueheronmgmt[dot]com", email("talent@blueheronmgmt.com")),
    bio("Twitch + Kick: zanymoose", on("twitch", "zanymoose"), on("kick", "zanymoose")),
    bio("insta. lottie_fairweather", on("instagram", "lottie_fairweather")),
    bio("2nd acc @lottie.two | IG @lottie_fairweather", on("instagram", "lottie_fairweather")),
    bio("solidarity forever ✊ twitter: @unionjackie_", on("twitter", "unionjackie_")),
    bio("text (312) 555-0188 4 a quote", phone("3125550188")),
    bio("Follow my FB page: Nana's Kitchen"),
    bio("snapped my ankle, still dancing"),
    bio("3x state champ 🏆 class of 2026"),
    bio("yt shorts > everything"),
    bio("Formerly known as @bigtoastie"),
    bio("insta models hate me"),
    bio("DMs open / email closed"),
    bio("lines & threads by @needle.nan"),
  ]),
  ...inLanguage("Spanish", [
    bio("Publicidad 👉🏼 publi.marianaolivo@gmail.com", email("publi.marianaolivo@gmail.com")),
    bio("Instagram➡️ chefcolibri", on("instagram", "chefcolibri")),
    bio("Contacto 644 555 0193", phone("6445550193")),
    bio("sígueme en ig: @pau.terrazas", on("instagram", "pau.terrazas")),
    bio("mi canal de YouTube ya casi"),
    bio("Hecho en México 100% real no feik"),
  ]),
  ...inLanguage("Portuguese", [
    bio("Contato: (85) 99555-0126", phone("85995550126")),
    bio("ig📸: lari.tamarindo", on("instagram", "lari.tamarindo")),
    bio("Só posto no insta agora"),
    bio("📍Recife | 19y | @namorado.dela"),
  ]),
  ...inLanguage("French", [
    bio("Insta 📷 : chloe.dvrt", on("instagram", "chloe.dvrt")),
    bio("Collabs ✉️ teamoceane@mistralprod.fr", email("teamoceane@mistralprod.fr")),
    bio("Snap supprimé, insta bientôt"),
  ]),
  ...inLanguage("German", [
    bio(
      "IG: kathi.klettert | Mail: kathi.klettert@gmx.net",
      on("instagram", "kathi.klettert"),
      email("kathi.klettert@gmx.net"),
    ),
    bio("Podcast bei Spotify: Halbe Sachen"),
    bio("Insta ist verlinkt"),
  ]),
  ...inLanguage("Italian", [
    bio("Instagram ➡ gigi_ilpanettiere", on("instagram", "gigi_ilpanettiere")),
    bio("Per collaborazioni: noemi.stella.collab@gmail.com", email("noemi.stella.collab@gmail.com")),
    bio("su YouTube da marzo"),
  ]),
  ...inLanguage("Turkish", [
    bio("Reklam/iş birliği whatsapp: 0545 555 01 21", phone("05455550121", "whatsapp")),
    bio("ınstagram: ece.naz.arslantas", on("instagram", "ece.naz.arslantas")),
    bio("instagramda daha aktifim"),
  ]),
  ...inLanguage("Polish", [
    bio("ig @magda.gotuje.pl 🍲", on("instagram", "magda.gotuje.pl")),
    bio("wbijaj na insta ❤️"),
  ]),
  ...inLanguage("Russian", [
    bio(
      "Инста @sofa.lunnaya\nТГ @lunnayasofa",
      on("instagram", "sofa.lunnaya"),
      on("telegram", "lunnayasofa"),
    ),
    bio("сотрудничество: wa.me/79005550177", phone("+79005550177", "whatsapp")),
    bio("телега в шапке"),
    bio("второй акк @sofa2.0"),
  ]),
  ...inLanguage("Arabic", [
    bio("انستا 👇🏻\n@lamar.cake", on("instagram", "lamar.cake")),
    bio("سنابي: om.yousef12", on("snapchat", "om.yousef12")),
    bio("للطلب واتس 0559871234", phone("0559871234", "whatsapp")),
    bio("سنابي نفس الاسم"),
  ]),
  ...inLanguage("Hindi", [
    bio("Instagram 👉 pahadi.chhora.07", on("instagram", "pahadi.chhora.07")),
    bio("contact no 98555 44321", phone("9855544321")),
    bio("Insta same name se hai"),
    bio("5k jaldi karwa do yaaro 🙏"),
  ]),
  ...inLanguage("Indonesian", [
    bio("IG @ranirajut\nShopee: ranirajut.id", on("instagram", "ranirajut")),
    bio("Paid promote wa 0895-5550-3341", phone("089555503341", "whatsapp")),
    bio("follow ig aku ya kak"),
  ]),
  ...inLanguage("Vietnamese", [
    bio("Fb + Ig: thaovy.nauan", on("facebook", "thaovy.nauan"), on("instagram", "thaovy.nauan")),
    bio("Hợp tác: nhimxu.lienhe@gmail.com", email("nhimxu.lienhe@gmail.com")),
    bio("fb cùng tên nha"),
  ]),
  ...inLanguage("Thai", [
    bio("ติดต่อโฆษณา LINE: @moodeng.ads", on("line", "moodeng.ads")),
    bio("ig: khaopun.kitchen", on("instagram", "khaopun.kitchen")),
    bio("เพจเฟสบุ๊คเร็วๆนี้"),
  ]),
  ...inLanguage("Japanese", [
    bio("Instagram ☞ miso.to.shio", on("instagram", "miso.to.shio")),
    bio("インスタのID→ kinako_24h", on("instagram", "kinako_24h")),
    bio("YouTubeチャンネル登録お願いします"),
    bio("お仕事はInstagramのDMへ"),
  ]),
  ...inLanguage("Korean", [
    bio("인스타 아이디 ssuk.tteok", on("instagram", "ssuk.tteok")),
    bio("📩dduddu.contact@gmail.com", email("dduddu.contact@gmail.com")),
    bio("인스타는 비공개"),
  ]),
  ...inLanguage("Chinese", [
    bio("工商合作📮 amaomeow@yahoo.com.tw", email("amaomeow@yahoo.com.tw")),
    bio("IG👉🏻 xiaolong_eats", on("instagram", "xiaolong_eats")),
    bio("直播時間 21:00-23:00"),
  ]),
];
