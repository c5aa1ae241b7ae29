import { bio, email, inLanguage, on, phone } from "../labelled.ts";

/** Thai biographies. */
export const thai = inLanguage("Thai", [
  bio("ติดต่องาน: pimdao.work@gmail.com", email("pimdao.work@gmail.com")),
  bio("ไอจี: @nong.fahsai", on("instagram", "nong.fahsai")),
  bio("IG : ploy.maprang 💕", on("instagram", "ploy.maprang")),
  bio("ไลน์: @raancake", on("line", "raancake")),
  bio("Line ID : tonkla.shop", on("line", "tonkla.shop")),
  bio("เฟส: facebook.com/khrua.yaitim", on("facebook", "khrua.yaitim")),
  bio("โทร 081-555-0192", phone("0815550192")),
  bio("ยูทูป: @BaanSuanLungPon", on("youtube", "BaanSuanLungPon")),
  bio("ไอจี👉 mew.mali", on("instagram", "mew.mali")),
  bio("ลิงก์ในไบโอ"),
  bio("ฝากกดติดตามด้วยนะคะ 🙏"),
  bio("ไม่มีไอจีนะ"),
  bio("ไลฟ์ทุกวัน 20.00 น."),
  bio("แฟน @tonhom_ 💍"),
  bio("อายุ 22 ปี เชียงใหม่"),
]);

/** Japanese biographies. */
export const japanese = inLanguage("Japanese", [
  bio("お仕事依頼📩 hinata.mochi.work@gmail.com", email("hinata.mochi.work@gmail.com")),
  bio("インスタ→@yuzu.kissa", on("instagram", "yuzu.kissa")),
  bio("インスタ：momo_hakoniwa", on("instagram", "momo_hakoniwa")),
  bio("Instagramはこちら👉 @koharu.ame", on("instagram", "koharu.ame")),
  bio("X（旧Twitter）：@tanuki_doujou", on("twitter", "tanuki_doujou")),
  bio("YouTube→ @KuroNekoKobo", on("youtube", "KuroNekoKobo")),
  bio("ツイッター @shiro_usa_9", on("twitter", "shiro_usa_9")),
  bio("公式LINE：@hanamame", on("line", "hanamame")),
  bio("ＩＧ：ｒｉｎ．ｓｏｒａ", on("instagram", "rin.sora")),
  bio("お問い合わせは info★nekojaratei.jp（★を@に）", email("info@nekojaratei.jp")),
  bio("リンクはプロフから"),
  bio("インスタもやってます📷"),
  bio("毎日20時投稿⏰"),
  bio("20歳♡東京♡155cm"),
  bio("サブ垢 @rin_sub2"),
  bio("DMはインスタまで"),
  bio("フォロワー1万人目標！"),
  bio("2.5次元が好き"),
]);

/** Korean biographies. */
export const korean = inLanguage("Korean", [
  bio("협찬문의: soyul.bebe@naver.com", email("soyul.bebe@naver.com")),
  bio("인스타 @bom.nal.ee", on("instagram", "bom.nal.ee")),
  bio("인스타: haru_gamja", on("instagram", "haru_gamja")),
  bio("인스타그램👉 jiho.draws", on("instagram", "jiho.draws")),
  bio("유튜브: @GomTangTV", on("youtube", "GomTangTV")),
  bio("카톡 ID: dalbit_ad", on("kakaotalk", "dalbit_ad")),
  bio("문의 📧 ads.moongchi@gmail.com", email("ads.moongchi@gmail.com")),
  bio("insta : o_ri.o_ri", on("instagram", "o_ri.o_ri")),
  bio("트위터 @nabi_ttt", on("twitter", "nabi_ttt")),
  bio("인스타는 프로필 링크"),
  bio("부계 @haru_sub"),
  bio("매일 밤 9시 라이브"),
  bio("팔로우 해주세요💗 1만 가자"),
  bio("03년생 부산"),
  bio("인스타 없음"),
]);

/** Chinese biographies. */
export const chinese = inLanguage("Chinese", [
  bio("合作請洽 xiaoyu.tangyuan@gmail.com", email("xiaoyu.tangyuan@gmail.com")),
  bio("微信：baobao_88tea", on("wechat", "baobao_88tea")),
  bio("IG搜 @taro.milk.tw", on("instagram", "taro.milk.tw")),
  bio("臉書：facebook.com/doudouchufang", on("facebook", "doudouchufang")),
  bio("每晚8:00直播"),
  bio("沒有IG，都是假的"),
]);
