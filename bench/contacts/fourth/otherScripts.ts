import { bio, email, inLanguage, link, on, phone } from "../labelled.ts";

/** Fourth set, in other scripts. */
export const otherScripts = [
  ...inLanguage("Russian", [
    bio("Инста: @polya.vyshivaet", on("instagram", "polya.vyshivaet")),
    bio("по рекламе 👉 тг: @kostya_adv", on("telegram", "kostya_adv")),
    bio("сотрудничество📩 mila.sova.pr@yandex.ru", email("mila.sova.pr@yandex.ru")),
    bio("вк: vk.com/garazh_dyadi_vovy", on("vk", "garazh_dyadi_vovy")),
    bio("тгк — t.me/chaynaya_pauza ☕", on("telegram", "chaynaya_pauza")),
    bio("подписывайся на ютуб, ссылка тут"),
    bio("любимый ❤️ @egor_07"),
    bio("Запись: 8 (900) 555-01-43 WhatsApp", phone("89005550143", "whatsapp")),
  ]),
  ...inLanguage("Ukrainian", [
    bio("Інста 👉 @olenka.peche", on("instagram", "olenka.peche")),
    bio("співпраця: vasylko.media@ukr.net", email("vasylko.media@ukr.net")),
    bio("мій телеграм скоро"),
  ]),
  ...inLanguage("Arabic", [
    bio("انستقرامي: @sara.dallah", on("instagram", "sara.dallah")),
    bio("سناب شات: bo_nawaf99", on("snapchat", "bo_nawaf99")),
    bio("للاعلان والتواصل واتس 📲 00966555014478", phone("+966555014478", "whatsapp")),
    bio("ايميل: hind.sketches@hotmail.com", email("hind.sketches@hotmail.com")),
    bio("قناتي باليوتيوب قريبا"),
    bio("تلقرام 👈 @matbakh_yaman", on("telegram", "matbakh_yaman")),
    bio("سنابي وانستا: rakan.drift", on("snapchat", "rakan.drift"), on("instagram", "rakan.drift")),
    bio("حسابي بالتيك توك فقط"),
  ]),
  ...inLanguage("Hebrew", [
    bio("אינסטה 👈 yuval.ofe", on("instagram", "yuval.ofe")),
    bio("לשיתופי פעולה: tamar.hayom@gmail.com", email("tamar.hayom@gmail.com")),
    bio("עקבו גם באינסטגרם"),
  ]),
  ...inLanguage("Hindi", [
    bio("Insta 👇👇\nmr_chhotu_comedy", on("instagram", "mr_chhotu_comedy")),
    bio("इंस्टाग्राम आईडी @radhika.ki.rasoi", on("instagram", "radhika.ki.rasoi")),
    bio("promotion ke liye WhatsApp kare 97555 01122", phone("9755501122", "whatsapp")),
    bio("YT - Kisan Bhai Ramu"),
    bio(
      "Insta - banna_sa_007 | Snap - bannasa7",
      on("instagram", "banna_sa_007"),
      on("snapchat", "bannasa7"),
    ),
    bio("12 march ko aaya is duniya me 🎂"),
  ]),
  ...inLanguage("Thai", [
    bio("งานรีวิว📩 nongpleng.review@gmail.com", email("nongpleng.review@gmail.com")),
    bio("IG👉🏻 tae.kinpai", on("instagram", "tae.kinpai")),
    bio("แอดไลน์ @khanomthai.shop", on("line", "khanomthai.shop")),
    bio("ช่องยูทูปมาเร็วๆนี้"),
  ]),
  ...inLanguage("Japanese", [
    bio("インスタ☞ @asagao.nikki", on("instagram", "asagao.nikki")),
    bio("📩 PR依頼→ noriben.pr@gmail.com", email("noriben.pr@gmail.com")),
    bio("IG/X: tsukimi_udon", on("instagram", "tsukimi_udon"), on("twitter", "tsukimi_udon")),
    bio("YouTubeはリンクから"),
    bio("💍2023.11.22 / 旦那 @ryo.papa"),
    bio("公式HP https://mikan-hatake.jp", link("https://mikan-hatake.jp")),
  ]),
  ...inLanguage("Korean", [
    bio("insta→ dong_ne_bbang", on("instagram", "dong_ne_bbang")),
    bio("비즈니스 문의 ✉️ mandoo.biz@kakao.com", email("mandoo.biz@kakao.com")),
    bio("유튜브 '할매밥상' 구독"),
    bio("인스타 - seoyun.film", on("instagram", "seoyun.film")),
    bio("오픈카톡 링크 👇"),
  ]),
  ...inLanguage("Chinese", [
    bio("合作邮箱：nuomi.studio@163.com", email("nuomi.studio@163.com")),
    bio("📷IG: aho.riding", on("instagram", "aho.riding")),
    bio("加微信 doudou5521 进群", on("wechat", "doudou5521")),
    bio("粉專即將開張"),
  ]),
  ...inLanguage("Greek", [
    bio("Insta: giorgos.psarema", on("instagram", "giorgos.psarema")),
    bio("ακολουθήστε με και στο YouTube"),
  ]),
];
