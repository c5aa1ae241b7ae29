import type { Contact } from "../../../src/shortlist/contacts/contact.ts";
import { cut } from "../format.ts";
import { contactAddress } from "./addresses.ts";

const WORDS = { email: "E-mail", handle: "Handle", link: "Link", phone: "Phone" } as const;

/** Where an account can be reached outside TikTok. */
export function Contacts({ contacts }: { contacts: readonly Contact[] }) {
  if (contacts.length === 0) return <span className="note">none in the profile</span>;
  return (
    <ul className="plain contacts">
      {contacts.map((contact) => {
        const { kind, platform, value } = contact;
        const address = contactAddress(contact);
        const text = <bdi>{cut(kind === "handle" ? `@${value}` : value, 80)}</bdi>;
        return (
          <li key={`${kind} ${platform} ${value}`}>
            <span className="note">{platform ?? WORDS[kind]}</span>{" "}
            {address === null ? (
              text
            ) : (
              <a href={address} rel="noopener noreferrer" target={kind === "email" ? undefined : "_blank"}>
                {text}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
