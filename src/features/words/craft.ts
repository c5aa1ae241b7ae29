/**
 * What creators call themselves and what they make, in the languages of such data: English, Spanish, Portuguese, French,
 * German, Italian, Dutch, Polish, Turkish, Indonesian and Malay, Vietnamese, Filipino, Russian, Ukrainian, Arabic, Persian,
 * Urdu, Hindi, Bengali, Thai, Japanese, Korean and Chinese. Words that stand by themselves.
 */
export const CRAFT_WORDS: readonly string[] = [
  // English, and used everywhere
  "creator, creators, content creator, influencer, blogger, vlogger, youtuber, tiktoker, streamer, gamer, gaming",
  "actor, actress, singer, songwriter, rapper, musician, producer, dj, dancer, model, artist, illustrator, comedian, comedy",
  "photographer, videographer, filmmaker, director, editor, designer, writer, author, podcast, podcaster, journalist",
  "coach, trainer, chef, foodie, recipes, makeup, mua, beauty, skincare, fashion, style, lifestyle, travel, traveller, fitness",
  "founder, ceo, entrepreneur, small business, speaker, educator, teacher, reviews, tutorials, cosplayer, athlete, official, ugc",
  // Spanish, Portuguese
  "creador, creadora, creador de contenido, creadora de contenido, influencer, cantante, actriz, modelo, comediante, humorista",
  "fotógrafo, fotógrafa, artista, maquillaje, moda, viajes, cocina, recetas, emprendedora, emprendedor, músico, bailarina",
  "criador, criadora, criador de conteúdo, criadora de conteúdo, cantor, cantora, ator, atriz, humor, comediante, fotógrafa",
  "maquiagem, receitas, viagens, empreendedora, blogueira, músico, dançarina",
  // French, German, Italian, Dutch, Polish
  "créateur, créatrice, créateur de contenu, créatrice de contenu, chanteur, chanteuse, acteur, actrice, comédien, humoriste",
  "photographe, artiste, voyage, cuisine, recettes, mode, maquillage, schauspieler, schauspielerin, sänger, sängerin, künstler",
  "künstlerin, fotograf, fotografin, autor, autorin, reisen, rezepte, creatore, attore, attrice, cantante, fotografo, viaggi",
  "ricette, zanger, zangeres, actrice, videomaker, twórca, piosenkarka, aktor, aktorka, artysta, fotograf, podróże",
  // Turkish, Indonesian and Malay, Vietnamese, Filipino
  "içerik üreticisi, yayıncı, oyuncu, şarkıcı, sanatçı, fotoğrafçı, müzisyen, konten kreator, kreator, penyanyi, aktris, artis",
  "seniman, pelakon, penari, ca sĩ, diễn viên, người mẫu, sáng tạo, mang-aawit, artista",
  // Russian, Ukrainian
  "блогер, блоггер, стример, певец, певица, актер, актёр, актриса, художник, художница, музыкант, фотограф, модель, визажист",
  "тренер, путешествия, рецепты, юмор, автор, блогерка, співак, співачка, акторка, художниця, музикант",
].flatMap((line) => line.split(", "));

/** The same where words have endings, articles stuck to them, or no spaces between them. */
export const CRAFT_FRAGMENTS: readonly string[] = [
  // Arabic, Persian, Urdu
  "صانع محتوى, صانعة محتوى, صناعة محتوى, يوتيوبر, بلوقر, مصور, مصورة, فنان, فنانة, ممثل, ممثلة, مؤثر, مغني, شاعر, مذيع, اعلامي, إعلامي",
  "بازیگر, خواننده, بلاگر, عکاس, اداکار, گلوکار",
  // Hindi, Bengali
  "क्रिएटर, कलाकार, गायक, अभिनेता, अभिनेत्री, ব্লগার, শিল্পী, গায়ক, অভিনেতা",
  // Thai, Japanese, Korean, Chinese
  "ครีเอเตอร์, นักร้อง, นักแสดง, ยูทูบเบอร์, รีวิว, クリエイター, ユーチューバー, モデル, 俳優, 歌手, 配信, 料理, 美容",
  "크리에이터, 유튜버, 배우, 가수, 모델, 创作者, 博主, 歌手, 演员, 達人",
].flatMap((line) => line.split(", "));
