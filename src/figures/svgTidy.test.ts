import { describe, expect, it } from "vitest";
import { INK } from "./palette.ts";
import { tidySvg } from "./svgTidy.ts";
import { escapeXml, parseSvg, printSvg } from "./svgTree.ts";

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="marks" width="10" height="8" viewBox="0 0 10 8">${content}</svg>`;

const tidied = (content: string) => tidySvg(svg(content), "roc-640", "A & B");

describe("tidySvg", () => {
  it("makes the root one image with a label", () => {
    const text = tidied(`<text fill="${INK.text}">a</text>`);
    expect(text).toContain('role="img" aria-label="A &amp; B" width="10" height="8" viewBox="0 0 10 8"');
    expect(text).not.toContain("version=");
  });

  it("rounds coordinates and leaves texts alone", () => {
    expect(tidied('<text transform="translate(1.23456,-0.001)" fill="#abc">1.23456</text>')).toContain(
      '<text transform="translate(1.23,0)" fill="#abc">1.23456</text>',
    );
  });

  it("leaves out what cannot be seen", () => {
    const text = tidied(
      '<g class="a"><path class="background" aria-hidden="true" d="M0,0h1v1Z"/><path d="M0,0" display="none" fill="red"/>' +
        '<rect width="1" height="1" fill="red" opacity="0"/><path d="M1,1" fill="transparent"/><g><text fill="red"></text></g></g>',
    );
    expect(printSvg(parseSvg(text))).not.toMatch(/<(path|rect|text|g)/);
  });

  it("gives palette colours classes and moves what is shared to the group", () => {
    const text = tidied(
      `<g class="mark-symbol">${[1, 2]
        .map(
          (at) =>
            `<path transform="translate(${at},2)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="${INK.blue}"/>`,
        )
        .join("")}</g>`,
    );
    expect(text).toContain(
      `<g class="f-blue" fill="${INK.blue}"><circle cx="1" cy="2" r="2"/><circle cx="2" cy="2" r="2"/></g>`,
    );
    expect(tidied(`<path d="M0,0" fill="${INK.orange}" stroke="${INK.surface}"/>`)).toContain(
      'class="f-orange s-surface"',
    );
  });

  it("prefixes ids, and keeps what they stand for", () => {
    const text = tidied(
      '<g clip-path="url(#clip7)"><text fill="red">a</text></g><defs><clipPath id="clip7"><rect x="0" y="0" width="5" height="5"/></clipPath></defs>',
    );
    expect(text).toContain('clip-path="url(#roc-640-1)"');
    expect(text).toContain('<clipPath id="roc-640-1"><rect x="0" y="0" width="5" height="5"/></clipPath>');
  });
});

describe("the SVG tree", () => {
  it("reads what it writes", () => {
    const text = '<svg a="1"><g><text b="&lt;">x &amp; y</text><path d="M0"/></g></svg>';
    expect(printSvg(parseSvg(text))).toBe(text);
    expect(escapeXml('<"&>')).toBe("&lt;&quot;&amp;&gt;");
  });

  it("refuses what does not close", () => {
    expect(() => parseSvg("<svg><g></svg>")).toThrow("unexpected </svg>");
    expect(() => parseSvg("<svg>")).toThrow("does not close");
  });
});
