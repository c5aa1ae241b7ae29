import { bio, email, inLanguage, on, phone } from "../labelled.ts";

/** Turkish biographies. */
export const turkish = inLanguage("Turkish", [
  bio("iş birliği: defneorman.info@gmail.com", email("defneorman.info@gmail.com")),
  bio("İnsta: baran.yelkovan", on("instagram", "baran.yelkovan")),
  bio("ig → @selin.karatepe", on("instagram", "selin.karatepe")),
  bio("instagram : mutfaktabirzeynep", on("instagram", "mutfaktabirzeynep")),
  bio("Reklam için 👉 reklam@pofuduktv.com", email("reklam@pofuduktv.com")),
  bio("Snap: kaan.dgr", on("snapchat", "kaan.dgr")),
  bio("İletişim 0555 014 22 33", phone("05550142233")),
  bio("whatsapp sipariş hattı: 0 555 018 7766", phone("05550187766", "whatsapp")),
  bio("yt: @usta_niyazi", on("youtube", "usta_niyazi")),
  bio("insta hesabım @elifin.dukkani", on("instagram", "elifin.dukkani")),
  bio("İnsta linki profilde"),
  bio("takip et 🙏 hedef 10k"),
  bio("evli, mutlu, 2 çocuk"),
  bio("İnstagram aynı isim"),
  bio("06 Ankara 💙"),
  bio("her gün 21.00'de canlı yayın"),
  bio("aşkım @mrt.06"),
  bio("DM'den yazın"),
]);

/** Arabic biographies. */
export const arabic = inLanguage("Arabic", [
  bio("للإعلانات: noura.alsahab@gmail.com", email("noura.alsahab@gmail.com")),
  bio("انستا: @reem.alward", on("instagram", "reem.alward")),
  bio("سناب: faisal_q8x", on("snapchat", "faisal_q8x")),
  bio("انستقرام 👈 khaled.almatbakh", on("instagram", "khaled.almatbakh")),
  bio("سنابي 👻 lulu.jar", on("snapchat", "lulu.jar")),
  bio("للتواصل واتساب +966 55 500 1423", phone("+966555001423", "whatsapp")),
  bio("واتس ٠٥٥٥٠١٢٣٤٥", phone("0555012345", "whatsapp")),
  bio("تيليجرام: @souq_alhala", on("telegram", "souq_alhala")),
  bio("يوتيوب: @TabkhaMaaSalma", on("youtube", "TabkhaMaaSalma")),
  bio("حسابي بالانستا @huda_sketch", on("instagram", "huda_sketch")),
  bio("تويتر @majed_nfl", on("twitter", "majed_nfl")),
  bio("الرابط في البايو"),
  bio("الحساب الثاني @saad2_x"),
  bio("ما عندي سناب ولا انستا"),
  bio("لا إله إلا الله محمد رسول الله ﷺ"),
  bio("وصلوني ١٠ك 🌹"),
  bio("تابعوني على السناب"),
  bio("سورة البقرة ٢:٢٥٥"),
  bio("مواليد ١٩٩٩"),
  bio("بث مباشر الساعة ٩:٠٠"),
]);
