import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { canonicalRows } from "../../../test/support/profiles/canonicalRows.ts";
import { LAYOUTS } from "../../../test/support/profiles/layouts.ts";
import { mapColumns } from "../mapping.ts";
import { readProfiles } from "../read.ts";
import { recogniseVideoList } from "./videoLists.ts";

const found = (name: string) => fileURLToPath(new URL(`../../../test/found/${name}`, import.meta.url));

async function read(name: string) {
  const profiles = await readProfiles(found(name));
  const rows = await canonicalRows(profiles.connection);
  await profiles.close();
  return { provider: profiles.provider, rows, codes: profiles.alerts.map(({ code }) => code) };
}

const days = (dates: unknown) => (dates as string[]).map((date) => Number(date.slice(8, 10)));
const rates = (likes: number) => ({ like_engagement_rate: 100 / likes, comment_engagement_rate: 5 / likes });

describe("files of videos", () => {
  it.each([
    ["06a-web-items.json", "TikTok web items", "2021-09-26 20:42:37"],
    ["06c-4cat.csv", "4CAT", "2021-09-26 20:42:37"],
    // Without numbers of accounts nothing says when they were made.
    ["06e-tutorial-videos.csv", "list of videos", undefined],
  ])("%s becomes the two authors, with their posts and rates", async (name, provider, createdAt) => {
    const { rows, ...facts } = await read(name);
    expect(facts.provider).toBe(provider);
    expect(rows).toMatchObject([
      { account_id: "bela.test", followers: 52000n, ...rates(52000) },
      { account_id: "alma.test", followers: 1000n, ...rates(1000) },
    ]);
    expect(rows.map((row) => days(row.posted_at))).toEqual([
      [24, 22, 20],
      [23, 21, 19],
    ]);
    expect(rows.map((row) => row.created_at)).toEqual([createdAt, createdAt]);
  });

  it("without followers has no rates, and says so", async () => {
    const { rows, provider, codes } = await read("06f-research-videos.json");
    expect(provider).toBe("TikTok Research API videos");
    expect(rows.map(({ account_id, region }) => [account_id, region])).toEqual([
      ["bela.test", "GB"],
      ["alma.test", "GB"],
    ]);
    for (const row of rows) expect(Object.keys(row)).not.toContain("like_engagement_rate");
    expect(codes).toContain("no_followers");
  });

  it.each([
    "07c-pinned-first.ndjson",
    "07g-apify-underscore.csv",
    "07k-apify-unwind-authorMeta.csv",
    "07l-pandas-repr-authorMeta.csv",
  ])("%s: the time of a video is no account's, and a pinned old one stretches no gap", async (name) => {
    const { rows } = await read(name);
    expect(rows[0]).toMatchObject({ id: "7012345678901234567", account_id: "alma.test", followers: 1000n });
    expect(rows[0].created_at).toBe("2021-09-26 20:42:37");
    expect(days(rows[0].posted_at)).toEqual([20, 19, 18, 17]);
  });
});

const address = (handle: string, id: string) => `https://www.tiktok.com/@${handle}/video/${id}`;
/** Each header as people have it, and what the records' author, number and likes are read from. */
const TABLES: readonly [header: string, author: string, video: string, likes: string][] = [
  [
    "user_name,user_id,video_id,video_desc,video_time,video_length,video_link,n_likes,n_shares,n_comments,n_plays",
    "user_name",
    "video_id",
    "n_likes",
  ],
  [
    "video_id,description,creation_time,duration,author_id,username,nickname,music_id,diggs,shares,comments,plays",
    "username",
    "video_id",
    "diggs",
  ],
  [
    "video_id,author,description,likes,comments,shares,plays,hashtags,music,create_time,video_url",
    "author",
    "video_id",
    "likes",
  ],
  [
    "user_name,user_followers,vid_id,vid_caption,vid_posttime,vid_nview,vid_nlike,vid_ncomment",
    "user_name",
    "vid_id",
    "vid_nlike",
  ],
  [
    "video_id,createtime,author_name,author_id,desc,digg_count,play_count",
    "author_name",
    "video_id",
    "digg_count",
  ],
  [
    "PostURL,Account,Account Followers,Views,Likes,Shares,Saved,Caption,Hashtags,Music,Date Posted",
    "Account",
    "PostURL",
    "Likes",
  ],
  ["ID,Create Time,User,Hashtags,Song Title,Length,Likes,Shares,Views,Followers", "User", "ID", "Likes"],
  [
    "video_id,region,title,digg_count,play_count,author.id,author.unique_id",
    "author.unique_id",
    "video_id",
    "digg_count",
  ],
];

/** Headers of lists of accounts, some with a word or two that videos have too. */
const ACCOUNTS = [
  "username,followers,following,likes,videos,views,hashtags,description",
  "Account,Followers,Views avg.,Likes avg,Comments avg.,Shares avg",
  "username,followers,likes,last_video_url",
  "username,followers,likes,video_url,category,bio,email",
  "date,username,followers,likes,views",
  "id,account_id,followers,likes,top_videos,video_id,caption,music",
  "handle,followers,like_engagement_rate,video_url,views,shares,music",
];

describe("a table of anybody's", () => {
  it.each(TABLES)("is one of videos: %s", (header, author, video, likes) => {
    const mapping = mapColumns(header.split(","), "videos.csv");
    expect(mapping.provider).toBe("list of videos");
    expect(mapping.columns.account_id?.[0]).toBe(author);
    expect([mapping.video?.id[0], mapping.video?.likes[0]]).toEqual([video, likes]);
    expect(mapping.columns.created_at).toBeUndefined();
  });

  it.each(ACCOUNTS)("is one of accounts: %s", (header) => {
    expect(recogniseVideoList(header.split(","))).toBeUndefined();
  });

  it("of accounts is never taken for one of videos, whoever made it", () => {
    for (const { records, expected } of LAYOUTS.filter(
      (layout) => layout.records.length === layout.expected.length,
    )) {
      const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
      const samples = new Map(columns.map((name) => [name, records.flatMap((record) => record[name] ?? [])]));
      expect(expected.length).toBeGreaterThan(0);
      expect(mapColumns(columns, "f.csv", { samples }).video).toBeNull();
    }
  });

  it("is one of videos where its authors stand in it again and again", () => {
    const columns = ["id", "username", "views", "shares", "likes"];
    const authors = (names: readonly string[]) =>
      recogniseVideoList(columns, new Map([["username", names]]))?.name;
    expect(authors(["a", "b", "a", "b", "a"])).toBe("list of videos");
    expect(authors(["a", "b", "c", "d", "e"])).toBeUndefined();
    expect(authors(["a", "a"])).toBeUndefined();
    // With a number of its own each time: no account has two.
    const ids = (made: readonly string[]) =>
      recogniseVideoList(
        ["id", "username", "create_time", "like_count"],
        new Map([
          ["id", made],
          ["username", ["a", "b", "a", "b"]],
        ]),
      )?.video?.id;
    const four = ["7012345678901234567", "7013345678901234567", "7014345678901234567", "7015345678901234567"];
    expect(ids(four)).toEqual(["id"]);
    expect(ids([four[0], four[1], four[0], four[1]])).toBeUndefined();
    expect(ids(["1", "2", "3", "4"])).toBeUndefined();
  });

  it("takes an id that stands again and again for the author's, and addresses for videos and their authors", () => {
    const columns = ["id", "link", "views", "shares", "likes"];
    const links = ["1", "2", "3", "4"].map((id) => address("ada", id));
    const layout = (ids: readonly string[]) =>
      recogniseVideoList(
        columns,
        new Map([
          ["id", ids],
          ["link", links],
        ]),
      );
    const again = layout(["7", "7", "7", "7"]);
    expect([again?.columns.id, again?.columns.account_id, again?.video?.id]).toEqual([
      ["id"],
      ["link"],
      ["link"],
    ]);
    const once = layout(["7", "8", "9", "10"]);
    expect([once?.columns.id, once?.video?.id]).toEqual([[], ["link", "id"]]);
  });

  it("of videos without authors is refused in words, unless they are named", () => {
    const columns = ["video_id", "caption", "plays", "who"];
    expect(() => mapColumns(columns, "v.csv")).toThrow(
      /^this looks like a list of videos: no column tells whose they are \(.*--map account_id=COLUMN.*v\.csv\)$/,
    );
    expect(mapColumns(columns, "v.csv", { map: { account_id: "who" } }).video?.id).toEqual(["video_id"]);
  });
});

it("takes handles that stand several times without numbers for snapshots of accounts", () => {
  const columns = ["handle", "followers", "likes", "date"];
  const handles = ["ada", "bo", "ada", "bo", "ada", "bo"];
  expect(recogniseVideoList(columns, new Map([["handle", handles]]))).toBeUndefined();
});

it.each([
  ["Enlace del vídeo,Usuario,Seguidores,Fecha,Me gusta,Comentarios,Reproducciones", "Usuario"],
  ["Link do vídeo,Criador,Seguidores,Data de publicação,Curtidas,Comentários,Visualizações", "Criador"],
  ["Lien de la vidéo,Pseudo,Abonnés,Date de publication,J’aime,Commentaires,Vues", "Pseudo"],
  ["Video-Link,Benutzername,Follower,Veröffentlicht am,Likes,Kommentare,Aufrufe", "Benutzername"],
  [
    "Link al video,Nome utente,Follower,Data di pubblicazione,Mi piace,Commenti,Visualizzazioni",
    "Nome utente",
  ],
  ["Video-link,Gebruikersnaam,Volgers,Geplaatst op,Vind-ik-leuks,Reacties,Weergaven", "Gebruikersnaam"],
  [
    "Link do filmu,Nazwa użytkownika,Obserwujący,Data publikacji,Polubienia,Komentarze,Wyświetlenia",
    "Nazwa użytkownika",
  ],
  ["Video bağlantısı,Kullanıcı adı,Takipçi sayısı,Yayın tarihi,Beğeni,Yorumlar,İzlenme", "Kullanıcı adı"],
  [
    "Ссылка на видео,Имя пользователя,Подписчики,Дата публикации,Лайки,Комментарии,Просмотры",
    "Имя пользователя",
  ],
  ["動画URL,ユーザー名,フォロワー数,投稿日,いいね数,コメント数,再生数", "ユーザー名"],
  ["视频链接,用户名,粉丝数,发布时间,点赞数,评论数,播放量", "用户名"],
  ["영상 링크,사용자 이름,팔로워 수,게시일,좋아요 수,댓글 수,조회수", "사용자 이름"],
  ["رابط الفيديو,اسم المستخدم,المتابعون,تاريخ النشر,الإعجابات,التعليقات,المشاهدات", "اسم المستخدم"],
  ["Tautan video,Nama pengguna,Pengikut,Tanggal posting,Suka,Komentar,Tayangan", "Nama pengguna"],
  ["Liên kết video,Tên người dùng,Người theo dõi,Ngày đăng,Lượt thích,Bình luận,Lượt xem", "Tên người dùng"],
])("knows videos in many languages: %s", (header, author) => {
  const [link, , followers, day, likes, comments] = header.split(",");
  const columns = header.split(",");
  const each = [1, 2, 3, 4, 5, 6];
  const values = [
    each.map((n) => address("ada", `712345678901234567${n}`)),
    each.map(() => "ada"),
    each.map(() => "1.263"),
    each.map((n) => `2024-05-0${n}`),
    ...[12, 3, 345].map((count) => each.map((n) => String(count * n))),
  ];
  const samples = new Map(columns.map((column, i) => [column, values[i]]));
  const mapping = mapColumns(columns, "v.csv", { samples });
  expect(mapping.columns).toEqual({ account_id: [author, link], followers: [followers], posted_at: [day] });
  expect(mapping.video).toEqual({ id: [link], likes: [likes], comments: [comments], pinned: [] });
  expect(mapping.unmapped).toHaveLength(1);
});

it("knows videos by their addresses alone, and takes nothing for likes that an author ever got but what says so", () => {
  const columns = ["Enlace", "Me gusta", "Total me gusta", "Nota"];
  const links = ["5", "6", "7", "8", "9"].map((id) => address("ada", id));
  const list = recogniseVideoList(
    columns,
    new Map([
      ["Enlace", links],
      ["Me gusta", ["1", "2", "3", "4", "5"]],
      ["Total me gusta", ["9", "9", "9", "9", "9"]],
    ]),
  );
  expect(list?.columns).toMatchObject({ account_id: ["Enlace"], likes: ["Total me gusta"] });
  expect(list?.video).toMatchObject({ id: ["Enlace"], likes: ["Me gusta"] });
});

it("takes the exact name beside one in capitals", () => {
  const list = recogniseVideoList(["Author", "author (column 2)", "video_id", "plays"]);
  expect(list?.columns.account_id).toEqual(["author (column 2)"]);
});

it("refuses comments in words", () => {
  for (const header of [
    "comment_id,author_name,text,video_id,digg_count",
    "cid,uniqueId,text,videoWebUrl,diggCount",
  ]) {
    expect(() => mapColumns(header.split(","), "c.csv")).toThrow(
      /^this looks like a list of comments: .*c\.csv\)$/,
    );
  }
  expect(mapColumns(["account_id", "cid", "followers"], "f.csv").provider).toBe("column names");
});

it("refuses videos of other platforms", () => {
  const columns = ["id", "uploader", "extractor", "timestamp", "like_count"];
  const from = (extractor: string) =>
    mapColumns(columns, "a.json", { samples: new Map([["extractor", [extractor]]]) });
  expect(from("TikTok").provider).toBe("yt-dlp");
  expect(() => from("youtube")).toThrow("this looks like a list of videos of youtube");
});

it("takes an unwound id that is the video's after all for no account's", () => {
  const columns = ["id", "name", "fans", "webVideoUrl", "diggCount"];
  const ids = (id: string) =>
    mapColumns(columns, "a.csv", {
      samples: new Map([
        ["id", [id]],
        ["webVideoUrl", [address("ada", "5")]],
      ]),
    }).columns.id;
  expect([ids("7"), ids("5")]).toEqual([["id"], undefined]);
});
