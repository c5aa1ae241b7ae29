import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { base } from "../../src/report/style/base.ts";
import { colors } from "../../src/report/style/colors.ts";
import { shared } from "../../src/report/style/shared.ts";
import { App } from "./app.tsx";
import "./style.css";
import { startTheme } from "./theme.ts";

const style = document.createElement("style");
style.textContent = colors + base + shared;
document.head.prepend(style);
startTheme();
const page = document.getElementById("page");
if (page !== null) {
  createRoot(page).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
