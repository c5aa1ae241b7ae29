import { type Language, lines, words } from "./language.ts";

export const thai: Language = {
  tag: "th",
  share: [0.028, 0.024, 0.01],
  offsets: [7],
  given: words("ฟ้า น้ำ มิ้นท์ แพร บีม กานต์ ปอ ต้น นุ่น แก้ว ฝน พลอย หนูนา โบว์ เจมส์ เมย์ ใบเตย ข้าวหอม"),
  family: [],
  stems: words(
    "fah nam mint prae beam kan por ton nun kaew fon ploy noona bow james may baitoey shop thai cute dek",
  ),
  titles: lines(`
    ครัว{name}
    {name}พาเที่ยว
    ร้าน{name}
    น้อง{name}
    แม่{name}
  `),
  cities: words("กรุงเทพ เชียงใหม่ ขอนแก่น ภูเก็ต อุดร โคราช สงขลา"),
  flags: words("🇹🇭"),
  roles: lines(`
    {age}
    {city}
    แม่ค้า
    นักเรียน
    สายกิน
  `),
  sayings: lines(`
    ขอบคุณที่ติดตาม {e}
    มาเป็นเพื่อนกันนะ {e}
    ทำคลิปเพื่อความสุข
    ช่วยกดติดตามด้วยค่ะ {e}
    ชีวิตดี๊ดี {e}
    แค่คนธรรมดา
    เป้าหมาย {goal} {e}
    เที่ยวไปเรื่อย {e}
    ช่องใหม่ฝากด้วยครับ {e}
    ทำกับข้าวง่ายๆ
    คนเหงา {e}
    ยิ้มเข้าไว้
  `),
  calls: lines(`
    FB: {me}
    ig: {me}
    Facebook: {me}
    ติดต่องาน {mail}
    รับรีวิว ทักแชท
    ไลน์: {me}
  `),
};

export const japanese: Language = {
  tag: "ja",
  share: [0.003, 0.004, 0.007],
  offsets: [9],
  given: words("さくら ゆい みお はる あおい ひな りこ けんた ゆうま そら めい あやか なな たくみ"),
  family: [],
  stems: words("sakura yui mio haru aoi hina riko kenta yuma sora mei ayaka nana takumi neko chan kun"),
  titles: lines(`
    {name}のごはん
    {name}ちゃんねる
    ねこと{name}
  `),
  cities: words("東京 大阪 福岡 名古屋 札幌"),
  flags: words("🇯🇵"),
  roles: lines(`
    {age}歳
    {city}
    大学生
    美容師
    猫好き
  `),
  sayings: lines(`
    フォローしてくれたら嬉しいです {e}
    毎日のごはんを載せています
    よろしくお願いします {e}
    のんびり更新中
    いつもありがとう {e}
    目指せ{goal}人 {e}
    ねこと暮らしています
  `),
  calls: lines(`
    インスタ→{me}
    お仕事は {mail}
    コメント待ってます {e}
    毎週{city}から配信
  `),
};

export const korean: Language = {
  tag: "ko",
  share: [0.002, 0.002, 0.003],
  offsets: [9],
  given: words("지우 하늘 민서 유나 도윤 서아 준호 은비"),
  family: words("김 이 박 최"),
  stems: words("jiwoo haneul minseo yuna doyun seoa junho eunbi daily"),
  titles: lines(`
    {name}네 집밥
    오늘의 {name}
  `),
  cities: words("서울 부산 대구"),
  flags: words("🇰🇷"),
  roles: lines(`
    {age}살
    {city}
    댄서
    일상
  `),
  sayings: lines(`
    안녕하세요 {e}
    매일 춤춰요 {e}
    소소한 일상 기록
    팔로우 감사합니다 {e}
  `),
  calls: lines(`
    인스타: {me}
    문의 {mail}
  `),
};

export const chinese: Language = {
  tag: "zh",
  share: [0.004, 0.004, 0.003],
  offsets: [8],
  given: words("小雨 小美 阿杰 晓晓 小月 大伟 婷婷 阿明"),
  family: [],
  stems: words("xiaoyu xiaomei ajie xiaoxiao dawei tingting aming ming mei"),
  titles: lines(`
    {name}的厨房
    {name}日常
    旅行的{name}
  `),
  cities: words("台北 高雄 吉隆坡 香港"),
  flags: words("🇹🇼 🇲🇾 🇭🇰 🇸🇬"),
  roles: lines(`
    {age}岁
    {city}
    美食
    生活
  `),
  sayings: lines(`
    谢谢关注 {e}
    记录美好生活 {e}
    每天开心一点
    喜欢就关注我吧 {e}
    简单生活
  `),
  calls: lines(`
    IG: {me}
    合作邮箱 {mail}
    点击下方链接 👇
  `),
};

function mainland(
  tag: string,
  share: Language["share"],
  flag: string,
  parts: Pick<Language, "given" | "stems" | "cities" | "sayings">,
): Language {
  const calls = ["fb: {me}", "follow me {e}", "ig {me}"];
  return {
    tag,
    share,
    offsets: [7],
    family: [],
    titles: ["{name}"],
    flags: [flag],
    roles: ["{city}", "{age}"],
    calls,
    ...parts,
  };
}

export const khmer = mainland("km", [0.006, 0.006, 0.003], "🇰🇭", {
  given: words("សុភា ដារ៉ា ចន្ទ ស្រីនាង វិបុល"),
  stems: words("sophea dara chan sreyneang vibol khmer"),
  cities: words("ភ្នំពេញ សៀមរាប បាត់ដំបង"),
  sayings: lines(`
    អរគុណសម្រាប់ការគាំទ្រ {e}
    សួស្តី {e}
    ជីវិតគឺសាមញ្ញ
    សូមជួយ follow ផង {e}
    ស្រលាញ់ម៉ាក់ប៉ា {e}
  `),
});

export const burmese = mainland("my", [0.005, 0.004, 0.001], "🇲🇲", {
  given: words("အေးအေး မောင်မောင် သီတာ ဇော်ဇော် နှင်းဆီ"),
  stems: words("ayeaye maung thida zaw hnin mya"),
  cities: words("ရန်ကုန် မန္တလေး ပဲခူး"),
  sayings: lines(`
    ကျေးဇူးတင်ပါတယ် {e}
    မင်္ဂလာပါ {e}
    အမေ့ကိုချစ်တယ် {e}
    ရိုးရိုးလေးနေမယ်
  `),
});

export const lao = mainland("lo", [0.004, 0.004, 0.002], "🇱🇦", {
  given: words("ນ້ອຍ ແກ້ວ ສີດາ ບຸນມີ"),
  stems: words("noy keo sida bounmy lao"),
  cities: words("ວຽງຈັນ ປາກເຊ"),
  sayings: lines(`
    ຂອບໃຈທີ່ຕິດຕາມ {e}
    ສະບາຍດີ {e}
    ຄົນທຳມະດາ
    ຝາກຕິດຕາມແດ່ {e}
  `),
});
