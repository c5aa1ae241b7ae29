import { startFigures } from "./interactive.ts";
import { startReading } from "./reading.ts";
import { restoreTheme, startTheme } from "./theme.ts";

/**
 * A function as a script that calls it. The function's own text goes into the page, so it must not use anything from
 * outside its body. Some tools that run TypeScript directly wrap inner functions in calls of `__name`, to keep their
 * names; the page gets one that does nothing.
 */
function called(run: () => void): string {
  return `(() => { const __name = (run) => run; (${run.toString()})(); })();`;
}

/** The script for the page's head: it must run before anything is shown. */
export function headScript(): string {
  return called(restoreTheme);
}

/** The script for the end of the page: theme, contents, tables and figures. */
export function pageScript(): string {
  return [startTheme, startReading, startFigures].map(called).join("\n");
}
