import { expect, it } from "vitest";
import { bioAddress, contactAddress, webAddress } from "./addresses.ts";

type Contact = Parameters<typeof contactAddress>[0];
const contact = (kind: Contact["kind"], value: string, platform: string | null = null) =>
  contactAddress({ kind, value, platform } as Contact);

it("follows web addresses only", () => {
  expect(webAddress("https://example.com/a b")).toBe("https://example.com/a%20b");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "example.com", ""])
    expect(webAddress(text)).toBeNull();
});

it("takes the link of a biography without a scheme as https", () => {
  expect(bioAddress("linktr.ee/x")).toBe("https://linktr.ee/x");
  expect(bioAddress("http://example.com")).toBe("http://example.com/");
  expect([bioAddress("javascript:alert(1)"), bioAddress(null)]).toEqual([null, null]);
});

it("leads to contacts that are certain to be what they look like", () => {
  expect(contact("email", "a.b+c@example.com")).toBe("mailto:a.b+c@example.com");
  expect(contact("email", "a@b")).toBeNull();
  expect(contact("email", "a@example.com?subject=x")).toBeNull();
  expect(contact("handle", "some.one", "instagram")).toBe("https://www.instagram.com/some.one");
  expect(contact("handle", "../x", "instagram")).toBeNull();
  expect(contact("handle", "some.one", "elsewhere")).toBeNull();
  expect(contact("link", "https://example.com")).toBe("https://example.com/");
  expect(contact("phone", "+1 555 0100")).toBeNull();
});
