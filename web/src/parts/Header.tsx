import { useTheme } from "../display.ts";
import { addressOf, go, VIEWS, type View } from "../route.ts";
import type { DatasetFacts } from "../types.ts";

const WORDS: Readonly<Record<View, string>> = { data: "Data", study: "Study", shortlist: "Shortlist" };

/** The head of the page: where one is, the views of the file that is open, light or dark. */
export function Header({ dataset, view }: { dataset: DatasetFacts | null; view: View | "profile" | null }) {
  const { theme, toggle } = useTheme();
  return (
    <header className="head">
      <Link to="/" className="brand">
        Influencer Insights
      </Link>
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
