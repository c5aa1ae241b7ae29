import { type RefCallback, useCallback, useState, useSyncExternalStore } from "react";

/** Light or dark. */
export type Theme = "light" | "dark";

const KEPT = "insights-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

function chosen(): Theme | null {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : null;
}

function theme(): Theme {
  return chosen() ?? (dark.matches ? "dark" : "light");
}

/** Shows the theme that was chosen before; the system's where none was. */
export function startTheme(): void {
  const kept = chosen();
  if (kept !== null) document.documentElement.dataset.theme = kept;
}

/** The theme that is shown, and the way to the other. */
export function useTheme(): { theme: Theme; toggle: () => void } {
  const shown = useSyncExternalStore((changed) => {
    watchers.add(changed);
    dark.addEventListener("change", changed);
    return () => {
      watchers.delete(changed);
      dark.removeEventListener("change", changed);
    };
  }, theme);
  return {
    theme: shown,
    toggle: () => {
      const next = shown === "dark" ? "light" : "dark";
      localStorage.setItem(KEPT, next);
      document.documentElement.dataset.theme = next;
      for (const changed of watchers) changed();
    },
  };
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Whether the window is that of a phone. */
export const useNarrow = (): boolean => useMedia("(max-width: 640px)");

/** How wide an element is, in rem, kept up to date; 0 until it is there. */
export function useWidth(): readonly [number, RefCallback<HTMLElement>] {
  const [width, setWidth] = useState(0);
  const watch = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const watcher = new ResizeObserver(() => setWidth(element.clientWidth / rem));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return [width, watch];
}
