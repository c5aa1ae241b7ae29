import { capitalised } from "../../../src/base/words.ts";
import type { Contact } from "../../../src/shortlist/contacts/contact.ts";
import { cut } from "../format.ts";
import { IconButton } from "../parts/Button.tsx";
import { Icon } from "../parts/Icon.tsx";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import { contactAddress } from "./addresses.ts";

const WORDS = { email: "E-mail", handle: "Handle", link: "Link", phone: "Phone" } as const;

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${cut(text, 60)}`);
  } catch {
    tellTrouble("The browser did not let the page copy. Select the text and copy it.");
  }
}

/** Where an account can be reached outside TikTok, each with a button that copies it. */
export function Contacts({ contacts }: { contacts: readonly Contact[] }) {
  if (contacts.length === 0) return <span className="note">none in the profile</span>;
  return (
    <dl className="properties contacts">
      {contacts.map((contact) => {
        const { kind, platform, value } = contact;
        const address = contactAddress(contact);
        const text = <bdi>{cut(kind === "handle" ? `@${value}` : value, 80)}</bdi>;
        return (
          <div key={`${kind} ${platform} ${value}`}>
            <dt>{platform === null ? WORDS[kind] : capitalised(platform)}</dt>
            <dd>
              {address === null ? (
                text
              ) : (
                <a href={address} rel="noopener noreferrer" target={kind === "email" ? undefined : "_blank"}>
                  {text}
                </a>
              )}
              <IconButton label={`Copy ${value}`} className="reveal" onPress={() => void copy(value)}>
                <Icon name="copy" />
              </IconButton>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
