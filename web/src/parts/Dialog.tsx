import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Popover, type PopoverProps } from "react-aria-components/Popover";
import { IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import "./parts.css";

/**
 * A dialog over the page, which waits until it is closed. Its last buttons stand in `<div className="actions">`.
 *
 * @param shape in the middle, wide in the middle, or a sheet at the right edge, which is the whole window of a phone
 */
export function Dialog({
  title,
  shape = "middle",
  bare = false,
  isOpen,
  close,
  children,
}: {
  title: string;
  shape?: "middle" | "wide" | "side";
  /** Whether what it holds has a head of its own, with a way to close it. */
  bare?: boolean;
  isOpen: boolean;
  close: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      className={`veil ${shape}`}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      isDismissable
    >
      <Modal className={`modal ${shape}`}>
        <AriaDialog className="dialog" {...(bare ? { "aria-label": title } : {})}>
          {!bare && (
            <header>
              <Heading slot="title">{title}</Heading>
              <IconButton label="Close" onPress={close}>
                <Icon name="close" />
              </IconButton>
            </header>
          )}
          <div className={bare ? "body bare" : "body"}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A button that opens a small dialog beside it; the page stays in reach. */
export function PopDialog({
  trigger,
  label,
  children,
  placement = "bottom start",
}: {
  trigger: ReactElement;
  label: string;
  children: ReactNode | ((closing: { close: () => void }) => ReactNode);
  placement?: NonNullable<PopoverProps["placement"]>;
}) {
  return (
    <DialogTrigger>
      {trigger}
      <Popover className="pop" offset={4} placement={placement}>
        <AriaDialog aria-label={label}>{children}</AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}
