// One line at the foot of the page: what was done, or what the server said why not.
let fading;

/** Say something; `kind` "wrong" stays until something else is said. */
export function say(text, kind = "done") {
  const line = document.getElementById("said");
  clearTimeout(fading);
  line.className = `said ${kind}`;
  line.textContent = text;
  if (kind === "done") fading = setTimeout(() => (line.textContent = ""), 4000);
}

/** Carry out `action`; say `done` afterwards, or in the server's own words why it could not be done. */
export async function attempt(action, done) {
  try {
    const result = await action();
    if (done) say(done);
    return result;
  } catch (problem) {
    if (problem.name === "AbortError") return undefined;
    say(problem.message, "wrong");
    return undefined;
  }
}
