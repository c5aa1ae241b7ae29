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

/* v8 ignore file -- runs in the browser only, where test/browser/report.test.ts tests it @preserve */
/**
 * Marks in the contents which section is in view, and keeps boxes that scroll in the tab order only while something in
 * them is cut. Written to run in the browser; nothing from outside its body may be used.
 */
export function startReading(): void {
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".contents a")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  const sections = [...document.querySelectorAll<HTMLElement>("main section[id]")];
  let waiting = false;
  const mark = () => {
    waiting = false;
    // The last section whose heading has passed the upper third of the window; at the very end, the last one.
    const line = innerHeight / 3;
    const bottom = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const above = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const current = bottom && scrollY > 0 ? sections.at(-1) : above.at(-1);
    for (const [id, link] of links) {
      if (id === current?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();

  const fits = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target.closest<HTMLElement>(".scroll");
      if (box === null) continue;
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll<HTMLElement>(".scroll")) {
    fits.observe(box);
    if (box.firstElementChild !== null) fits.observe(box.firstElementChild);
  }
}
