/** Whether one of the words stands in a text, whatever its case, with no letter, digit or underscore next to it. */
export function containsWord(text: string, words: readonly string[]): boolean {
  const characters = [...text];
  const folded = characters.map(fold);
  // The edges are looked at unfolded: some marks fold to letters (U+0345 to iota).
  return words.some((word) =>
    places(folded, Array.from(word, fold)).some(
      ([start, end]) => !isWordCharacter(characters[start - 1]) && !isWordCharacter(characters[end]),
    ),
  );
}

/** Whether one of the fragments stands anywhere in a text, whatever its case. */
export function containsFragment(text: string, fragments: readonly string[]): boolean {
  const characters = Array.from(text, fold);
  return fragments.some((fragment) => places(characters, Array.from(fragment, fold)).length > 0);
}

/** Where a folded text holds a folded word: from, to. */
function places(text: readonly string[], word: readonly string[]): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (let start = 0; start + word.length <= text.length; start++) {
    if (word.every((character, i) => text[start + i] === character)) found.push([start, start + word.length]);
  }
  return found;
}

/** Simple case folding: one character for one. Where a case is spelled with several (ß, İ), the letter stays apart. */
function fold(character: string): string {
  const upper = character.toUpperCase();
  // The dotless ı has its own fold, though its upper case is that of i.
  const lower = isOne(upper) && character !== "ı" ? upper.toLowerCase() : character.toLowerCase();
  return isOne(lower) ? lower : character;
}

function isOne(text: string): boolean {
  return [...text].length === 1;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}
