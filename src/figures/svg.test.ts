import { describe, expect, it } from "vitest";
import { INK } from "./palette.ts";
import { tidySvg } from "./svg.ts";

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

  it("leaves out what cannot be seen, with the groups that are empty then", () => {
    const text = tidied(
      '<g class="a"><path class="background" aria-hidden="true" d="M0,0h1v1Z"/><path d="M0,0" display="none" fill="red"/><g/>' +
        '<rect width="1" height="1" fill="red" opacity="0"/><path d="M1,1" fill="transparent"/><g><text fill="red"></text></g></g>',
    );
    expect(text).not.toMatch(/<(path|rect|text|g)/);
  });

  it("drops the tags of groups that say nothing, each with its own end", () => {
    const text = tidied('<g><g transform="translate(1,2)"><g><text fill="red">a</text></g></g></g>');
    expect(text).toContain('<g transform="translate(1,2)"><text fill="red">a</text></g></svg>');
  });

  it("moves what is shared to the group, and draws round symbols as circles", () => {
    const text = tidied(
      `<g class="mark-symbol">${[1, 2]
        .map(
          (at) =>
            `<path transform="translate(${at},2)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="${INK.blue}"/>`,
        )
        .join("")}</g>`,
    );
    expect(text).toContain(
      `<g fill="${INK.blue}"><circle cx="1" cy="2" r="2"/><circle cx="2" cy="2" r="2"/></g>`,
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
