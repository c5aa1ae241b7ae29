/** That somebody asks to be followed or liked, or names the followers they want. Words that stand by themselves. */
export const FOLLOW_WORDS: readonly string[] = [
  "follow, follow me, follow back, followback, followers, f4f, fb4fb, follow for follow, like for like, support me, goal, road to",
  "sígueme, sigueme, síganme, siganme, sigue, sigan, seguidores, sígame, apóyame, meta, segue, siga, sigam, me segue, me sigam",
  "abonne, abonnez-vous, abonne-toi, abonnés, folge mir, folgt mir, abonniert, folgen, seguimi, seguitemi, seguite, volg, volg mij",
  "obserwuj, obserwujcie, takip, takip et, takip edin, takipçi, follow ya, ikuti, ikutin, bantu follow, theo dõi, pa follow",
  "подпишись, подпишитесь, подписывайся, подписывайтесь, подписка, подписчиков, цель, підпишись, підписуйся",
].flatMap((line) => line.split(", "));

/** The same in scripts with articles stuck to words or without spaces. */
export const FOLLOW_FRAGMENTS: readonly string[] = [
  "تابعوني, تابعني, متابعه, متابعة, متابعين, فولو, دعمكم, ادعموني, دنبال کنید, فالو, फॉलो, ফলো, সাপোর্ট, ติดตาม, กดติดตาม, フォロー, 팔로우, 맞팔, 关注, 關注",
].flatMap((line) => line.split(", "));
