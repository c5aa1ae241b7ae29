import { type Language, lines, words } from "./language.ts";

export const russian: Language = {
  tag: "ru",
  share: [0.055, 0.055, 0.032],
  offsets: [3],
  given: words(`
    Алина Алиса Аня Артём Ваня Варя Вероника Вика Влад Даня Даша Дима Ева Егор Женя Илья Ира Карина Катя Кира Кирилл Ксюша
    Лена Лера Лиза Макс Маша Милана Настя Никита Оля Паша Полина Рома Саша Света Соня Стас Таня Ульяна Юля Яна Аружан
    Тимур Айгерим
  `),
  family: words("Бондарь Верба Гончар Жук Зима Коваль Лисенко Мороз Седых Сорока Тихих Черных Шевчук Ярош"),
  stems: words(`
    alina alisa anya artem vanya varya vika vlad danya dasha dima eva egor zhenya ilya ira karina katya kira kirill ksu
    lena lera liza maks masha milana nastya nikita olya pasha polina roma sasha sveta sonya stas tanya yulya yana timur
    kotik lisa volk zima kot mem fan edit shop top
  `),
  titles: lines(`
    кот учёный
    Просто {name}
    {name} и кот
    мемы каждый день
    лисёнок
    {name} рисует
    смешинка
    фан-аккаунт
    Рецепты от {name}
    снежная
    котик
    Гараж
  `),
  cities: words("Москва Питер Казань Омск Самара Тула Пермь Минск Алматы Бишкек Новосибирск Уфа"),
  flags: words("🇷🇺 🇷🇺 🇰🇿 🇧🇾 🇰🇬 🇺🇿"),
  roles: lines(`
    {age} лет
    {city}
    художник
    мама двоих
    рецепты
    юмор
    аниме
    фанат
    стилист
    учусь
  `),
  sayings: lines(`
    просто живу {e}
    цель {goal} {e}
    спасибо за {goal} {e}
    добро пожаловать {e}
    лайкай, не стесняйся
    помогите набрать {goal}
    новый аккаунт
    старый акк заблокировали
    мечты сбываются {e}
    снимаю для души
    люблю котов и дождь
    подпишись, пожалуйста {e}
    мемы каждый день
    рисую как умею
    главное улыбка {e}
    всем мира {e}
    играю и смеюсь
    готовлю просто и вкусно
    не грусти {e}
    тут скучно
    тут был кот {e}
    счастливая мама {e}
    кто я? никто
  `),
  calls: lines(`
    тг: {me}
    инста: {me}
    inst: {me}
    взаимная подписка {e}
    взаимно {e}
    реклама: {mail}
    {mail}
    ссылка ниже 👇
    подписка = взаимка
    ютуб: {me}
    ставь лайк {e}
  `),
};

export const ukrainian: Language = {
  tag: "uk",
  share: [0.005, 0.005, 0.003],
  offsets: [2],
  given: words("Богдан Оленка Тарас Соломія Марічка Остап Юрко Леся Злата Назар"),
  family: words("Гайова Калинець Мельничук Верес"),
  stems: words("bohdan olenka taras solomia marichka ostap yurko lesya zlata nazar kalyna"),
  titles: lines(`
    Просто {name}
    {name} малює
  `),
  cities: words("Київ Львів Одеса Харків Дніпро Полтава"),
  flags: words("🇺🇦"),
  roles: lines(`
    {age} років
    {city}
    вчителька
    музика
  `),
  sayings: lines(`
    Все буде добре {e}
    ціль {goal} {e}
    дякую за підтримку {e}
    з Україною в серці {flag}
    живу просто
    щастя в дрібницях
  `),
  calls: lines(`
    інста: {me}
    тг: {me}
    підписуйся {e}
    {mail}
  `),
};
