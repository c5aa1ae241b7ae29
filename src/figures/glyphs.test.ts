import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawable } from "./glyphs.ts";

const nowhere = [join(tmpdir(), "no-such-folder")];
const svg = (text: string) => `<svg><title>x</title><text y="1">${text}</text></svg>`;

/** Free fonts of many Linux systems, which have a snowman. */
const DEJAVU = "/usr/share/fonts/truetype/dejavu";

describe("drawable", () => {
  it("leaves a drawing as it is that the shipped font can draw", async () => {
    const plain = svg("Ánna_1 привет \u200d&amp; co");
    expect(await drawable(plain, nowhere)).toEqual({ svg: plain, fontFiles: [] });
  });

  it("writes what no font draws in Latin letters", async () => {
    const { svg: written, fontFiles } = await drawable(svg("さくら_美術🎨 &amp; 👩‍🎨 عينة.test"), nowhere);
    expect(written).toBe(svg("sakura_MeiShu:art: &amp; :woman::art: `ynh.test"));
    expect(fontFiles).toEqual([]);
  });

  it.skipIf(!existsSync(DEJAVU))(
    "takes a font of the system that has the character (DejaVu is here)",
    async () => {
      const { svg: written, fontFiles } = await drawable(svg("☃ さ"), [...nowhere, DEJAVU]);
      expect(written).toBe(svg("☃ sa"));
      expect(fontFiles).toEqual([expect.stringMatching(/DejaVu.*\.ttf$/)]);
    },
  );
});
