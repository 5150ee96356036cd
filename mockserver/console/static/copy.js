// Copying to the clipboard.
import { button } from "./element.js";
import { say } from "./say.js";

/** A button that copies `text`, or what the function `text` returns. */
export function copyButton(text, what, label = "Copy") {
  return button(
    label,
    async () => {
      const value = typeof text === "function" ? await text() : text;
      try {
        await navigator.clipboard.writeText(value);
        say(`Copied ${what}.`);
      } catch {
        say(`The browser did not let ${what} be copied.`, "wrong");
      }
    },
    { class: "quiet", "aria-label": `${label} ${what}` },
  );
}
