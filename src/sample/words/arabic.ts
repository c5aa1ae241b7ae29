import { type Language, lines, words } from "./language.ts";

const stems = words(`
  abu ahmd alaa ali amal amir anas asma aya bader basma dalal dina fahd farah fatima ghaith hadi hala hamza hanan haya
  huda iman jana jood karam khalid layan lina lulu mahdi majd maryam mays mona nada noor omar rahaf raghad rana reem
  saad sajad salma samar sara shahd taim tala tariq yara yasin yousef zain zainab iq ksa qtr rose king moon layal 7bb 3sl
  ha2 m7md 5lod t3b
`);

export const arabic: Language = {
  tag: "ar",
  share: [0.165, 0.125, 0.042],
  offsets: [3],
  given: lines(`
    أحمد
    أمل
    أميرة
    أنس
    أسماء
    آية
    بسمة
    بدر
    جود
    جنى
    حسين
    حلا
    حنان
    حيدر
    خالد
    خلود
    دانة
    دلال
    رنا
    رهف
    ريم
    زهراء
    زينب
    سارة
    سجاد
    سلمى
    شهد
    طارق
    عباس
    عبدالله
    علي
    عمر
    غيث
    فاطمة
    فرح
    فهد
    كرار
    كرم
    لين
    ليان
    مريم
    مصطفى
    ملاك
    نور
    هدى
    ياسين
    يارا
    يوسف
  `),
  family: lines(`
    البغدادي
    الشامي
    الحربي
    السالم
    الزيدي
    الجنوبي
    التميمي
    المصري
    الحلبي
    العتيبي
    الدوري
    النجار
    الكعبي
    المغربي
  `),
  stems,
  titles: lines(`
    بنت بغداد
    ابن الجنوب
    أبو {name}
    أم {name}
    مطبخ {name}
    ملكة الورد
    عاشق الليل
    مصمم {name}
    حزين
    غيمة
    متجر {name}
    قصص وعبر
    حالات واتس
    صدى الروح
    رسام
  `),
  cities: lines(`
    بغداد
    البصرة
    الموصل
    كربلاء
    الرياض
    جدة
    الدمام
    الكويت
    دمشق
    حلب
    عمان
    القاهرة
    طنطا
    بنغازي
    الجزائر
    صنعاء
  `),
  flags: words("🇮🇶 🇮🇶 🇸🇦 🇸🇾 🇪🇬 🇰🇼 🇾🇪 🇩🇿 🇱🇾 🇯🇴 🇲🇦 🇵🇸"),
  roles: lines(`
    طالب
    طالبة
    مصور
    مصممة
    لاعب كرة قدم
    رسام
    مهندس
    {city}
    {age} سنة
    عراقي {flag}
    معلمة
    ممرضة
  `),
  sayings: lines(`
    الحمد لله دائما وأبدا {e}
    سبحان الله وبحمده
    اللهم صل على محمد
    لا اله الا الله {e}
    كن جميلا ترى الوجود جميلا
    الحياة قصيرة فابتسم {e}
    الصمت لغة العظماء
    هدفي {goal} {e}
    ممكن {goal}؟ {e}
    وصلوني {goal} {e}
    حسابي الجديد
    حساب احتياط
    مجرد ذكريات
    لا أحد يبقى على حاله
    أنا كما أنا {e}
    ربي احفظ أمي وأبي {e}
    كل شيء بوقته حلو
    يا رب لك الحمد
    البساطة جمال
    قلبي مع أمي {e}
    من {city} وأفتخر {e}
    عمري {age}
    تصاميمي
    القناعة كنز لا يفنى
    لا تيأس فالفرج قريب {e}
    فيديوهات مضحكة كل يوم
    الليل والقهوة {e}
    هنا أكتب ما لا يقال
    صديق الكل
    دعواتكم لأبي بالرحمة {e}
    شكرا على المتابعة {e}
    مطبخي البسيط وصفات سهلة
    غربة وحنين
  `),
  calls: lines(`
    انستا: {me}
    سناب: {me}
    سنابي {me}
    انستقرام {me}
    تابعوني {e}
    لا تنسى المتابعة {e}
    متابعة ولايك {e}
    رابط القناة بالأسفل 👇
    للتواصل {mail}
    للإعلان {mail}
    insta: {me}
    snap: {me}
    الاسم: {name}
    العمر: {age}
    الخاص مغلق
  `),
};

export const urdu: Language = {
  tag: "ur",
  share: [0.006, 0.006, 0.004],
  offsets: [5],
  given: words(
    "Ahsan Aiman Alina Asad Bilal Danish Faizan Fiza Hamza Hira Iqra Kashif Laiba Maham Noman Rabia Saad Sana Umair Usman Zara Zeeshan",
  ),
  family: words("Abbasi Awan Baloch Butt Chaudhry Khokhar Malik Mughal Qureshi Rajput Shah Sheikh"),
  stems: words(
    "ahsan aiman alina asad bilal danish faizan fiza hamza hira iqra kashif laiba maham noman rabia saad sana umair usman zara zeeshan khan malik raja prince jani queen",
  ),
  titles: lines(`
    {name} jani
    Sheikh sahib
    urdu poetry
    شاعری
  `),
  cities: words("Lahore Karachi Multan Peshawar Quetta Sialkot"),
  flags: words("🇵🇰"),
  roles: lines(`
    {age}
    {city}
    poetry
    cricket
    student
  `),
  sayings: lines(`
    زندگی خوبصورت ہے {e}
    اللہ کا شکر ہے {e}
    ماں کی دعا جنت کی ہوا {e}
    دل کی بات شاعری کے ساتھ
    خوش رہو اور خوش رکھو
    محبت سب کے لیے
    Alhamdulillah for everything {e}
    support me please {e}
  `),
  calls: lines(`
    insta: {me}
    follow me {e}
    فالو کریں {e}
    {mail}
  `),
};

export const persian: Language = {
  tag: "fa",
  share: [0.006, 0.006, 0.003],
  offsets: [3],
  given: lines(`
    آرش
    پریا
    سحر
    نگار
    کیان
    مهسا
    رضا
    الناز
    شیرین
    دیاکۆ
    ژیان
    هێمن
  `),
  family: [],
  stems: words("arash pariya sahar negar kian mahsa reza elnaz shirin diako zhyan hemn kurd"),
  titles: lines(`
    شعر و غزل
    دنیای {name}
    کوردستان
  `),
  cities: words("تهران شیراز مشهد کابل هەولێر سلێمانی"),
  flags: words("🇮🇷 🇦🇫 ☀️"),
  roles: lines(`
    {age} ساله
    {city}
    نقاش
    ورزشکار
  `),
  sayings: lines(`
    زندگی زیباست {e}
    بخند تا دنیا بخندد {e}
    خدا بزرگ است
    به صفحه من خوش آمدید {e}
    بژی کوردستان {e}
    ژیان جوانە {e}
    سپاس از همراهی شما
  `),
  calls: lines(`
    اینستا: {me}
    insta: {me}
    فالو کنید {e}
  `),
};

export const hebrew: Language = {
  tag: "he",
  share: [0.003, 0.002, 0.001],
  offsets: [3],
  given: words("נועה איתי שירה עומר מאיה יובל תמר ליאור"),
  family: words("לוי פרץ אזולאי ברק"),
  stems: words("noa itay shira omer maya yuval tamar lior"),
  titles: lines(`
    {name} מבשלת
    החשבון של {name}
  `),
  cities: words("חיפה אילת ירושלים"),
  flags: words("🇮🇱"),
  roles: lines(`
    בת {age}
    {city}
    רקדנית
  `),
  sayings: lines(`
    רק בשביל הכיף {e}
    תודה על העוקבים {e}
    בדרך ל {goal} {e}
    חיים פעם אחת
  `),
  calls: lines(`
    אינסטגרם: {me}
    תעקבו {e}
  `),
};
