import { useEffect, useRef, useState } from "react";
import { useTheme } from "../theme.ts";

/** A Vega-Lite chart, drawn when it comes near; its description is its text for those who do not see it. */
export function Chart({ spec, description }: { spec: unknown; description: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [failed, setFailed] = useState(false);
  const { theme } = useTheme();
  useEffect(() => {
    if (place.current === null) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: "400px" },
    );
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (!near || place.current === null) return;
    let drawing = true;
    let remove = () => {};
    import("./draw.ts")
      .then(async ({ draw }) => {
        if (drawing && place.current !== null) remove = await draw(place.current, spec, theme);
        if (!drawing) remove();
      })
      .catch(() => setFailed(true));
    return () => {
      drawing = false;
      remove();
    };
  }, [near, spec, theme]);
  return (
    <div className="chart" role="img" aria-label={description}>
      <div ref={place} className="canvas" />
      {failed && <p className="note">The chart could not be drawn.</p>}
    </div>
  );
}
