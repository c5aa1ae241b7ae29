// Before what draws, which takes its time to begin.
import "./ahead.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { colors } from "../../src/report/colors.ts";
import "../../src/report/style/base.css";
import "../../src/report/style/shared.css";
import "./tokens.css";
import "./style.css";
import { App } from "./app.tsx";
import { startTheme } from "./display.ts";
import { followFiles } from "./files/arriving.ts";

const style = document.createElement("style");
style.textContent = colors;
document.head.prepend(style);
startTheme();
void followFiles();
const page = document.getElementById("page");
if (page !== null) {
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
