// The message for which a protected page waits under its cover (CP-233, CP-234).
const READY = "proctoringReady_n6EY";

const frame = document.getElementById("test");
if (frame) {
  // Listening comes before loading, so that a quick page is not missed.
  frame.addEventListener("load", () => frame.contentWindow.postMessage(READY, frame.dataset.origin));
  frame.src = frame.dataset.url;
}
