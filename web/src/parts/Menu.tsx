import type { ReactElement, ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem,
  type MenuItemProps,
  type MenuProps,
  MenuTrigger,
} from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import "./parts.css";

interface OwnProps extends Omit<MenuProps<object>, "className" | "style" | "children"> {
  /** What opens it: a button. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** A button that opens a list of things to do or to choose from. */
export function Menu({ trigger, label, children, isOpen, onOpenChange, ...props }: OwnProps) {
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <Popover className="pop" offset={4} placement="bottom start">
        <AriaMenu {...props} className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** A line of a menu: a picture, words, and a key or a count at its end. */
export function Item({
  icon,
  children,
  hint,
  ...props
}: Omit<MenuItemProps, "className" | "style" | "children"> & {
  icon?: ReactNode;
  children: string;
  hint?: string;
}) {
  return (
    <MenuItem {...props} className="item" textValue={children}>
      {({ isSelected, selectionMode }) => (
        <>
          {icon}
          <span className="words">
            <bdi>{children}</bdi>
          </span>
          {hint !== undefined && <span className="hint">{hint}</span>}
          {selectionMode !== "none" && (
            <span className="chosen" aria-hidden="true">
              {isSelected ? "✓" : ""}
            </span>
          )}
        </>
      )}
    </MenuItem>
  );
}
