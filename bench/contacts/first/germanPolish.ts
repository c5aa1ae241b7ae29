import { bio, email, inLanguage, link, on, phone } from "../labelled.ts";

/** German biographies. */
export const german = inLanguage("German", [
  bio("Kooperation: mira.tannhoff@web.de", email("mira.tannhoff@web.de")),
  bio("Insta: finja.abendroth", on("instagram", "finja.abendroth")),
  bio("Instagram 👉🏼 @backen.mit.hilde", on("instagram", "backen.mit.hilde")),
  bio("Kontakt: post@hofladen-kieselbach.de", email("post@hofladen-kieselbach.de")),
  bio("info (ät) wollwerkstatt-luv (punkt) de", email("info@wollwerkstatt-luv.de")),
  bio("Twitch: dachsbaugaming 🎮 tgl. ab 20 Uhr", on("twitch", "dachsbaugaming")),
  bio("YT: @HolzwurmHenrik", on("youtube", "HolzwurmHenrik")),
  bio("Shop: https://kerzenkeller.de", link("https://kerzenkeller.de")),
  bio("WhatsApp 0151 5550 2214", phone("015155502214", "whatsapp")),
  bio("Snap 👻 leonie.qx", on("snapchat", "leonie.qx")),
  bio("Insta+YT: dennis_drifft", on("instagram", "dennis_drifft"), on("youtube", "dennis_drifft")),
  bio("📧 anfrage[at]lukasbrett.de", email("anfrage@lukasbrett.de")),
  bio("Link in Bio"),
  bio("Insta folgt"),
  bio('Motto: "Wer wagt, gewinnt."'),
  bio("Live So. 19:30 Uhr"),
  bio("Mama von 3 👦👧👶 | Hausbau 2022"),
  bio("Schaut bei meinem Freund @joschi.k vorbei"),
  bio("Noch kein Insta 😅"),
  bio("Unterwegs mit Bulli T3, Bj. 1987"),
  bio("Bei Fragen per DM"),
  bio("GmbH & Co. KG"),
  bio("ca. 1,80 m, 75 kg"),
  bio("u.a. z.B. d.h."),
]);

/** Polish biographies. */
export const polish = inLanguage("Polish", [
  bio("współpraca: ola.brzezniak@wp.pl", email("ola.brzezniak@wp.pl")),
  bio("ig: kacper.slimak", on("instagram", "kacper.slimak")),
  bio("IG👉 @domek.na.gorce", on("instagram", "domek.na.gorce")),
  bio("Insta: zuzia_wrzosek 🌸", on("instagram", "zuzia_wrzosek")),
  bio("kontakt: hej małpa kredkowo kropka pl", email("hej@kredkowo.pl")),
  bio("snap: igor.kwq", on("snapchat", "igor.kwq")),
  bio("yt: @MajsterkowanieZeStachem", on("youtube", "MajsterkowanieZeStachem")),
  bio("link w bio"),
  bio("insta w linku"),
  bio("18 | Kraków | ♈"),
  bio("cel 10k ❤️"),
  bio("mój chłopak @bartek.xd"),
  bio("Live o 20:00"),
  bio("nie mam snapa"),
]);

/** Dutch biographies. */
export const dutch = inLanguage("Dutch", [
  bio("Samenwerken? 📧 sanne.duinveld@gmail.com", email("sanne.duinveld@gmail.com")),
  bio("insta: @joris.fietst", on("instagram", "joris.fietst")),
  bio("Volg me op insta @fleur.bakt.taart", on("instagram", "fleur.bakt.taart")),
  bio("webshop: www.haakhoekje.nl", link("https://haakhoekje.nl")),
  bio("link in bio, insta ook"),
  bio("mama van 2, getrouwd 12-06-2015"),
]);
