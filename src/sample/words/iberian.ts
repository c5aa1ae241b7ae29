import { type Language, lines, words } from "./language.ts";

export const spanish: Language = {
  tag: "es",
  share: [0.08, 0.08, 0.08],
  offsets: [-6, -6, -5, -4, -3, 2, 2],
  given: words(`
    Alba Alejandro Ana Andrés Camila Carla Carlos Carmen Daniela Diego Elena Emilio Estefanía Fernanda Gabriela Hugo Inés
    Iván Jimena Joaquín Juan Julieta Karla Laura Lucía Luis Luna Marcos María Mateo Mónica Nicolás Noelia Pablo Paola
    Raúl Renata Rocío Rodrigo Rosa Santi Sara Sofía Tomás Valeria Valentina Vanesa Ximena Yolanda
  `),
  family: words(`
    Aguilar Arroyo Bravo Cabrera Campos Cordero Escobar Fuentes Galindo Herrera Ibarra Lozano Luján Marín Medina Molina
    Montes Navarro Olivares Ortega Paredes Peralta Quiroga Rivas Robles Salazar Serrano Solís Tapia Valdés Vega Zamora
  `),
  stems: words(`
    alba ale ana andres camila carla carlos carmen dani diego elena emilio fer gaby hugo ines ivan jimena juan julieta
    laura lucia luis luna marcos maria mateo moni nico noelia pablo paola raul renata rocio rodri rosa santi sara sofi
    tomas vale valen vane ximena yoli reina loca bella flaca gato mundo cocina recetas risas vida amor baile musica rojo
    norte solo tu mi el la rey chico canal futbol
  `),
  titles: lines(`
    Recetas de {name}
    La Cocina de {name}
    Tienda {name}
    {name} oficial
    mi perrito y yo
    Risas y más
    Cuenta secundaria
    Uñas {name}
    fan de {name}
  `),
  cities: words(
    "Madrid Sevilla CDMX Monterrey Guadalajara Bogotá Medellín Lima Quito Caracas Rosario Santiago Valencia Cali",
  ),
  flags: words("🇲🇽 🇪🇸 🇨🇴 🇦🇷 🇵🇪 🇨🇱 🇪🇨 🇻🇪 🇬🇹 🇩🇴 🇭🇳 🇸🇻"),
  roles: lines(`
    mamá de {n}
    estudiante
    cantante
    bailarina
    actor
    humor
    moda
    belleza
    recetas
    viajes
    futbol
    maquillista
    enfermera
    {age} años
    {city}
    mexicana
    colombiano
    emprendedora
    gamer
    fotografía
    ella/she
  `),
  sayings: lines(`
    solo por diversión {e}
    amo a mi familia {e}
    la vida es bella
    Dios es mi guía {e}
    un día a la vez
    humor del bueno
    aquí para hacerte reír
    Sin miedo al éxito
    gracias por tanto {e}
    vamos por los {goal}
    ¿{goal}? {e}
    cuenta nueva
    cuenta de edits
    no sé qué poner
    haciendo lo que me gusta
    Recetas fáciles y caseras
    con mucho cariño para ustedes
    fan de los domingos {e}
    orgullosa de mis raíces {flag}
    De {city} para el mundo
    sueña en grande
    mi gato manda aquí
  `),
  calls: lines(`
    sígueme y te sigo {e}
    Sígueme en Instagram {me}
    ig: {me}
    Instagram: {me}
    Insta @{me}
    no olvides seguirme
    contacto: {mail}
    {mail}
    Colaboraciones {mail}
    link aquí abajo 👇
    suscríbete a mi canal {e}
    like y comparte
    pedidos por DM
  `),
};

export const portuguese: Language = {
  tag: "pt",
  share: [0.04, 0.04, 0.04],
  offsets: [-3, -3, -3, 1],
  given: words(`
    Alice Aline Amanda Beatriz Bruna Bruno Caio Camila Davi Débora Eduarda Felipe Gabi Gustavo Helena Heitor Isabela João
    Júlia Kaique Larissa Letícia Lívia Luana Lucas Luiza Manu Mariana Matheus Natália Otávio Pedro Rafa Rebeca Samuel
    Tainá Thiago Vitória Yasmin
  `),
  family: words(
    "Almeida Barros Borges Cardoso Dias Duarte Farias Freitas Lacerda Macedo Moraes Nogueira Pinheiro Queiroz Rezende Teles Viana",
  ),
  stems: words(`
    aline amanda bia bruna caio camila davi duda felipe gabi guga helena isa joao julia kaique lari leti livia luana lucas
    lu manu mari math nat pedro rafa rebeca samu taina thi vih yas bela doce casa dicas receitas vida meu minha canal
    edits jogos humor loja
  `),
  titles: lines(`
    Cantinho {name}
    Receitas {name}
    {name} oficial
    Loja {name}
    dicas {name}
    conta fã clube
  `),
  cities: words("SP RJ Curitiba Salvador Recife Fortaleza BH Lisboa Porto Goiânia Manaus Floripa"),
  flags: words("🇧🇷 🇧🇷 🇧🇷 🇵🇹 🇦🇴"),
  roles: lines(`
    mãe de {n}
    humor
    receitas
    moda
    dança
    maquiagem
    estudante
    {age} anos
    {city}
    ela/dela
    enfermeira
    futebol
    cantor
    viagens
    jogos
  `),
  sayings: lines(`
    Deus no comando {e}
    só por diversão
    sejam bem-vindos ao meu perfil {e}
    rumo aos {goal}
    me ajuda a chegar nos {goal}? {e}
    amo minha família {e}
    vivendo um dia de cada vez
    rindo pra não chorar
    dicas de casa todo dia
    minha gata é a chefe
    gratidão {e}
    obrigada por tudo
    conta nova, a outra caiu
    Receitas simples e baratas
    não sei o que colocar aqui
  `),
  calls: lines(`
    segue lá no insta {me}
    insta: {me}
    Instagram @{me}
    me segue que eu sigo de volta
    Parcerias: {mail}
    {mail}
    contato {mail}
    link aqui embaixo 👇
    ative as notificações
    compre na lojinha {e}
  `),
};
