/** Other places where an account can be found, by name and by their usual short forms. Words that stand by themselves. */
export const PLATFORM_WORDS: readonly string[] = [
  "instagram, insta, ig, youtube, yt, youtuber, snapchat, snap, sc, facebook, fb, twitter, twitch, discord, telegram, tg, whatsapp",
  "wa, spotify, soundcloud, patreon, onlyfans, pinterest, threads, vk, vkontakte, kick, likee, kwai, weibo, wattpad, etsy, depop",
].flatMap((line) => line.split(", "));

/** The same in other scripts. */
export const PLATFORM_FRAGMENTS: readonly string[] = [
  "انستا, انستغرام, انستقرام, إنستا, سناب, يوتيوب, تليجرام, تلجرام, فيسبوك, اینستا, инста, инст, ютуб, телеграм, твич, дискорд, вконтакте",
  "इंस्टा, यूट्यूब, ইনস্টা, ইউটিউব, ไอจี, อินสตา, ยูทูป, インスタ, ユーチューブ, ツイッター, 인스타, 유튜브, 微博, 抖音, 小红书",
].flatMap((line) => line.split(", "));
