import { useEffect, useRef, useState } from "react";
import { FigureFrame } from "../../../src/report/shared/FigureFrame.tsx";
import { useNarrow, useTheme } from "../display.ts";

/** A figure as the server tells it. */
interface Drawable {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly spec: unknown;
}

/** A Vega-Lite chart with its caption, drawn when it comes near. `among` sets it apart from another of the same name. */
export function Chart({ figure, among = "" }: { figure: Drawable; among?: string }) {
  const { name, title, description, spec } = figure;
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [failed, setFailed] = useState(false);
  const { theme } = useTheme();
  // On a phone the letters of a drawing are kept at a size to read, and the drawing scrolls.
  const narrow = useNarrow();
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
    <FigureFrame
      name={among + name}
      title={title}
      description={description}
      className="plot chart"
      scrolls={narrow}
      more={failed && <span className="problem"> The chart could not be drawn.</span>}
    >
      <div ref={place} className="live" aria-hidden="true" />
    </FigureFrame>
  );
}
