import { type Language, lines, words } from "./language.ts";

export const indonesian: Language = {
  tag: "id",
  share: [0.045, 0.05, 0.04],
  offsets: [7],
  given: words(
    "Adit Agus Alya Anggi Ayu Bagas Bayu Citra Dewi Dian Dika Dinda Eka Fajar Fitri Galih Hana Indah Intan Joko Kiki Lestari Mega Nabila Nanda Nia Putri Rama Rani Reza Rizky Salsa Sari Sinta Siti Tari Wulan Yoga Yuni Zahra",
  ),
  family: words(
    "Anggraini Aprilia Gunawan Hidayat Kusuma Maulana Nugroho Permata Pratama Purnama Ramadhan Saputra Setiawan Utami Wijaya",
  ),
  stems: words(
    "adit agus alya anggi ayu bagas bayu citra dewi dian dika dinda eka fajar fitri galih hana indah intan joko kiki mega nabil nanda nia putri rama rani reza rizky salsa sari sinta siti tari wulan yoga yuni zahra mas mbak neng resep jajan kopi desa anak official",
  ),
  titles: lines(`
    Warung {name}
    Dapur {name}
    akun random
    {name} official
    story wa
    jj {name}
  `),
  cities: words(
    "Jakarta Bandung Surabaya Medan Jogja Semarang Malang Makassar Bekasi Padang KL Johor Penang",
  ),
  flags: words("🇮🇩 🇮🇩 🇮🇩 🇲🇾"),
  roles: lines(`
    ibu {n} anak
    mahasiswa
    review jujur
    {age} thn
    {city}
    masak
    jualan
    motor
    kopi
    guru
    santri
  `),
  sayings: lines(`
    cuma hiburan {e}
    gabut aja
    isi waktu luang
    jangan lupa bahagia {e}
    semoga bermanfaat
    random aja ya
    menuju {goal} {e}
    bantu {goal} dong kak
    akun baru {e}
    yang penting happy
    Resep rumahan anti gagal
    jalani saja dulu
    sabar itu indah {e}
    anak rantau {e}
    orang {city} asli
    bukan siapa siapa
    hidup cuma sekali, santai saja
  `),
  calls: lines(`
    ig: {me}
    IG {me}
    follow ya kak {e}
    pasti follback {e}
    endorse: {mail}
    {mail}
    klik link di bawah 👇
    fb: {name}
    order di sini 👇
    DM untuk kerja sama
  `),
};

export const tagalog: Language = {
  tag: "tl",
  share: [0.025, 0.03, 0.02],
  offsets: [8],
  given: words(
    "Aira Althea Angel Bea Carlo Cherry Christian Danica Diane Divina Ellaine Francis Gerald Hazel Ian Jasmin Jerome Jhon Joyce Kath Kim Kyla Lovely Mae Marites Mark Nicole Princess Rhea Rica Rose Shaira Trisha",
  ),
  family: words(
    "Abad Aquino Bautista Cabral Dizon Estrella Galang Ilagan Lacson Magno Natividad Pascual Quinto Salonga Tolentino Valdez",
  ),
  stems: words(
    "aira althea angel bea carlo cherry danica diane divine ella francis gerald hazel ian jas jerome jhon joy kath kim kyla lovely mae mark nicole princess rhea rica rose shai trisha ate kuya mama lodi ofw",
  ),
  titles: lines(`
    {name} vlogs
    Ate {name}
    Kuya {name}
    mommy {name}
    Buhay OFW
  `),
  cities: words("Manila Cebu Davao Baguio Iloilo QC Laguna Bohol"),
  flags: words("🇵🇭"),
  roles: lines(`
    mommy of {n}
    OFW
    nurse
    dance
    {age}
    {city}
    student
    singer
  `),
  sayings: lines(`
    simpleng tao lang {e}
    good vibes lang tayo
    salamat sa suporta {e}
    road to {goal} {e}
    para sa pamilya {e}
    tara na {e}
    Laban lang sa buhay
    God is good all the time {e}
    bagong account
    libangan lang po
  `),
  calls: lines(`
    fb: {name} {me}
    FB page: {me}
    IG: {me}
    follow nyo po ako {e}
    follow to follow
    {mail}
    pa-follow po {e}
  `),
};

export const vietnamese: Language = {
  tag: "vi",
  share: [0.02, 0.02, 0.014],
  offsets: [7],
  given: words(
    "An Anh Bảo Châu Chi Diệp Dương Giang Hà Hân Hạnh Hiếu Hoa Hương Huy Khánh Lan Linh Long Mai Minh My Nam Ngân Ngọc Nhi Phúc Phương Quân Quỳnh Thảo Thư Trang Trâm Tú Tuấn Vy Yến",
  ),
  family: words("Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ"),
  stems: words(
    "an anh bao chau chi diep duong giang ha han hieu hoa huong huy khanh lan linh long mai minh my nam ngan ngoc nhi phuc quan quynh thao thu trang tram tuan vy yen meo bong xinh shop nau",
  ),
  titles: lines(`
    Bếp nhà {name}
    {name} review
    Tiệm của {name}
    nick phụ
  `),
  cities: words("HN SG Huế Cần_Thơ Đà_Lạt Vinh").map((city) => city.replace("_", " ")),
  flags: words("🇻🇳"),
  roles: lines(`
    {age} tuổi
    mẹ bỉm
    {city}
    nấu ăn
    sinh viên
    du lịch
  `),
  sayings: lines(`
    cảm ơn mọi người {e}
    sống vui mỗi ngày {e}
    cho xin {goal} nhé {e}
    vui là chính
    nick mới lập
    một mình cũng vui
    yêu gia đình nhỏ {e}
    mỗi ngày một món ngon
  `),
  calls: lines(`
    FB: {name}
    ig: {me}
    ủng hộ mình nhé {e}
    liên hệ: {mail}
    theo dõi mình nha {e}
    link ở đây 👇
  `),
};
