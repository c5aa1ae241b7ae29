import { bio, email, inLanguage, link, on } from "../labelled.ts";

/** French biographies. */
export const french = inLanguage("French", [
  bio("collab : maelle.griffond@gmail.com", email("maelle.griffond@gmail.com")),
  bio("Insta : lou.vasseret", on("instagram", "lou.vasseret")),
  bio(
    "📸 insta ➡️ @theo.brannec\n👻 snap ➡️ theobrnc",
    on("instagram", "theo.brannec"),
    on("snapchat", "theobrnc"),
  ),
  bio("contact(at)latelierdemiel(point)fr", email("contact@latelierdemiel.fr")),
  bio("pro : nina.courtepaille arobase gmail.com", email("nina.courtepaille@gmail.com")),
  bio("snap : zoe.mlr13", on("snapchat", "zoe.mlr13")),
  bio("YT : @JeanMichelBidouille", on("youtube", "JeanMichelBidouille")),
  bio("Rejoins mon insta @clem.et.ses.chats 🐱", on("instagram", "clem.et.ses.chats")),
  bio("boutique : www.perlesdorage.fr", link("https://perlesdorage.fr")),
  bio("Insta et Snap : kyllian_drk", on("instagram", "kyllian_drk"), on("snapchat", "kyllian_drk")),
  bio("📩Contact pro: agence@voilures-media.fr", email("agence@voilures-media.fr")),
  bio("Ig:lena.fsh", on("instagram", "lena.fsh")),
  bio("lien en bio"),
  bio("20 ans 📍Lyon 69"),
  bio("insta en bio"),
  bio("Abonne-toi 💙 objectif 5k"),
  bio("lives à 21h30"),
  bio("mon mec @yanis.bt"),
  bio("pas d'insta ❌"),
  bio("Maman de Léo 12.04.2018"),
  bio("Mon snap c'est privé"),
  bio("prix : 12,50 €"),
  bio("YouTube : bientôt"),
]);

/** Italian biographies. */
export const italian = inLanguage("Italian", [
  bio("collab📩 ginevra.solari@libero.it", email("ginevra.solari@libero.it")),
  bio("Ig: tommi.brandolin", on("instagram", "tommi.brandolin")),
  bio("Seguimi su Instagram: @la.nonna.pina.cucina", on("instagram", "la.nonna.pina.cucina")),
  bio("Info: info chiocciola bottegaluna punto it", email("info@bottegaluna.it")),
  bio("canale telegram: t.me/offertedizeno", on("telegram", "offertedizeno")),
  bio("👻snap: aury.xs", on("snapchat", "aury.xs")),
  bio("YouTube: @ilgarageditullio", on("youtube", "ilgarageditullio")),
  bio("Instagram👇\nchiara.fontebasso", on("instagram", "chiara.fontebasso")),
  bio("link in bio 🔗"),
  bio("21 anni ♍️ Napoli"),
  bio("su insta mi trovi uguale"),
  bio("seguitemi su Instagram"),
  bio("amore mio @sasi_94"),
  bio("diretta ore 21.00"),
  bio("Obiettivo 10k"),
]);
