import { useTheme } from "../display.ts";
import { addressOf, go, PLACES, type PlaceName, placeAddress, VIEWS, type View } from "../route.ts";
import type { DatasetFacts } from "../types.ts";

const WORDS: Readonly<Record<View, string>> = { data: "Data", study: "Study", shortlist: "Shortlist" };

const PARTS: Readonly<Record<PlaceName, string>> = {
  people: "People",
  files: "Files",
  study: "Study",
  forecasts: "Forecasts",
};

/** The head of the page: its parts and which one is shown, or the views of the file that is open; light or dark. */
export function Header({
  dataset = null,
  view = null,
  place,
}: {
  dataset?: DatasetFacts | null;
  view?: View | "profile" | null;
  place?: PlaceName;
}) {
  const { theme, toggle } = useTheme();
  return (
    <header className={place === undefined ? "head" : "head place-head"}>
      <Link to="/" className="brand">
        Influencer Insights
      </Link>
      {place !== undefined && (
        <nav aria-label="Parts" className="tabs">
          {PLACES.map((name) => (
            <Link key={name} to={placeAddress(name)} current={name === place}>
              {PARTS[name]}
            </Link>
          ))}
        </nav>
      )}
      {dataset !== null && (
        <nav aria-label="Views" className="tabs">
          {VIEWS.map((name) => (
            <Link key={name} to={addressOf(dataset.id, name)} current={name === view}>
              {WORDS[name]}
            </Link>
          ))}
        </nav>
      )}
      <button type="button" className="theme" onClick={toggle} aria-pressed={theme === "dark"}>
        Dark
      </button>
    </header>
  );
}

/** A link inside the page. */
export function Link({
  to,
  current = false,
  className,
  tabIndex,
  children,
}: {
  to: string;
  current?: boolean;
  className?: string;
  tabIndex?: number;
  children: React.ReactNode;
}) {
  return (
    <a
      href={to}
      className={className}
      tabIndex={tabIndex}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        // With a key held the browser opens it elsewhere.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
        window.scrollTo(0, 0);
        document.getElementById("main")?.focus({ preventScroll: true });
      }}
    >
      {children}
    </a>
  );
}
