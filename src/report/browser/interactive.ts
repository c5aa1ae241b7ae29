/* v8 ignore file -- runs in the browser only, where test/browser/report.test.ts tests it @preserve */
/** The parts of Vega's view that are used. */
interface View {
  runAsync(): Promise<View>;
  finalize(): void;
}

/** The global that the inlined runtime sets, as far as it is used. */
interface Vega {
  parse(spec: object, config: undefined, options: { ast: boolean }): object;
  View: new (runtime: object, options: object) => View;
  expressionInterpreter: unknown;
}

/**
 * Puts a figure that answers the pointer in the place of each drawing when it comes near the window, and takes care of the
 * tooltip. Where anything fails the drawing stays. Written to run in the browser; nothing from outside its body may be
 * used but the global `vega`.
 */
export function startFigures(): void {
  const { vega } = globalThis as unknown as { vega?: Vega };
  if (vega === undefined) return;
  const phone = matchMedia("(max-width: 599px)");
  const views = new Map<HTMLElement, View>();
  const turns = new Map<HTMLElement, number>();

  const tip = document.createElement("div");
  tip.className = "tooltip";
  tip.setAttribute("role", "presentation");
  tip.hidden = true;
  document.body.append(tip);

  const place = (x: number, y: number) => {
    const { width, height } = tip.getBoundingClientRect();
    const left = x + 14 + width > document.documentElement.clientWidth - 4 ? x - 14 - width : x + 14;
    const top = y + 14 + height > innerHeight - 4 ? y - 14 - height : y + 14;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  };

  const showTip = (_handler: unknown, event: MouseEvent | TouchEvent, _item: unknown, value: unknown) => {
    if (value === null || value === undefined || value === "") {
      tip.hidden = true;
      return;
    }
    const lines = typeof value === "object" ? Object.entries(value) : [["", String(value)]];
    tip.replaceChildren(
      ...lines.flatMap(([name, text]) => {
        const term = document.createElement("span");
        term.textContent = name;
        const number = document.createElement("strong");
        number.textContent = String(text);
        return [term, number];
      }),
    );
    tip.hidden = false;
    const point = "touches" in event ? (event.touches[0] ?? event.changedTouches[0]) : event;
    if (point !== undefined) place(point.clientX, point.clientY);
  };
  const hideTip = () => {
    tip.hidden = true;
  };
  addEventListener("scroll", hideTip, { passive: true, capture: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });

  // The inverse of `packJson`.
  const specOf = async (canvas: HTMLElement): Promise<object | null> => {
    const name = canvas.dataset.figure;
    const narrow = phone.matches ? document.getElementById(`spec-${name}-narrow`) : null;
    const element = narrow ?? document.getElementById(`spec-${name}`);
    if (element === null) return null;
    const bytes = Uint8Array.from(atob(element.textContent ?? ""), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return (await new Response(stream).json()) as object;
  };

  const draw = async (canvas: HTMLElement) => {
    // Drawing takes a while; where the window changes meanwhile, the drawing begun last is the one that stays.
    const turn = (turns.get(canvas) ?? 0) + 1;
    turns.set(canvas, turn);
    const live = document.createElement("div");
    live.className = "live";
    live.setAttribute("aria-hidden", "true");
    // Drawn out of sight first, so that the figure is exchanged in one step.
    live.style.cssText = "position:absolute;visibility:hidden";
    try {
      const spec = await specOf(canvas);
      if (spec === null) return;
      canvas.append(live);
      const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
        expr: vega.expressionInterpreter,
        renderer: "svg",
        container: live,
        hover: true,
        tooltip: showTip,
      });
      await view.runAsync();
      const svg = live.querySelector("svg");
      if (svg === null) throw new Error("nothing was drawn");
      if (turns.get(canvas) !== turn) {
        view.finalize();
        live.remove();
        return;
      }
      svg.setAttribute("class", "figure");
      views.get(canvas)?.finalize();
      views.set(canvas, view);
      for (const old of canvas.querySelectorAll(".live")) if (old !== live) old.remove();
      live.style.cssText = "";
      canvas.classList.add("is-live");
    } catch (error) {
      live.remove();
      canvas.dataset.failed = String(error);
    }
  };

  const nearby = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        nearby.unobserve(target);
        void draw(target as HTMLElement);
      }
    },
    { rootMargin: "200px 0px" },
  );
  for (const canvas of document.querySelectorAll<HTMLElement>("[data-figure]")) nearby.observe(canvas);
  phone.addEventListener("change", () => {
    for (const canvas of views.keys()) void draw(canvas);
  });
}
