import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import "./parts.css";
import { Icon, type IconName } from "./Icon.tsx";
import { Tip } from "./Tooltip.tsx";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly children: ReactNode;
  /** How much it asks to be pressed: `primary` once a view. */
  readonly look?: "plain" | "primary" | "quiet" | "danger";
  readonly className?: string;
}

/** A button with words. */
export function Button({ look = "plain", className = "", ...props }: ButtonProps) {
  return <AriaButton {...props} className={`btn ${look} ${className}`} />;
}

/** A button with a picture and a word, which is left out where there is no room. @param tip what it is for @param shown instead of the word */
export function BarButton({
  icon,
  words,
  tip,
  shown,
  note,
  ...props
}: Omit<ButtonProps, "children"> & {
  icon: IconName;
  words: string;
  tip: string;
  shown?: string | undefined;
  /** What is said after the word. */
  note?: string | undefined;
}) {
  const label = [shown ?? words, note].filter((part) => part !== undefined).join(" ");
  return (
    <Tip words={tip}>
      <Button {...props} aria-label={label}>
        <Icon name={icon} />
        <bdi className="on-desk">{shown ?? words}</bdi>
        {note !== undefined && <span className="note on-desk">{note}</span>}
      </Button>
    </Tip>
  );
}

/** A button with a picture only; its name is told to whoever points at it, and to whoever does not see it. */
export function IconButton({ label, hint, ...props }: ButtonProps & { label: string; hint?: string }) {
  return (
    <Tip words={hint === undefined ? label : `${label} (${hint})`}>
      <Button look="quiet" {...props} className={`icon ${props.className ?? ""}`} aria-label={label} />
    </Tip>
  );
}
