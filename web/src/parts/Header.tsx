import { useTheme } from "../display.ts";
import { go, type PlaceName, placeAddress } from "../route.ts";

/** The head of the page: its parts and which one is shown; light or dark. */
export function Header({
  titles,
  current,
}: {
  titles: Readonly<Partial<Record<PlaceName, string>>>;
  current: PlaceName | null;
}) {
  const { theme, toggle } = useTheme();
  return (
    <header className="head">
      <Link to="/" className="brand">
        Influencer Insights
      </Link>
      <nav aria-label="Parts" className="tabs">
        {(Object.keys(titles) as PlaceName[]).map((name) => (
          <Link key={name} to={placeAddress(name)} current={name === current}>
            {titles[name]}
          </Link>
        ))}
      </nav>
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
