import { describe, expect, it } from "vitest";
import { firstNameOf } from "./firstName.ts";

describe("firstNameOf", () => {
  it.each([
    ["Anna Smith", "Anna"],
    ["✨ Dr. Anna Smith | travel", "Anna"],
    ["ANNA", "Anna"],
    ["anna 🌸", "Anna"],
    ["𝓐𝓷𝓷𝓪 𝓢𝓶𝓲𝓽𝓱", "Anna"],
    ["Zahra official", "Zahra"],
    ["COACH KAYLEIGH", "Kayleigh"],
    ["Mónica Peralta (she/her)", "Mónica"],
    ["Anna-Maria O'Neil", "Anna-Maria"],
    ["Quillon McKenzie", "Quillon"],
    ["Коваль Женя", "Женя"],
    ["أحمد علي", "أحمد"],
  ])("takes %j for %j", (name, first) => {
    expect(firstNameOf(name)).toBe(first);
  });

  it.each([
    null,
    "",
    "👑",
    "@anna.smith",
    "#anna",
    "anna_smith22",
    "Lifts",
    "zrwbdzz",
    "The Cozy Kitchen",
    "Anna's Nail Salon",
    "Smith & Sons",
    "daily dose of calm",
    "A. Smith",
    "Huyyy Smith",
    "user85193931",
    "王小明",
    "さくら",
  ])("cannot tell one from %j", (name) => {
    expect(firstNameOf(name)).toBeNull();
  });

  it("takes no family's name that comes first", () => {
    expect(firstNameOf("Szabó Kund", "hu")).toBeNull();
    expect(firstNameOf("Szabó Anna", "hu")).toBe("Anna");
  });
});
