import { type Language, lines, words } from "./language.ts";

const given = words(`
  Aarav Aarti Aditya Ajay Akash Anjali Ankit Arjun Ashok Bhavna Chetan Deepak Devi Divya Gaurav Geeta Harsh Isha Jyoti Kajal
  Karan Kavita Kiran Komal Lakshmi Mahesh Manoj Meena Mohit Neha Nikhil Nisha Pallavi Payal Pooja Prakash Priya Rahul Raj
  Rakesh Ravi Rekha Ritu Rohit Sachin Sagar Sangita Sanjay Shivani Shruti Sonam Sunil Suresh Swati Tanvi Vikas Vinod Vishal
`);
const stems = words(`
  aarav aarti aditya ajay akash anjali ankit arjun bhavna chetan deepak devi divya gaurav geeta harsh isha jyoti kajal
  karan kavita kiran komal lakshmi mahesh manoj meena mohit neha nikhil nisha payal pooja prakash priya rahul raj rakesh
  ravi rekha ritu rohit sachin sagar sangita sanjay shivani shruti sonam sunil suresh swati tanvi vikas vinod vishal king
  boy queen official cute dj star love
`);

/** Indian English and Hindi in Latin letters. */
export const indian: Language = {
  tag: "hi-Latn",
  share: [0.035, 0.045, 0.055],
  offsets: [5.5],
  given,
  family: words(
    "Bhatia Chauhan Desai Gowda Iyer Joshi Kapadia Kulkarni Mehra Mishra Nair Pandey Parmar Patil Rathod Rawat Reddy Saini Solanki Thakur Yadav",
  ),
  stems,
  titles: lines(`
    Mr {name}
    {name} Official
    cute {name}
    {name} boy
    Kitchen of {name}
    mr perfect
    princess {name}
    fan club
  `),
  cities: words(
    "Mumbai Delhi Pune Surat Jaipur Lucknow Indore Nagpur Patna Kolkata Bhopal Hyderabad Kochi Kathmandu",
  ),
  flags: words("🇮🇳 🇮🇳 🇮🇳 🇮🇳 🇳🇵"),
  roles: lines(`
    dancer
    actor
    student
    {city}
    singer
    gym lover
    wish me {date}
    engineer
    farmer
    MH {n2}
    GJ {n2}
    RJ {n2}
    single
    bike lover
    mom's boy
    papa ki pari
    cricket lover
    dj
  `),
  sayings: lines(`
    love you mom dad {e}
    I love my family {e}
    jay hind 🇮🇳
    jai mata di {e}
    jai shree ram {e}
    radhe radhe {e}
    dil se {e}
    please support me {e}
    thanks for {goal} {e}
    love you all {e}
    love my india 🇮🇳
    proud to be indian 🇮🇳
    attitude nahi style hai {e}
    apna time aayega
    #love #family {e}
    #tiktokindia
    zindagi ek safar hai
    my life my rules {e}
    simple boy with big dreams
    keep smiling {e}
    har har mahadev {e}
    royal entry on 5 march {e}
    I am dancer
    jai jawan jai kisan
    {goal} complete karo dosto {e}
    tiktok family {e}
    Dosti sabse upar
    comedy karta hu bhai
  `),
  calls: lines(`
    follow me on insta {me}
    insta: {me}
    insta id {me}
    Instagram {me}
    follow me guys {e}
    please follow me {e}
    like share follow {e}
    YouTube channel {me}
    follow karo yaar {e}
    collab: {mail}
    {mail}
    fb {name}
    new video on youtube {e}
  `),
};

function indicScript(
  tag: string,
  share: Language["share"],
  parts: Pick<Language, "given" | "flags" | "cities" | "sayings"> & Partial<Language>,
): Language {
  return {
    tag,
    share,
    offsets: [5.5],
    family: [],
    stems,
    titles: ["{name}"],
    roles: ["{city}", "{age}"],
    calls: indian.calls,
    ...parts,
  };
}

export const hindi = indicScript("hi", [0.006, 0.007, 0.006], {
  given: words("राधा गोपाल सीमा अर्जुन पूजा रवि किरण मोहन"),
  flags: words("🇮🇳 🇮🇳 🇳🇵"),
  cities: words("जयपुर पटना नागपुर इंदौर काठमाडौं"),
  sayings: lines(`
    जय श्री राम {e}
    राधे राधे {e}
    जय हिन्द {flag}
    माँ बाप का आशीर्वाद {e}
    जिंदगी एक सफर है {e}
    जय शिवराय {e}
    खुश रहो मस्त रहो
    मेहनत ही असली पूजा है
    धन्यवाद दोस्तों {e}
    जीवन सुन्दर छ {e}
  `),
});

export const bengali = indicScript("bn", [0.006, 0.006, 0.003], {
  given: words("রিয়া সুমন তানিয়া রাকিব মিতু শুভ নীলা আরিফ"),
  flags: words("🇧🇩 🇧🇩 🇮🇳"),
  cities: words("ঢাকা সিলেট খুলনা কলকাতা চট্টগ্রাম"),
  sayings: lines(`
    সবাইকে ধন্যবাদ {e}
    আলহামদুলিল্লাহ {e}
    পাশে থাকবেন সবাই {e}
    মা আমার পৃথিবী {e}
    ভালোবাসা অবিরাম {e}
    জীবন সুন্দর
    লাইক আর ফলো করবেন {e}
    নতুন আইডি সাপোর্ট চাই
  `),
});

export const malayalam = indicScript("ml", [0.003, 0.003, 0.003], {
  given: words("അനു മീര വിഷ്ണു അമ്മു കണ്ണൻ"),
  flags: words("🇮🇳"),
  cities: words("കൊച്ചി തൃശൂർ കോഴിക്കോട്"),
  sayings: lines(`
    എല്ലാവർക്കും നന്ദി {e}
    സ്നേഹം മാത്രം {e}
    കേരളം എന്റെ നാട് {e}
    സപ്പോർട്ട് ചെയ്യണേ {e}
    ചിരിക്കൂ സന്തോഷിക്കൂ
  `),
});

export const tamil = indicScript("ta", [0.002, 0.002, 0.001], {
  given: words("கவிதா முருகன் தமிழ் மலர்"),
  flags: words("🇮🇳 🇱🇰"),
  cities: words("சென்னை மதுரை கோவை"),
  sayings: lines(`
    அன்பே சிவம் {e}
    நன்றி வணக்கம் {e}
    தமிழன் என்று சொல்லடா {e}
    அம்மா என் உயிர் {e}
  `),
});

export const gujarati = indicScript("gu", [0.002, 0.002, 0.002], {
  given: words("ભાવેશ હેતલ જીગર મિતલ"),
  flags: words("🇮🇳"),
  cities: words("સુરત રાજકોટ વડોદરા"),
  sayings: lines(`
    જય માતાજી {e}
    જય ગરવી ગુજરાત {e}
    મોજ કરો {e}
    માં બાપ ના આશીર્વાદ {e}
  `),
});

export const punjabi = indicScript("pa", [0.002, 0.002, 0.002], {
  given: words("ਜੱਸੀ ਗੁਰਪ੍ਰੀਤ ਸਿਮਰਨ ਹਰਮਨ"),
  flags: words("🇮🇳"),
  cities: words("ਲੁਧਿਆਣਾ ਜਲੰਧਰ ਮੋਗਾ"),
  sayings: lines(`
    ਵਾਹਿਗੁਰੂ ਮੇਹਰ ਕਰੇ {e}
    ਮਾਂ ਬੋਲੀ ਪੰਜਾਬੀ {e}
    ਦਿਲ ਦਾ ਰਾਜਾ {e}
    ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ {e}
  `),
});
