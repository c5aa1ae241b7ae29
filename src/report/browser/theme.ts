/* v8 ignore file -- runs in the browser only, where test/browser/report.test.ts tests it @preserve */
/**
 * Runs before the page is shown: takes up the theme the reader chose before, so that nothing flashes. Written to run in
 * the browser; nothing from outside its body may be used.
 */
export function restoreTheme(): void {
  try {
    const stored = localStorage.getItem("insights-theme");
    if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
  } catch {
    // Storage may be closed to pages opened from a file; the system's theme is used then.
  }
}

/**
 * Shows the button that switches between light and dark, and makes it work. The choice is kept where the browser allows.
 * Written to run in the browser; nothing from outside its body may be used.
 */
export function startTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("button.theme");
  if (button === null) return;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme === undefined ? system.matches : root.dataset.theme === "dark");
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    root.dataset.theme = theme;
    try {
      localStorage.setItem("insights-theme", theme);
    } catch {
      // As above: the choice then lasts as long as the page.
    }
    show();
  });
  system.addEventListener("change", show);
  button.hidden = false;
  show();
}
