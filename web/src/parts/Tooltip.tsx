import type { ReactElement, ReactNode } from "react";
import { Focusable } from "react-aria-components";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import "./parts.css";

/** Words beside a part of the library that can be focused, told after a moment to whoever points at it or comes by key. */
export function Tip({ words, children }: { words: ReactNode; children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className="tip" offset={6}>
        {words}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** The same for an element of the page's own, which has to be one that can be focused. */
export function PlainTip({
  words,
  children,
}: {
  words: ReactNode;
  children: ReactElement<React.DOMAttributes<Element>, string>;
}) {
  return (
    <Tip words={words}>
      <Focusable>{children}</Focusable>
    </Tip>
  );
}
