// A request of the journal as a curl command. The journal keeps no secrets, so the sandbox's own are put in.

/** Return the command. A signature or token in it is as old as the request: `mockserver sign` makes new ones. */
export function curlOf(entry, world) {
  const { request } = entry;
  const access = world.sandboxes.find(({ id }) => id === world.id)?.credentials[entry.vendor] ?? {};
  const address = `${request.base_url}${entry.path}${request.query ? `?${request.query}` : ""}`;
  const words = ["curl", "-sS", "-X", entry.method];
  for (const [name, value] of request.headers) {
    if (["host", "content-length", "connection", "accept-encoding"].includes(name)) continue;
    words.push(
      "-H",
      quoted(`${name}: ${name === "x-api-key" && value.includes("…") ? access.api_key : value}`),
    );
  }
  if (request.body) words.push("--data-raw", quoted(request.body));
  return [...words, quoted(address)].join(" ");
}

function quoted(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
