import { bio, email, inLanguage, on, phone } from "../labelled.ts";

/** Russian biographies. */
export const russian = inLanguage("Russian", [
  bio("Сотрудничество: lada.snegova@yandex.ru", email("lada.snegova@yandex.ru")),
  bio("инста: @vetka.rowan", on("instagram", "vetka.rowan")),
  bio("Инстаграм 👉 mishka_pekar", on("instagram", "mishka_pekar")),
  bio("тг: @kotoferma", on("telegram", "kotoferma")),
  bio("Телеграм канал t.me/remont_bez_slez", on("telegram", "remont_bez_slez")),
  bio("ВК: vk.com/kirill_banduga", on("vk", "kirill_banduga")),
  bio("почта для рекламы: polly.ads@mail.ru", email("polly.ads@mail.ru")),
  bio("Мой тгк: @dnevnik_tasi", on("telegram", "dnevnik_tasi")),
  bio("ютуб: @DedVGarazhe", on("youtube", "DedVGarazhe")),
  bio("ватсап +7 900 555-01-34", phone("+79005550134", "whatsapp")),
  bio("inst: alina.zefir", on("instagram", "alina.zefir")),
  bio("тик ток удалят, я тут: t.me/sonyablog", on("telegram", "sonyablog")),
  bio("ссылка в профиле"),
  bio("Подпишись ❤️ цель 10к"),
  bio("инста в шапке профиля"),
  bio("мне 17, Казань 🌆"),
  bio("люблю @vanya.ru 💍"),
  bio("эфиры в 19:00 по мск"),
  bio("нет инсты, не ищите"),
  bio("Пермь, 1995 г.р."),
  bio("в личку не пишу"),
]);

/** Ukrainian biographies. */
export const ukrainian = inLanguage("Ukrainian", [
  bio("інста: @marichka.vysh", on("instagram", "marichka.vysh")),
  bio("Співпраця 📩 zlata.reklama@ukr.net", email("zlata.reklama@ukr.net")),
  bio("телеграм 👉 @lisova_kava", on("telegram", "lisova_kava")),
  bio("вайбер +380 50 555 01 23", phone("+380505550123", "viber")),
  bio("інста в описі"),
  bio("Слава Україні 🇺🇦 24.02.2022"),
]);
