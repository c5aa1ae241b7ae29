import { type Language, lines, words } from "./language.ts";

export const turkish: Language = {
  tag: "tr",
  share: [0.026, 0.022, 0.018],
  offsets: [3],
  given: words(
    "Aleyna Arda Aslı Ayşe Berk Beyza Burak Buse Cansu Ceren Deniz Ebru Ece Efe Elif Emir Esra Fatma Gizem Hakan İrem Kaan Kerem Melike Merve Mert Nisa Onur Rabia Selin Sude Tuğçe Umut Yağmur Yusuf Zeynep",
  ),
  family: words(
    "Aksoy Aydın Bulut Çelik Demir Doğan Erdem Güneş Kaya Keskin Koç Özkan Polat Şahin Taş Yalçın Yıldız",
  ),
  stems: words(
    "aleyna arda asli ayse berk beyza burak buse cansu ceren deniz ebru ece efe elif emir esra gizem hakan irem kaan kerem melike merve mert nisa onur rabia selin sude tugce umut yagmur yusuf zeynep prens kral mavi gece yemek tarif",
  ),
  titles: lines(`
    {name} mutfakta
    yedek hesap
    {name} resmi hesap
    komik videolar
  `),
  cities: words("İstanbul Ankara İzmir Adana Bursa Konya Trabzon Antalya Mersin"),
  flags: words("🇹🇷 🇹🇷 🇦🇿"),
  roles: lines(`
    öğrenci
    anne
    {age} yaş
    {city}
    futbol
    makyaj
    yemek
    dans
    kuaför
  `),
  sayings: lines(`
    hayat güzel {e}
    hedef {goal} {e}
    yeni hesap {e}
    {goal} olur muyuz
    sadece eğlence için
    her şeye rağmen gülümse
    yemek tarifleri ve daha fazlası
    sabır her şeyin ilacı
    Hoş geldiniz {e}
    boş işler
    Allah büyüktür {e}
  `),
  calls: lines(`
    insta: {me}
    instagram: {me}
    takip edene takip {e}
    takip etmeyi unutma
    iş birliği: {mail}
    {mail}
    DM açık
    canlı yayın her {day}
  `),
};

export const polish: Language = {
  tag: "pl",
  share: [0.012, 0.01, 0.007],
  offsets: [1],
  given: words(
    "Ala Antek Basia Dawid Gosia Hania Igor Jagoda Julka Kacper Kinga Kuba Lena Maja Marcel Natalka Ola Oliwia Patryk Wiktoria Zosia Szymon",
  ),
  family: words("Bielak Dudek Gil Kalina Kos Lis Mazur Sowa Szczygieł Wilk Wrona Zając"),
  stems: words(
    "ala antek basia dawid gosia hania igor jagoda julka kacper kinga kuba lena maja marcel nati ola oliwka patryk wiki zosia szymon kotek misiu gra",
  ),
  titles: lines(`
    {name} gotuje
    drugie konto
    kotek {name}
  `),
  cities: words("Warszawa Kraków Łódź Gdańsk Poznań Wrocław"),
  flags: words("🇵🇱"),
  roles: lines(`
    {age} lat
    mama {n}
    {city}
    konie
    gry
    makijaż
    taniec
  `),
  sayings: lines(`
    hejka {e}
    cel {goal} {e}
    tylko dla zabawy
    dzięki za {goal} {e}
    życie jest piękne
    nowe konto
    miłego dnia {e}
    koty rządzą
  `),
  calls: lines(`
    ig: {me}
    insta {me}
    współpraca: {mail}
    {mail}
    zostaw follow {e}
  `),
};

export const romanian: Language = {
  tag: "ro",
  share: [0.01, 0.008, 0.006],
  offsets: [2],
  given: words(
    "Alex Alina Ana Andrei Bianca Cosmin Denisa Dragoș Ema Florin Ionela Larisa Mădălina Mihai Oana Răzvan Ștefania Teo Vlad",
  ),
  family: words("Albu Bălan Ciobanu Dobre Ene Lupu Manea Neagu Oprea Rusu Stoica Toma"),
  stems: words(
    "alex alina ana andrei bianca cosmin deni dragos ema florin ionela lari mada mihai oana razvan stefi teo vlad mami rege",
  ),
  titles: lines(`
    {name} oficial
    contul lui {name}
    Bucătăria cu {name}
  `),
  cities: words("București Cluj Iași Timișoara Chișinău Brașov"),
  flags: words("🇷🇴 🇷🇴 🇲🇩"),
  roles: lines(`
    {age} ani
    mămică
    {city}
    mașini
    fotbal
    machiaj
  `),
  sayings: lines(`
    facem {goal}? {e}
    viața e frumoasă {e}
    doar pentru distracție
    Doamne ajută {e}
    mulțumesc pentru tot
    cont nou
    abone {e}
  `),
  calls: lines(`
    insta: {me}
    follow back {e}
    {mail}
    colaborări {mail}
  `),
};

export const dutch: Language = {
  tag: "nl",
  share: [0.01, 0.008, 0.008],
  offsets: [1],
  given: words(
    "Anouk Bram Daan Eva Femke Fleur Isa Jasper Jip Lieke Lotte Maud Milan Nienke Noor Roos Sanne Sem Sven Tess Thijs",
  ),
  family: words("Bakker Brouwer Dekker Kuiper Mulder Smits Verhoef Visser Vos"),
  stems: words(
    "anouk bram daan eva femke fleur isa jasper jip lieke lotte maud milan nienke noor roos sanne sem sven tess thijs paard kaas",
  ),
  titles: lines(`
    {name} bakt
    extra account
    {name} en de hond
  `),
  cities: words("Amsterdam Utrecht Rotterdam Gent Antwerpen Breda"),
  flags: words("🇳🇱 🇳🇱 🇧🇪"),
  roles: lines(`
    {age} jaar
    mama van {n}
    paarden
    voetbal
    {city}
    koken
  `),
  sayings: lines(`
    gewoon voor de lol {e}
    hoi {e}
    op naar {goal}
    bedankt voor {goal} {e}
    lekker gek doen
    nieuw account
  `),
  calls: lines(`
    insta: {me}
    snap: {me}
    contact: {mail}
    {mail}
    volg mij {e}
  `),
};
