import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { Icon } from "./Icon.tsx";
import "./parts.css";

/** Something to choose; `hint` stands at the end of its line. */
export interface Option<Id extends string = string> {
  readonly id: Id;
  readonly words: string;
  readonly hint?: string;
}

function Options({ options }: { options: readonly Option[] }) {
  return (
    <Popover className="pop" offset={4}>
      <ListBox
        className="menu"
        items={options}
        renderEmptyState={() => <p className="item">Nothing like that</p>}
      >
        {({ id, words, hint }: Option) => (
          <ListBoxItem id={id} textValue={words} className="item">
            <span className="words">
              <bdi>{words}</bdi>
            </span>
            {hint !== undefined && <span className="hint">{hint}</span>}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

/** One of a few. @param hidden whether the label is told only to whoever does not see the page */
export function Select<Id extends string>({
  label,
  hidden = false,
  value,
  options,
  onChange,
}: {
  label: string;
  hidden?: boolean;
  value: Id;
  options: readonly Option<Id>[];
  onChange: (id: Id) => void;
}) {
  return (
    <AriaSelect
      className="field"
      value={value}
      onChange={(key) => onChange(key as Id)}
      {...(hidden ? { "aria-label": label } : {})}
    >
      {!hidden && <Label>{label}</Label>}
      <Button className="btn">
        <SelectValue>{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="down" />
      </Button>
      <Options options={options} />
    </AriaSelect>
  );
}

/** One of many, found by typing. Where `onText` is there, a text that is none of them is taken too, by Enter. */
export function ComboBox({
  label,
  options,
  placeholder,
  onChoose,
  onText,
  autoFocus = false,
}: {
  label: string;
  options: readonly Option[];
  placeholder?: string;
  onChoose: (id: string) => void;
  onText?: (text: string) => void;
  autoFocus?: boolean;
}) {
  return (
    <AriaComboBox
      className="field"
      aria-label={label}
      defaultItems={options}
      menuTrigger="focus"
      autoFocus={autoFocus}
      value={null}
      allowsEmptyCollection={onText === undefined}
      allowsCustomValue={onText !== undefined}
      onChange={(key) => {
        if (key !== null) onChoose(String(key));
      }}
    >
      <Input
        className="input"
        placeholder={placeholder ?? label}
        onKeyDown={(event) => {
          const text = event.currentTarget.value.trim();
          if (event.key !== "Enter" || onText === undefined || text === "") return;
          // A line that the arrows lead to is chosen by the library.
          if (event.currentTarget.getAttribute("aria-activedescendant")) return;
          event.preventDefault();
          onText(text);
        }}
      />
      <Options options={options} />
    </AriaComboBox>
  );
}
