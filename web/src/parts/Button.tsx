import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import "./parts.css";
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

/** A button with a picture only; its name is told to whoever points at it, and to whoever does not see it. */
export function IconButton({ label, hint, ...props }: ButtonProps & { label: string; hint?: string }) {
  return (
    <Tip words={hint === undefined ? label : `${label} (${hint})`}>
      <Button look="quiet" {...props} className={`icon ${props.className ?? ""}`} aria-label={label} />
    </Tip>
  );
}
