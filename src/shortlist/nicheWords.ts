/**
 * What accounts are about, by words of biographies in the languages of such data. Words stand by themselves; a word that ends
 * in `*` is the beginning of one; hashtags count like words.
 */
export const NICHE_WORDS: Readonly<Record<string, readonly string[]>> = listed({
  beauty:
    "beauty, makeup, make up, makeupartist, mua, skincare, skin care, cosmetics, lashes, nails, nail art, hairstylist, hair, lipstick, belleza, maquillaje, uñas, beleza, maquiagem, unhas, beauté, maquillage, ongles, schönheit, kosmetik, bellezza, trucco, güzellik, makyaj, красота, макияж, маникюр, визажист, косметика, مكياج, جمال, تجميل, kecantikan, làm đẹp, メイク, コスメ, 美容, 메이크업, 뷰티, เครื่องสำอาง",
  fashion:
    "fashion, ootd, outfit, outfits, outfit ideas, streetwear, stylist, model, modeling, thrift, clothing, boutique, moda, estilo, modelo, mode, mannequin, stil, giyim, мода, стиль, модель, стилист, أزياء, موضة, busana, hijab, thời trang, ファッション, コーデ, 패션, แฟชั่น, 穿搭",
  fitness:
    "fitness, gym, workout, workouts, personal trainer, bodybuilding, crossfit, yoga, pilates, calisthenics, running, marathon, weightloss, weight loss, coach sportif, entrenador, musculação, academia, treino, fitnesscoach, фитнес, тренер, йога, спорт, لياقة, رياضة, kebugaran, ジム, 筋トレ, 헬스, 운동, ฟิตเนส",
  food: "food, foodie, cooking, cook, chef, recipe, recipes, baking, baker, vegan, kitchen, barista, coffee, comida, cocina, recetas, receitas, culinária, cozinha, cuisine, recettes, pâtisserie, kochen, rezepte, backen, cucina, ricette, yemek, tarif, tarifler, еда, рецепт*, кулинар*, طبخ, وصفات, أكل, masak, resep, kuliner, nấu ăn, món ngon, 料理, レシピ, グルメ, 요리, 먹방, mukbang, อาหาร, 美食",
  travel:
    "travel, traveler, traveller, travelling, traveling, wanderlust, vanlife, backpacking, adventure, viajes, viajar, viajero, viagem, viagens, voyage, voyages, voyageur, reisen, reise, viaggi, viaggiare, seyahat, gezi, путешеств*, سفر, travelling, jalan jalan, liburan, du lịch, 旅行, 旅, 여행, ท่องเที่ยว",
  gaming:
    "gaming, gamer, games, game, streamer, twitch, esports, minecraft, roblox, fortnite, valorant, pubg, free fire, freefire, mobile legends, mlbb, genshin, gacha, cod, fifa, juegos, jogos, jeux, oyun, игры, геймер, стример, ألعاب, العاب, قيمنق, ゲーム, ゲーム実況, 게임, เกม, 游戏",
  music:
    "music, musician, singer, songwriter, rapper, producer, dj, band, guitar, guitarist, pianist, piano, drummer, vocalist, artist on spotify, música, cantante, cantor, cantora, musique, chanteur, chanteuse, musik, sänger, sängerin, musica, cantante, müzik, şarkıcı, музыка, певица, певец, موسيقى, مغني, فنان, penyanyi, ca sĩ, âm nhạc, 音楽, 歌い手, 歌, 음악, 가수, นักร้อง, เพลง",
  dance:
    "dance, dancer, dancing, choreographer, ballet, baile, bailarín, bailarina, dança, dançarina, danse, danseuse, danseur, tanz, tänzerin, danza, ballerina, dans, dansçı, танцы, танц*, رقص, tari, penari, nhảy, ダンス, 踊ってみた, 댄스, 춤, เต้น, 舞蹈",
  comedy:
    "comedy, comedian, funny, humor, humour, humorist, memes, jokes, skits, pranks, comedia, chistes, gracioso, comédia, humorista, humour, comédie, lustig, comicità, komedi, komik, mizah, юмор, приколы, كوميديا, كوميدي, نكت, lucu, kocak, hài, hài hước, お笑い, ネタ, 개그, ตลก, 搞笑",
  family:
    "mom, mum, mama, mommy, dad, daddy, parent, parenting, motherhood, family, twins, wife, toddler, pregnancy, mamá, madre, papá, familia, mãe, pai, família, maternidade, maman, famille, mutter, familie, mamma, famiglia, aile, мама, семья, أم, عائلة, ibu, keluarga, gia đình, ママ, 育児, 子育て, 육아, 엄마, ครอบครัว, 宝妈",
  pets: "dog, dogs, puppy, cat, cats, kitten, pet, pets, animals, animal lover, horse, horses, equestrian, perro, perros, gato, gatos, mascotas, cachorro, chien, chat, animaux, hund, katze, pferd, cane, gatto, köpek, kedi, hayvan, собака, кошка, кот, животн*, قطط, كلب, حيوانات, kucing, anjing, mèo, chó, 犬, 猫, ペット, 고양이, 강아지, แมว, หมา, 宠物",
  technology:
    "tech, technology, gadgets, coding, programmer, developer, software, engineer, ai, iphone, android, apps, tecnología, tecnologia, programador, technologie, technik, teknoloji, yazılım, технологии, программист, تقنية, برمجة, teknologi, công nghệ, ガジェット, テック, 테크, เทคโนโลยี, 科技",
  education:
    "education, teacher, tutor, learn, learning, study, studygram, student, science, history, facts, tips, language, english, profesor, profesora, educación, educação, professora, professor, professeur, apprendre, lehrer, lehrerin, lernen, insegnante, öğretmen, eğitim, учитель, образование, английский, تعليم, معلم, معلمة, guru, belajar, edukasi, giáo viên, học, 勉強, 英語, 先生, 교육, 영어, ครู, เรียน, 教育",
  business:
    "entrepreneur, ceo, founder, marketing, finance, investing, investor, crypto, bitcoin, forex, trading, trader, realtor, real estate, sales, emprendedor, emprendedora, negocios, empreendedor, empreendedora, negócios, investimentos, entrepreneuriat, immobilier, unternehmer, immobilien, imprenditore, girişimci, yatırım, бизнес, инвестиции, предприниматель, تجارة, تسويق, عقارات, استثمار, bisnis, pengusaha, kinh doanh, ビジネス, 投資, 副業, 사업, 투자, ธุรกิจ, 创业",
  sports:
    "football, footballer, soccer, basketball, baseball, volleyball, tennis, golf, boxing, mma, boxer, surfer, skater, skateboarding, snowboard, athlete, cyclist, cycling, gymnast, gymnastics, swimmer, fútbol, futbolista, futebol, jogador, foot, footballeur, fußball, calcio, futbol, futbolcu, basketbol, футбол, бокс, كرة, كرة القدم, لاعب, sepak bola, bóng đá, サッカー, 野球, バスケ, 축구, 야구, ฟุตบอล, 足球, 篮球",
  art: "art, artist, drawing, illustrator, illustration, painter, painting, tattoo, tattoo artist, animation, animator, designer, graphic design, crafts, handmade, crochet, ceramics, arte, artista, dibujo, ilustradora, desenho, dessin, illustratrice, kunst, künstler, künstlerin, disegno, sanat, sanatçı, çizim, искусство, художник, художница, رسم, رسام, رسامة, seni, gambar, vẽ, イラスト, 絵, アート, 그림, 미술, ศิลปะ, 画画",
  books:
    "books, booktok, bookish, reader, reading, author, writer, poet, poetry, novels, libros, lectora, escritor, escritora, livros, leitora, livres, lecture, autrice, auteur, bücher, autorin, autor, libri, scrittrice, kitap, yazar, книги, писатель, كتب, كاتب, كاتبة, شعر, buku, penulis, sách, 読書, 作家, 책, 작가, หนังสือ, 读书",
  cars: "cars, car, automotive, motorcycle, bikes, biker, mechanic, jdm, bmw, drift, trucks, trucker, racing, coches, motos, carros, mecânico, voitures, autos, motorrad, macchine, moto, araba, motor, авто, машин*, мото, سيارات, دراجات, mobil, otomotif, xe, ô tô, 車, バイク, 자동차, 바이크, รถ, 汽车",
  home: "home decor, homedecor, interior, interior design, diy, garden, gardening, plants, cleaning, cleantok, renovation, organization, decoración, hogar, jardín, decoração, casa, maison, décoration, déco, jardin, wohnung, haus, garten, arredamento, ev dekorasyon, dekorasyon, дом, ремонт, сад, дизайн интерьера, ديكور, منزل, rumah, dekorasi, nhà cửa, インテリア, 暮らし, 인테리어, 집, บ้าน, 家居",
  health:
    "health, wellness, nutrition, nutritionist, dietitian, doctor, nurse, dentist, psychologist, therapist, mental health, physiotherapist, salud, nutricionista, médico, médica, psicóloga, saúde, fisioterapeuta, santé, médecin, infirmière, gesundheit, arzt, ärztin, salute, medico, sağlık, doktor, diyetisyen, здоровье, врач, психолог, صحة, طبيب, دكتور, kesehatan, dokter, sức khỏe, bác sĩ, 健康, 看護師, 医師, 건강, 의사, สุขภาพ, 养生",
  photography:
    "photography, photographer, photo, photos, videographer, filmmaker, cinematography, video editor, editor, edits, fotografía, fotógrafo, fotógrafa, fotografia, photographe, vidéaste, fotograf, fotografin, fotografie, fotoğraf, fotoğrafçı, фотограф, фото, видеограф, монтаж, تصوير, مصور, مصورة, مونتاج, fotografer, nhiếp ảnh, 写真, カメラ, 사진, 포토, ถ่ายภาพ, 摄影",
});

function listed(words: Record<string, string>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(words).map(([niche, text]) => [niche, [...new Set(text.split(", "))]]),
  );
}
