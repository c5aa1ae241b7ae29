import { type Language, lines, words } from "./language.ts";

export const french: Language = {
  tag: "fr",
  share: [0.03, 0.03, 0.03],
  offsets: [1],
  given: words(`
    Adèle Amandine Anaïs Arthur Axelle Camille Chloé Clara Clément Élodie Emma Enzo Fanny Gaëlle Hugo Inès Jade Jules Julie
    Kévin Léa Léo Lina Louane Lucas Maëlys Manon Marine Mathis Nadia Noémie Océane Romane Sarah Théo Yanis Zoé
  `),
  family: words(
    "Aubert Barbier Chevallier Delmas Fontaine Garnier Lacroix Lefort Marchand Morel Perrin Renard Rousset Tessier Vasseur",
  ),
  stems: words(`
    adele amandine anais arthur axelle camille clara clem elodie enzo fanny gaelle ines jade jules kev lea lina louane
    maelys manon marine mathis nadia noemie oceane romane sarah theo yanis zoe petit belle chat cuisine vie rire coco
    lulu mimi tonton
  `),
  titles: lines(`
    La cuisine de {name}
    {name} officiel
    compte secondaire
    Maman de {n}
    le chat de {name}
  `),
  cities: words(
    "Paris Lyon Lille Nantes Bordeaux Toulouse Bruxelles Dakar Abidjan Marseille Genève Montréal",
  ),
  flags: words("🇫🇷 🇫🇷 🇧🇪 🇨🇭 🇸🇳 🇨🇮 🇩🇿 🇲🇦 🇭🇹"),
  roles: lines(`
    maman de {n}
    étudiante
    coiffeuse
    danse
    cuisine
    mode
    beauté
    humour
    foot
    {age} ans
    {city}
    infirmière
    voyage
  `),
  sayings: lines(`
    juste pour le fun
    bienvenue sur mon compte {e}
    objectif {goal} {e}
    on arrive aux {goal} ?
    la vie est belle
    Je poste quand j'ai envie
    merci à tous {e}
    nouveau compte
    fière maman {e}
    un peu de tout
    j'aime la vie et le fromage
    Recettes simples du quotidien
  `),
  calls: lines(`
    insta : {me}
    snap : {me}
    Instagram : {me}
    abonne-toi {e}
    abonnez-vous svp {e}
    contact : {mail}
    {mail}
    Collab : {mail}
    lien en bas 👇
  `),
};

export const german: Language = {
  tag: "de",
  share: [0.014, 0.014, 0.014],
  offsets: [1],
  given: words(
    "Anke Anna Antonia Bastian Carina Celina Dennis Emil Felix Finja Greta Hannes Ida Jana Jannik Jonas Kira Lara Leonie Lina Lukas Maja Marie Max Mira Nele Paula Pia Svenja Tim Tobi",
  ),
  family: words(
    "Albrecht Berger Brandt Dietrich Engel Falk Hagen Kessler Lindner Maurer Reuter Seidel Vogt Winkler Zeller",
  ),
  stems: words(
    "anke anna toni basti carina celi dennis emil felix finja greta hannes ida jana jannik jonas kira lara leonie lina luki maja max mira nele paula pia svenja tim tobi kueche zocker mama papa hund pferde garten",
  ),
  titles: lines(`
    {name} backt
    Mama {name}
    zweitaccount
    Werkstatt {name}
  `),
  cities: words("Berlin Hamburg Köln München Wien Leipzig Zürich Bremen NRW"),
  flags: words("🇩🇪 🇩🇪 🇦🇹 🇨🇭"),
  roles: lines(`
    Mama von {n}
    Pferde
    Zocker
    Mode
    Rezepte
    {age}
    {city}
    Fitness
    Azubi
    Lehrerin
  `),
  sayings: lines(`
    einfach nur zum Spaß {e}
    schön, dass du da bist {e}
    auf dem Weg zu {goal}
    Hunde sind die besseren Menschen
    das Leben ist kein Ponyhof
    Danke für {goal} {e}
    neuer Account
    Backen ist Liebe
    ich und mein Garten
  `),
  calls: lines(`
    Insta: {me}
    Instagram: @{me}
    Snap: {me}
    Kontakt: {mail}
    {mail}
    Folgt mir gerne {e}
    Link hier 👇
  `),
};

export const italian: Language = {
  tag: "it",
  share: [0.017, 0.017, 0.014],
  offsets: [1],
  given: words(
    "Alessia Aurora Beatrice Chiara Davide Elisa Federica Filippo Francesca Gaia Ginevra Giada Ilaria Lorenzo Luca Martina Matteo Michela Noemi Riccardo Sara Serena Simone Tommaso Viola",
  ),
  family: words(
    "Amato Barone Caruso Conte Ferri Fontana Galli Leone Marchetti Neri Pagano Riva Serra Testa Vitale",
  ),
  stems: words(
    "ale aurora bea chiara davide elisa fede filo franci gaia ginny giada ila lori luca marti matte miche noemi ricky sara sere simo tommy viola dolce cucina vita bella gatto ridere",
  ),
  titles: lines(`
    La cucina di {name}
    {name} ufficiale
    profilo secondario
    {name} e basta
  `),
  cities: words("Roma Milano Napoli Torino Bari Palermo Bologna Firenze"),
  flags: words("🇮🇹"),
  roles: lines(`
    mamma di {n}
    studentessa
    ballo
    cucina
    moda
    {age} anni
    {city}
    calcio
    trucco
  `),
  sayings: lines(`
    solo per divertimento
    la vita è bella {e}
    non prendetemi sul serio
    grazie di tutto {e}
    obiettivo {goal} {e}
    arriviamo a {goal}?
    ricette della nonna
    vivo, rido e ballo
    il mio cane è il capo
  `),
  calls: lines(`
    ig: {me}
    Instagram {me}
    seguimi e ti seguo {e}
    collaborazioni: {mail}
    {mail}
    link qui sotto 👇
  `),
};
