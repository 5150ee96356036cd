// The page before the console: it asks for the admin token where the server wants one.
import { el } from "./element.js";

/** Say why the console is closed; with 401, ask for the token and call `enter` with it. */
export function openDoor(place, api, problem, status, enter) {
  const again = api.token ? "This is not the admin token of this server." : "";
  const input = el("input", { id: "token", type: "password", autocomplete: "off", required: true });
  const form = el(
    "form",
    { class: "door" },
    el("h1", {}, status === 401 ? "Admin token" : "The console is closed"),
    el(
      "p",
      {},
      status === 401
        ? again || "This server wants its admin token; it was printed when the server started."
        : problem,
    ),
    status === 401 && el("label", { for: "token" }, "Admin token"),
    status === 401 && input,
    el("button", { class: "main" }, status === 401 ? "Open" : "Try again"),
    status === 401 && el("small", {}, "It is kept in this tab until you close it."),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value) api.keep(input.value);
    enter();
  });
  place.replaceChildren(form);
  input.focus();
}
