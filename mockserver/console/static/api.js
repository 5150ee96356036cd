// The controls of the server, called by the names under which it declares them. No path is known here.

/** What the server says when it refuses; the message is the problem's own text. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** One server and its declared controls. */
export class Api {
  constructor(root) {
    this.root = root;
    this.token = sessionStorage.getItem("admin token"); // of this tab, until it is closed
    this.controls = new Map();
  }

  /** Keep the admin token for this tab. */
  keep(token) {
    this.token = token;
    sessionStorage.setItem("admin token", token);
  }

  /** Read the declaration of the controls. */
  async open() {
    this.document = await (await this.#fetched(new URL("openapi.json", this.root))).json();
    this.controls.clear();
    for (const [path, methods] of Object.entries(this.document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const name = operation.operationId;
        this.controls.set(name, { name, path, method: method.toUpperCase(), ...operation });
      }
    }
  }

  /** Carry out a control; `values` fill its path and query, those that are empty are left out. */
  async call(name, values = {}, body = undefined, signal = undefined) {
    const control = this.control(name);
    const answer = await this.#fetched(this.#address(control, values), {
      method: control.method,
      signal,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    if (answer.status === 204) return null;
    return answer.headers.get("content-type").includes("json") ? answer.json() : answer.text();
  }

  /** Follow a control that answers with server-sent events: yields the data of each. */
  async *stream(name, values, signal) {
    const answer = await this.#fetched(this.#address(this.control(name), values), { signal });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let unread = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const events = (unread + value).split("\n\n");
      unread = events.pop();
      for (const event of events) {
        const data = event.split("\n").filter((line) => line.startsWith("data:"));
        if (data.length) yield JSON.parse(data.map((line) => line.slice(5)).join("\n"));
      }
    }
  }

  /** Return the declaration of a control. */
  control(name) {
    const control = this.controls.get(name);
    if (!control) throw new Problem(0, `This server has no control ${name}.`);
    return control;
  }

  /** Return the schema of a control's query as one of an object. */
  querySchema(name) {
    const parameters = (this.control(name).parameters ?? []).filter((item) => item.in === "query");
    return {
      properties: Object.fromEntries(
        parameters.map((item) => [item.name, { description: item.description, ...item.schema }]),
      ),
    };
  }

  /** Return the schema of a control's JSON body, null where it takes none. */
  bodySchema(name) {
    return this.control(name).requestBody?.content["application/json"].schema ?? null;
  }

  #address(control, values) {
    const query = new URLSearchParams();
    let path = control.path;
    for (const { name, in: place } of control.parameters ?? []) {
      const value = values[name];
      if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
      else if (value !== undefined && value !== null && value !== "") query.set(name, value);
    }
    return new URL(`.${path}${query.size ? `?${query}` : ""}`, this.root);
  }

  async #fetched(address, options = {}) {
    const headers = { Accept: "application/json", ...options.headers };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    let answer;
    try {
      answer = await fetch(address, { ...options, headers, cache: "no-store" });
    } catch (problem) {
      if (problem.name === "AbortError") throw problem;
      throw new Problem(0, "The server does not answer. Is it still running?");
    }
    if (answer.ok) return answer;
    const text = await answer.text();
    throw new Problem(
      answer.status,
      detailOf(text) ?? `The server answered ${answer.status}: ${text.slice(0, 300)}`,
    );
  }
}

function detailOf(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined;
  }
}
