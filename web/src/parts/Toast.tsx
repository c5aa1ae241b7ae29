import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components/Toast";
import { Button, IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import "./parts.css";

interface Said {
  readonly words: string;
  /** Takes back what was done. */
  readonly undo: (() => void) | undefined;
  readonly trouble: boolean;
}

/** Milliseconds that something said stays, unless it is pointed at. */
const STAYS = 8000;

const queue = new ToastQueue<Said>({ maxVisibleToasts: 1 });

/**
 * Says what was done, with a button that takes it back where there is a way. What was said before goes.
 *
 * @param stays whether it stays until something else is said, as where it is still being done
 */
export function tell(
  words: string,
  { undo, stays = false }: { undo?: () => void; stays?: boolean } = {},
): void {
  queue.clear();
  queue.add({ words, undo, trouble: false }, stays ? {} : { timeout: STAYS });
}

/** Says what could not be done; it stays until it is closed. */
export function tellTrouble(words: string): void {
  queue.clear();
  queue.add({ words, undo: undefined, trouble: true });
}

/** Where that is said, once a page. */
export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label="What was done">
      {({ toast }) => (
        <AriaToast toast={toast} className={`toast${toast.content.trouble ? " trouble" : ""}`}>
          <ToastContent className="words">
            <Text slot="title">{toast.content.words}</Text>
          </ToastContent>
          {toast.content.undo !== undefined && (
            <Button
              onPress={() => {
                queue.close(toast.key);
                toast.content.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Close" slot="close">
            <Icon name="close" />
          </IconButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
