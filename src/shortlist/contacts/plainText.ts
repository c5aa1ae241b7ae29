/** Small capitals, which Unicode does not take for forms of letters. */
const SMALL_CAPITALS = new Map(
  [..."ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ"].map((small, i) => [small, [..."abcdefghijklmnopqrstuvwyz"][i]]),
);

/** Marks that are not seen: zero-width characters, directions, variation selectors, the soft hyphen. */
const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\u200d|\u034f|[\ufe00-\ufe0f]/gu;

/**
 * A biography as it reads: letters in fancy dress (𝓲𝓰, ｉｇ, ɪɢ) become plain ones, marks that are not seen go, every kind of
 * blank becomes a space and every kind of line break `\n`.
 */
export function plainText(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(UNSEEN, "")
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
    .replace(/[^\S\n]/g, " ");
  return Array.from(plain, (character) => SMALL_CAPITALS.get(character) ?? character).join("");
}
